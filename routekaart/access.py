"""Who reaches what: the one way to fetch an object. What a role may do is data: `domain/roles.py`.

`Access` is what a signed-in person or a token brings along: the schools it reaches and the roles
it has there. Queries take the schools as a required keyword; actions fetch their object through
`Access.fetch`, so that a stranger sees nothing and a reader who writes is refused.

Rules in words:
- a role counts at the school it was granted at, a board's role at every school of that board,
  and from its first day up to its last where it has these;
- members and team leads act for the teams they belong to, the others for the whole school;
- the MR sees of what teams make only what was adopted and what is made for the MR;
- who belongs to a team does the own courses there, whatever the role at that school;
- who does not see an object gets `NotFound`, who sees it but may not do this gets `Forbidden`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import (
    CharField,
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django_scopes import scope, scopes_disabled

from routekaart import clock
from routekaart.domain.roles import (
    ADOPTED_ONLY,
    OWN_WORK,
    ROLE_PERMISSIONS,
    STEP_PERMISSIONS,
    STRICTER_STEPS,
    TEAM_BOUND,
    Permission,
    Role,
)
from routekaart.models import (
    AdviceVersion,
    Agreement,
    ApiToken,
    Assignment,
    AssignmentBatch,
    AssignmentRule,
    BudgetLine,
    CalendarOverride,
    Completion,
    Document,
    DocumentLink,
    Employment,
    Goal,
    GroupCompletion,
    Indicator,
    Job,
    LessonVisit,
    Mail,
    MailBatch,
    Measurement,
    MicroStep,
    Person,
    Plan,
    PlgCycle,
    PlgMeeting,
    PreparationNote,
    Presence,
    ProgrammeBlock,
    RoleGrant,
    Routekaart,
    Scan,
    School,
    SchoolCourse,
    StudyDay,
    Team,
    TeamMembership,
    TokenSchool,
    Topic,
    WordTemplate,
    WorkGroup,
)
from routekaart.models.jobs import MR_KINDS, PLAN_KINDS
from routekaart.models.routekaarten import ADOPTED_STATES
from routekaart.models.sign_in import who_came

# What a role may do and what somebody reaches are one surface.
__all__ = [
    "ADOPTED",
    "ADOPTED_ONLY",
    "OWN_WORK",
    "PATHS",
    "ROLE_PERMISSIONS",
    "STEP_PERMISSIONS",
    "STRICTER_STEPS",
    "TEAM_BOUND",
    "UNSCOPED_MODELS",
    "Access",
    "Forbidden",
    "NotFound",
    "Path",
    "Permission",
    "Role",
    "access_of",
    "accesses_of",
    "school_scope",
]


class NotFound(Exception):
    """There is no such object within reach. Never says whether it exists elsewhere."""


class Forbidden(Exception):
    """The object is within reach, this action on it is not."""


P = Permission


@dataclass(frozen=True, slots=True)
class Path:
    """Where an object finds its school and team, and what it takes to see it."""

    school: str
    team: str | None
    view: Permission


# One path to the school per kind of object. Some stand here although they lie outside the net of
# django-scopes, as Job does: the web side reaches them only through this table.
PATHS: Mapping[type[Model], Path] = {
    School: Path("id", None, P.VIEW_SCHOOL),
    Team: Path("school_id", "id", P.VIEW_TEAM),
    CalendarOverride: Path("school_id", None, P.VIEW_SCHOOL),
    SchoolCourse: Path("school_id", None, P.VIEW_SCHOOL),
    WordTemplate: Path("school_id", None, P.EDIT_SCHOOL),
    Employment: Path("school_id", None, P.MANAGE_PEOPLE),
    # Those of a school; one for a whole board is not a school's to change.
    RoleGrant: Path("school_id", None, P.MANAGE_PEOPLE),
    BudgetLine: Path("school_id", None, P.KEEP_BUDGETS),
    TeamMembership: Path("team__school_id", "team_id", P.VIEW_PEOPLE),
    # Also for who reads only the plan of it; all that is in it asks VIEW_ROUTEKAART.
    Routekaart: Path("team__school_id", "team_id", P.VIEW_PLAN),
    Presence: Path("routekaart__team__school_id", "routekaart__team_id", P.EDIT_ROUTEKAART),
    Goal: Path("routekaart__team__school_id", "routekaart__team_id", P.VIEW_ROUTEKAART),
    StudyDay: Path("routekaart__team__school_id", "routekaart__team_id", P.VIEW_ROUTEKAART),
    AdviceVersion: Path("routekaart__team__school_id", "routekaart__team_id", P.VIEW_ROUTEKAART),
    Assignment: Path("routekaart__team__school_id", "routekaart__team_id", P.VIEW_ASSIGNMENTS),
    AssignmentBatch: Path("routekaart__team__school_id", "routekaart__team_id", P.VIEW_ASSIGNMENTS),
    AssignmentRule: Path(
        "goal__routekaart__team__school_id", "goal__routekaart__team_id", P.VIEW_ASSIGNMENTS
    ),
    WorkGroup: Path("routekaart__team__school_id", "routekaart__team_id", P.VIEW_ASSIGNMENTS),
    Completion: Path("school_id", None, P.VIEW_ASSIGNMENTS),
    GroupCompletion: Path("routekaart__team__school_id", "routekaart__team_id", P.VIEW_ASSIGNMENTS),
    PreparationNote: Path(
        "study_day__routekaart__team__school_id", "study_day__routekaart__team_id", P.VIEW_NOTES
    ),
    Topic: Path(
        "study_day__routekaart__team__school_id", "study_day__routekaart__team_id", P.VIEW_NOTES
    ),
    ProgrammeBlock: Path(
        "study_day__routekaart__team__school_id",
        "study_day__routekaart__team_id",
        P.VIEW_ROUTEKAART,
    ),
    PlgCycle: Path("routekaart__team__school_id", "routekaart__team_id", P.VIEW_PLG),
    PlgMeeting: Path(
        "cycle__routekaart__team__school_id", "cycle__routekaart__team_id", P.VIEW_PLG
    ),
    MicroStep: Path("cycle__routekaart__team__school_id", "cycle__routekaart__team_id", P.VIEW_PLG),
    LessonVisit: Path(
        "cycle__routekaart__team__school_id", "cycle__routekaart__team_id", P.VIEW_PLG
    ),
    Scan: Path("team__school_id", "team_id", P.VIEW_SCAN),
    Agreement: Path("routekaart__team__school_id", "routekaart__team_id", P.VIEW_AGREEMENTS),
    Indicator: Path(
        "goal__routekaart__team__school_id", "goal__routekaart__team_id", P.VIEW_ROUTEKAART
    ),
    Measurement: Path(
        "indicator__goal__routekaart__team__school_id",
        "indicator__goal__routekaart__team_id",
        P.VIEW_ROUTEKAART,
    ),
    MailBatch: Path("school_id", "routekaart__team_id", P.VIEW_MAIL),
    Mail: Path("school_id", "batch__routekaart__team_id", P.VIEW_MAIL),
    Plan: Path("routekaart__team__school_id", "routekaart__team_id", P.VIEW_PLAN),
    Document: Path("school_id", "routekaart__team_id", P.VIEW_DOCUMENT),
    # To whom a document was sent, for who may send it. Who has the link needs no rights.
    DocumentLink: Path("document__school_id", "document__routekaart__team_id", P.SEND_DOCUMENT),
    Job: Path("school_id", "routekaart__team_id", P.VIEW_DOCUMENT),
}
# What of a kind of object was adopted, or is made for the MR; a kind of the team that is not here
# holds nothing of that.
ADOPTED: Mapping[type[Model], Q] = {
    Team: Q(),
    Routekaart: Q(state__in=ADOPTED_STATES),
    Plan: Q(approved_at__isnull=False),
    Document: Q(kind__in=MR_KINDS) | Q(kind__in=PLAN_KINDS, adopted=True),
}
# Outside the net of django-scopes, each with its reason beside the model.
UNSCOPED_MODELS: frozenset[str] = frozenset(
    {
        "ApiToken",
        "Board",
        "CacheEntry",
        "CalendarFeed",
        "Erasure",
        "IdempotencyKey",
        "Job",
        "Mail",
        "Person",
        "RequestCount",
        "RoleGrant",
        "ScheduledTask",
        "ToldEvent",
        "TokenSchool",
        "WorkerSign",
    }
)

_M = TypeVar("_M", bound=Model)


@dataclass(frozen=True, slots=True)
class Access:
    """The reach of one person: roles per school, and the teams the person belongs to.

    `team_schools`: the schools of those teams. `closed`: the schools where this request may do
    nothing, because its key only reads there; what is there is seen all the same. `narrowed`: its
    key does not reach all schools of the person, so it may not read what tells of all of them.
    """

    person: Person
    roles: Mapping[UUID, frozenset[Role]]
    teams: frozenset[UUID]
    team_schools: frozenset[UUID] = frozenset()
    closed: frozenset[UUID] = frozenset()
    narrowed: bool = False

    @property
    def schools(self) -> tuple[UUID, ...]:
        """The schools within reach, in a stable order; may be empty."""
        return tuple(sorted(self.roles, key=str))

    def allows(self, permission: Permission, *, school: UUID, team: UUID | None = None) -> bool:
        """Whether some role at `school` gives `permission`, for `team` where one is named.

        No team means the school as a whole: there team-bound roles count too.
        """
        bound = team is None or team in self.teams
        return self._gives(permission, school, but=frozenset() if bound else TEAM_BOUND)

    def schools_with(self, permission: Permission) -> frozenset[UUID]:
        """The schools where some role gives `permission`."""
        return frozenset(one for one in self.schools if self.allows(permission, school=one))

    def allows_everywhere(self, permission: Permission, *, school: UUID) -> bool:
        """Whether some role gives `permission` for all of `school`, also outside the own teams."""
        return self._gives(permission, school, but=TEAM_BOUND)

    def allows_all_of(self, permission: Permission, *, school: UUID) -> bool:
        """The same, and of what a team still works on too, not only of what was adopted."""
        return self._gives(permission, school, but=TEAM_BOUND | ADOPTED_ONLY)

    def only_adopted(
        self, permission: Permission, *, school: UUID, team: UUID | None = None
    ) -> bool:
        """Whether `permission` on something of a team, or of the school, is for no more than what
        was adopted; True also for who does not have it."""
        bound = team is not None and team in self.teams
        but = ADOPTED_ONLY if bound else ADOPTED_ONLY | TEAM_BOUND
        return not self._gives(permission, school, but=but)

    def _gives(self, permission: Permission, school: UUID, *, but: frozenset[Role]) -> bool:
        """Whether `_has`, where this request may do something at all."""
        return school not in self.closed and self._has(permission, school, but=but)

    def _has(self, permission: Permission, school: UUID, *, but: frozenset[Role]) -> bool:
        """Whether some role at `school` gives `permission`, `but` those roles.

        So does, with whatever role, being in a team there, unless team-bound roles do not count.
        """
        roles = self.roles.get(school, frozenset())
        in_team = roles and school in self.team_schools and permission in OWN_WORK
        if in_team and not TEAM_BOUND & but:
            return True
        return any(permission in ROLE_PERMISSIONS[role] for role in roles - but)

    def visible(self, model: type[_M], permission: Permission | None = None) -> Q:
        """The filter that keeps what this person may see of `model`, or may treat so."""
        path = PATHS[model]
        needed = permission or path.view
        whole: list[UUID] = []
        bound: list[UUID] = []
        adopted: list[UUID] = []
        for school in self.schools:
            if self._has(needed, school, but=TEAM_BOUND | ADOPTED_ONLY):
                whole.append(school)
                continue
            if self._has(needed, school, but=ADOPTED_ONLY):
                bound.append(school)
            if self._has(needed, school, but=TEAM_BOUND):
                adopted.append(school)
        keep = Q(**{f"{path.school}__in": whole})
        if path.team is None and model not in ADOPTED:
            return keep | Q(**{f"{path.school}__in": [*bound, *adopted]})
        keep |= Q(**{f"{path.school}__in": bound, f"{path.team}__in": list(self.teams)})
        if adopted and model in ADOPTED:
            keep |= Q(**{f"{path.school}__in": adopted}) & ADOPTED[model]
        return keep

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Opens the fail-closed net for the schools within reach, and for no other."""
        with scope(school=list(self.schools)):
            yield

    def fetch(
        self,
        model: type[_M],
        pk: UUID | str,
        permission: Permission,
        *,
        along: Sequence[str] = (),
        also: Mapping[str, Subquery] = MappingProxyType({}),
    ) -> _M:
        """The object, when this person may see it and has `permission` on it.

        `along` names relations that are read in the same query, `also` what more is put on it.
        Raises `NotFound` for what lies out of sight and `Forbidden` for what may be seen but
        not treated so.
        """
        with self.entered():
            rows = self._marked(model, along).annotate(**also)
            found: _M | None = rows.filter(pk=pk).first()
        if found is None:
            raise NotFound(model.__name__)
        self.require(found, permission)
        return found

    def fetch_those(
        self,
        model: type[_M],
        pks: Collection[UUID],
        permission: Permission,
        *,
        along: Sequence[str] = (),
    ) -> dict[UUID, _M]:
        """Those of several objects that `fetch` would give, by id; in one query."""
        with self.entered():
            found: dict[UUID, _M] = self._marked(model, along).in_bulk(pks)
        return {pk: one for pk, one in found.items() if self._may(one, permission)}

    def _marked(self, model: type[Model], along: Sequence[str]) -> "QuerySet[Any]":
        """What may be seen of `model`, with the marks that `require` reads."""
        path = PATHS[model]
        rows: QuerySet[Any] = model._default_manager.filter(self.visible(model)).annotate(
            access_school=F(path.school), access_team=F(path.team or path.school)
        )
        return rows.select_related(*along or (None,))

    def require(self, found: Model, permission: Permission) -> None:
        """Raises `Forbidden` when this person may not treat an object so that `fetch` gave."""
        if not self._may(found, permission):
            raise Forbidden(permission)

    def _may(self, found: Model, permission: Permission) -> bool:
        marks: Any = found
        # A kind of object that has teams, but here has none, is not of anybody's team.
        ours = PATHS[type(found)].team is None or marks.access_team in self.teams
        but: frozenset[Role] = frozenset() if ours else TEAM_BOUND
        return self._gives(permission, marks.access_school, but=but)


