"""The demo school: a board, a school, a team and people with every role. All invented.

Loading it again changes nothing but the tokens: those are shown once, so each load makes new ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.auth.hashers import make_password
from django.db import transaction

from routekaart.access import Role, school_scope
from routekaart.actions.organisation.tokens import issue_token
from routekaart.models import (
    ApiToken,
    Board,
    Completion,
    Document,
    Employment,
    Job,
    Mail,
    MailBatch,
    Person,
    PreparationNote,
    RoleGrant,
    Routekaart,
    Scan,
    School,
    Team,
    TeamMembership,
)

BOARD_NUMBER = "99999"
BRIN = "99ZZ00"
TEAM_NAME = "Bovenbouw"
PASSWORD = "klimboom-demo"  # noqa: S105 - of a demo school with invented people, shown at start
TOKEN_NAME = "demo"  # noqa: S105 - the name of a token, not the token
STORY_TOKEN_NAME = "demoverhaal"  # noqa: S105 - the same
MAIL_DOMAIN = "klimboom.example"
# Joins the team in the course of the story.
NEWCOMER = "Fenna Wilgenhof"
NEWCOMER_EMAIL = f"fenna@{MAIL_DOMAIN}"


@dataclass(frozen=True, slots=True)
class Invented:
    """Someone who does not exist."""

    first_name: str
    last_name: str
    functions: tuple[str, ...]
    fte: str
    working_days: tuple[int, ...]
    role: Role
    in_team: bool = True
    # A second role: who learns along with the team is a member of it too.
    also: Role | None = None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def email(self) -> str:
        return f"{self.first_name.lower()}@{MAIL_DOMAIN}"


WHOLE_WEEK = (1, 2, 3, 4, 5)
PEOPLE = (
    Invented("Noor", "Takkenberg", ("leerkracht",), "1.0", WHOLE_WEEK, Role.TEAM_LEAD),
    Invented("Samir", "Wortelboer", ("leerkracht",), "0.8", (1, 2, 3, 4), Role.MEMBER),
    Invented("Lotte", "Bladerdijk", ("leerkracht",), "0.6", (1, 2, 3), Role.MEMBER),
    Invented("Daan", "Twijgstra", ("leerkracht",), "0.6", (3, 4, 5), Role.MEMBER),
    Invented("Femke", "Zaadhof", ("leerkracht",), "1.0", WHOLE_WEEK, Role.MEMBER),
    Invented("Yusuf", "Schorsma", ("leerkracht",), "1.0", WHOLE_WEEK, Role.MEMBER),
    Invented("Iris", "Boomstronk", ("onderwijsassistent",), "0.7", (1, 2, 4, 5), Role.MEMBER),
    Invented("Bram", "Kruinsma", ("onderwijsassistent",), "0.5", (1, 3, 5), Role.MEMBER),
    Invented("Anna", "Nerfveld", ("intern-begeleider",), "0.8", (1, 2, 3, 4), Role.MEMBER),
    Invented(
        "Ruben",
        "Stamhuis",
        ("schoolleider",),
        "1.0",
        WHOLE_WEEK,
        Role.DIRECTOR,
        also=Role.MEMBER,
    ),
    Invented("Tess", "Knopman", (), "0.2", (2,), Role.TRAINER, in_team=False),
    Invented("Olga", "Loofwijk", (), "0.4", (1, 3), Role.SCHOOL_ADMIN, in_team=False),
    Invented("Pim", "Schaduwrijk", (), "0.1", (4,), Role.MR_READER, in_team=False),
)
BOARD_MEMBER = Invented("Mila", "Bosrand", (), "0", (), Role.BOARD, in_team=False)


@dataclass(frozen=True, slots=True)
class Account:
    """A demo sign-in with a token that works until the next load."""

    role: Role
    name: str
    email: str
    token: str


@dataclass(frozen=True, slots=True)
class DemoSchool:
    school: School
    team: Team
    accounts: tuple[Account, ...]

    def account(self, role: Role) -> Account:
        """The first account with a role; a KeyError when the demo has none."""
        for account in self.accounts:
            if account.role is role:
                return account
        raise KeyError(role)


@transaction.atomic
def load_demo_school(*, token_name: str = TOKEN_NAME) -> DemoSchool:
    """Makes or completes the demo school, and gives everyone a new token of this name.

    Tokens of another name stay valid, so that telling the story leaves the printed ones alone.
    """
    board, _ = Board.objects.get_or_create(
        number=BOARD_NUMBER, defaults={"name": "Stichting De Boomgaard (demo)"}
    )
    school = _school(board)
    with school_scope([school.pk]):
        team, _ = Team.objects.get_or_create(school=school, name=TEAM_NAME)
        accounts: dict[Role, Account] = {}
        people = _people((*PEOPLE, BOARD_MEMBER))
        for invented, person in people:
            if invented.role is Role.BOARD:
                RoleGrant.objects.get_or_create(person=person, role=invented.role, board=board)
            else:
                _employ(invented, person, school, team)
            if invented.role not in accounts:
                accounts[invented.role] = _account(invented, person, token_name)
    return DemoSchool(school=school, team=team, accounts=tuple(accounts.values()))


def _school(board: Board) -> School:
    # The base manager: before its first load there is no school to enter a scope for.
    school: School | None = School._base_manager.filter(brin=BRIN).first()
    if school is None:
        school = School(
            board=board, name="De Klimboom (demo)", brin=BRIN, sector="po", region="Midden"
        )
        school.save()
    return school


def _people(wanted: Sequence[Invented]) -> list[tuple[Invented, Person]]:
    known = {
        person.email: person
        for person in Person.objects.filter(email__in=[invented.email for invented in wanted])
    }
    missing = [invented for invented in wanted if invented.email not in known]
    if missing:
        # Hashed once for all: a good hash is slow on purpose, and here it is the same password.
        password = make_password(PASSWORD)
        for invented in missing:
            known[invented.email] = Person.objects.create(
                email=invented.email, name=invented.name, password=password
            )
    return [(invented, known[invented.email]) for invented in wanted]


def _employ(invented: Invented, person: Person, school: School, team: Team) -> None:
    for role in {invented.role, invented.also} - {None}:
        RoleGrant.objects.get_or_create(person=person, role=role, school=school)
    Employment.objects.get_or_create(
        person=person,
        school=school,
        defaults={
            "functions": list(invented.functions),
            "fte": Decimal(invented.fte),
            "working_days": list(invented.working_days),
        },
    )
    if invented.in_team:
        TeamMembership.objects.get_or_create(
            team=team, person=person, defaults={"joined_on": date(2026, 8, 1)}
        )


def _account(invented: Invented, person: Person, token_name: str) -> Account:
    ApiToken.objects.filter(person=person, name=token_name).delete()
    _, token = issue_token(person=person, name=token_name, schools=())
    return Account(role=invented.role, name=invented.name, email=invented.email, token=token)


def has_document(team: Team) -> bool:
    """Whether the demo story was told to its end."""
    with school_scope([team.school_id]):
        return Document.objects.filter(routekaart__team=team).exists()


@transaction.atomic
def forget_routekaarten(team: Team) -> None:
    """Removes what an earlier demo made, so that the story can be told again from its start.

    Who left in it comes back when the school is loaded again; who joined in it goes.
    """
    with school_scope([team.school_id]):
        routekaarten = Routekaart.objects.filter(team=team)
        Job.objects.filter(routekaart__in=routekaarten).delete()
        Document.objects.filter(routekaart__in=routekaarten).delete()
        # Notes hold on to their day: elsewhere nobody loses a text.
        PreparationNote.objects.filter(study_day__routekaart__in=routekaarten).delete()
        Mail.objects.filter(school=team.school_id).delete()
        MailBatch.objects.filter(school=team.school_id).delete()
        Completion.objects.filter(school=team.school_id).delete()
        Scan.objects.filter(team=team).delete()
        routekaarten.delete()
    Person.objects.filter(email=NEWCOMER_EMAIL).delete()
