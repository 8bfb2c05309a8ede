"""Documents of a routekaart, and what runs behind."""

from uuid import UUID

from routekaart.access import Role
from routekaart.queries.documents.link_tokens import token_of
from tests.page_table import Page
from tests.page_world import World

_READERS = (
    Role.TEAM_LEAD,
    Role.MEMBER,
    Role.TRAINER,
    Role.DIRECTOR,
    Role.BOARD,
)


def _token(world: World) -> str:
    return token_of(UUID(str(world.ids["document_link_id"])))


_MAKERS = (Role.TEAM_LEAD, Role.TRAINER, Role.DIRECTOR, Role.BOARD)
_MAILERS = (Role.TEAM_LEAD, Role.TRAINER, Role.DIRECTOR)
_SENDERS = (*_MAILERS, Role.BOARD)

# Also before anything was adopted: a page that says so.
_OF_ALL_TEAMS = (Role.MR_READER, Role.DIRECTOR, Role.BOARD, Role.TRAINER)

PAGES = [
    Page("adopted plans", lambda _world: "/documenten/vastgesteld", _OF_ALL_TEAMS),
    Page(
        "documents",
        lambda world: f"/routekaart/{world.running.routekaart.pk}/documenten",
        (*_READERS, Role.MR_READER),
    ),
    Page(
        "documents of a draft",
        lambda world: f"/routekaart/{world.draft.routekaart.pk}/documenten",
        _READERS,
    ),
    Page(
        "group plan",
        lambda world: f"/routekaart/{world.running.routekaart.pk}/documenten/groep",
        _MAKERS,
    ),
    Page(
        "person plan",
        lambda world: f"/routekaart/{world.running.routekaart.pk}/documenten/persoon",
        (Role.MEMBER, Role.TEAM_LEAD, Role.TRAINER),
    ),
    Page("booklet", lambda world: f"/studiedag/{world.running.study_day.pk}/boekje", _MAKERS),
    Page("job", lambda world: f"/klussen/{world.ids['job_id']}", _READERS),
    # Of the school as a whole: not for who is bound to a team.
    Page(
        "bundle",
        lambda world: f"/klussen/{world.ids['bundle_id']}",
        (Role.DIRECTOR, Role.TRAINER, Role.BOARD),
    ),
    Page(
        "overviews as documents",
        lambda _world: "/documenten/overzichten",
        (Role.TRAINER, Role.DIRECTOR, Role.BOARD),
    ),
    Page(
        "documents for all teams",
        lambda _world: "/documenten/alle-teams",
        (Role.TRAINER, Role.DIRECTOR, Role.BOARD),
    ),
    Page(
        "jobs",
        lambda _world: "/klussen",
        (Role.DIRECTOR, *(role for role in Role if role is not Role.DIRECTOR)),
    ),
    Page("send", lambda world: f"/document/{world.ids['document_id']}/versturen", _SENDERS),
    # Public: who has the link is not asked to sign in.
    Page("link", lambda world: f"/gedeeld/{_token(world)}"),
    Page("mail batch", lambda world: f"/verzending/{world.ids['mail_batch_id']}", _MAILERS),
]
