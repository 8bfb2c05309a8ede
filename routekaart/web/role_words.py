"""What a role is for, in one sentence."""

from collections.abc import Iterable, Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString

from routekaart.access import Role

ROLE_SENTENCES: Mapping[Role, str] = {
    Role.MEMBER: "Werkt mee aan de routekaart van het eigen team en doet eigen cursussen.",
    Role.TEAM_LEAD: "Dient de routekaart van het eigen team in en maakt het plan.",
    Role.TRAINER: "Geeft advies aan alle teams en bereidt studiedagen voor.",
    Role.DIRECTOR: "Ziet alle teams en keurt plannen goed.",
    Role.BOARD: "Ziet hoe de scholen van het bestuur ervoor staan.",
    Role.MR_READER: "Leest plannen en documenten. Verandert niets.",
    Role.SCHOOL_ADMIN: "Beheert mensen, rollen, teams, vrije dagen en pakketten.",
    Role.CATALOGUE_MANAGER: "Beheert eigen cursussen.",
}


def role_choices(roles: Iterable[Role]) -> list[tuple[str, SafeString]]:
    """For a form: the name of each role, and what it is for."""
    return [
        (
            role.value,
            format_html(
                '<span>{}<br><span class="soft small">{}</span></span>',
                role.label[:1].upper() + role.label[1:],
                ROLE_SENTENCES[role],
            ),
        )
        for role in roles
    ]