def access_of(person: Person, token: ApiToken | None = None, *, only_reads: bool = True) -> Access:
    """What `person` reaches, narrowed to the schools of `token` where it names any.

    Unless the request `only_reads`, the schools where the token may not write are closed to it.
    """
    found = accesses_of([person])[person.pk]
    if token is None:
        return found
    named = _token_schools(token)
    roles = {school: kept for school, kept in found.roles.items() if not named or school in named}
    writable = {school for school in roles if token.may_write and named.get(school, True)}
    return replace(
        found,
        roles=roles,
        closed=frozenset() if only_reads else frozenset(roles) - writable,
        narrowed=len(roles) < len(found.roles),
    )


def accesses_of(persons: Collection[Person]) -> dict[UUID, Access]:
    """What each of `persons` reaches, by id; in one query however many there are."""
    roles: dict[UUID, dict[UUID, set[Role]]] = {person.pk: {} for person in persons}
    teams: dict[UUID, dict[UUID, UUID]] = {person.pk: {} for person in persons}
    # The net is not there yet: this query is what it is made of.
    with scopes_disabled():
        for who, school, role, team in _reach([person.pk for person in persons]):
            if team is not None:
                teams[who][team] = school
            else:
                roles[who].setdefault(school, set()).add(Role(role))
    return {
        person.pk: Access(
            person=person,
            roles={school: frozenset(kept) for school, kept in roles[person.pk].items()},
            teams=frozenset(teams[person.pk]),
            team_schools=frozenset(teams[person.pk].values()),
        )
        for person in persons
    }


