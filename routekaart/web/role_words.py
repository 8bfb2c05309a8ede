"""What a role is for, in one sentence."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from courses.dutch import dutch_date
from routekaart.access import Role

ROLE_SENTENCES: Mapping[Role, str] = {
    Role.MEMBER: "Werkt mee aan de routekaart van het eigen team en doet eigen cursussen.",
    Role.TEAM_LEAD: "Dient de routekaart van het eigen team in en maakt het plan.",
    Role.TRAINER: "Geeft advies aan alle teams en bereidt studiedagen voor.",
    Role.DIRECTOR: "Ziet alle teams en keurt plannen goed.",
    Role.BOARD: "Ziet hoe de scholen van het bestuur ervoor staan.",
    Role.MR_READER: "Leest vastgestelde plannen en de samenvatting voor de MR, zonder namen.",
    Role.SCHOOL_ADMIN: "Beheert mensen, rollen, teams en instellingen. Keurt geen plannen goed.",
    Role.CATALOGUE_MANAGER: "Beheert de cursussen van de eigen school.",
}


def role_period(starts_on: date | None, ends_on: date | None, today: date) -> str:
    """From when to when somebody has a role, as far as that is not now and for good."""
    if ends_on is not None and ends_on < today:
        return f"liep tot en met {dutch_date(ends_on)}"
    first = f"vanaf {dutch_date(starts_on)}" if starts_on is not None and starts_on > today else ""
    last = f"tot en met {dutch_date(ends_on)}" if ends_on is not None else ""
    return " ".join(part for part in (first, last) if part)


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
