"""Reading agreements. Every query starts from what `by` may see."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from routekaart.access import Access, Permission
from routekaart.domain.agreements import OPEN
from routekaart.models import Agreement, AgreementCheck, Routekaart
from routekaart.models.routekaarten import State
from routekaart.queries.once_more import still_there
from routekaart.queries.organisation.names import called_at


@dataclass(frozen=True, slots=True)
class AgreementFilter:
    """Which agreements one wants. None or False: whatever they are."""

    state: str | None = None
    due_before: date | None = None
    study_day: UUID | None = None
    plg_meeting: UUID | None = None
    goal: UUID | None = None
    mine: bool = False
    # The day on which they wait to be looked at.
    coming_back_on: date | None = None


def agreements_of(*, by: Access, routekaart_id: UUID, only: AgreementFilter) -> QuerySet[Agreement]:
    """The agreements of a routekaart, those that come back first, first."""
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_AGREEMENTS)
    with by.entered():
        return _whole(Agreement.objects.filter(_wanted(by, only), routekaart=routekaart_id))


def own_agreements(*, by: Access, only: AgreementFilter) -> QuerySet[Agreement]:
    """What this person has to keep, alone, with a group or with a team, at all schools in reach.

    What a closed year left open stays there until the team carries it over.
    """
    with by.entered():
        rows = Agreement.objects.filter(
            by.visible(Agreement), _wanted(by, only), _of_person(by)
        ).exclude(routekaart__state=State.CLOSED)
        return _whole(rows)


def agreement_detail(*, by: Access, agreement_id: UUID) -> Agreement:
    """One agreement with its owner and every look back."""
    by.fetch(Agreement, agreement_id, Permission.VIEW_AGREEMENTS)
    with by.entered():
        rows = _whole(Agreement.objects.filter(pk=agreement_id))
        return still_there(rows.select_related("routekaart__team__school"))


def comes_back(on: date) -> Q:
    """The agreements that wait for a look on a day, as `domain.agreements.coming_back` says."""
    return Q(state=OPEN, check_on__lte=on)


def _whole(rows: "QuerySet[Agreement]") -> "QuerySet[Agreement]":
    return with_owner(rows).prefetch_related(with_checks())


def with_owner(rows: "QuerySet[Agreement]") -> "QuerySet[Agreement]":
    """Each with whose it is. Call inside the scope."""
    found = called_at(rows, "owner", school="routekaart__team__school")
    return found.select_related("work_group")


def with_checks() -> "Prefetch[str]":
    """Every look back of an agreement, with who looked. Call and evaluate inside the scope."""
    looks = AgreementCheck.objects.all()
    school = "agreement__routekaart__team__school"
    return Prefetch("checks", called_at(looks, "checked_by", school=school))


def _of_person(by: Access) -> Q:
    groups = Agreement.objects.filter(work_group__member_rows__person=by.person).values("pk")
    return (
        Q(owner=by.person)
        | Q(pk__in=groups)
        # Also when whoever owned it is known no more.
        | Q(owner=None, work_group=None, routekaart__team__in=list(by.teams))
    )


def _wanted(by: Access, only: AgreementFilter) -> Q:
    wanted = Q()
    if only.state is not None:
        wanted &= Q(state=only.state)
    if only.due_before is not None:
        wanted &= Q(due_on__lt=only.due_before)
    if only.coming_back_on is not None:
        wanted &= comes_back(only.coming_back_on)
    for name in ("study_day", "plg_meeting", "goal"):
        if getattr(only, name) is not None:
            wanted &= Q(**{name: getattr(only, name)})
    return wanted & _of_person(by) if only.mine else wanted