def _reach(
    persons: Sequence[UUID],
) -> "QuerySet[TeamMembership, tuple[UUID, UUID, str, UUID | None]]":
    """Person, and school and role of each right, or school and team of each membership: in one
    query, because every request asks it."""
    memberships = TeamMembership.objects.filter(
        ~_waits_for_second_step("team__school_id"), person__in=persons
    ).values_list(
        "person_id", F("team__school_id"), Value("", output_field=CharField()), F("team_id")
    )
    grants = RoleGrant.objects.in_force(clock.today()).filter(person__in=persons)
    nowhere = Value(None, output_field=UUIDField())
    at_schools = grants.filter(
        ~_waits_for_second_step("school_id"), school__isnull=False
    ).values_list("person_id", "school_id", "role", nowhere)
    # A board without schools gives no row with an empty school.
    of_boards = grants.filter(board__schools__isnull=False).values_list(
        "person_id", "board__schools__id", "role", nowhere
    )
    return memberships.union(at_schools, of_boards)


def _waits_for_second_step(school: str) -> Exists:
    """Whether a school that asks two steps added somebody who did not sign in since.

    An open session began before, with one step perhaps, and may go on for as long as it is used.
    """
    return Exists(
        # Whom nobody invited was made by the server, for a key perhaps: that goes on.
        Employment.objects.exclude(who_came()).filter(
            invitation__isnull=False,
            person=OuterRef("person_id"),
            school=OuterRef(school),
            school__second_factor_required=True,
        )
    )


def _token_schools(token: ApiToken) -> dict[UUID, bool]:
    """The schools that a token names, each with whether it may write there."""
    # Through the join table: the schools themselves lie inside the net.
    return dict(TokenSchool.objects.filter(apitoken=token).values_list("school_id", "may_write"))


@contextmanager
def school_scope(schools: Iterable[UUID]) -> Iterator[tuple[UUID, ...]]:
    """Enters the net for a non-empty set of schools; an empty one is refused."""
    ids = tuple(schools)
    if not ids:
        raise NotFound("School")
    with scope(school=list(ids)):
        yield ids
