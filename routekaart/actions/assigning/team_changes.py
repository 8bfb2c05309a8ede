"""What follows for assignments when somebody joins or leaves a team, or gets another function.

Call inside the transaction of what happened, and inside the school's scope.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from courses.audience import function_reach
from routekaart.access import Access
from routekaart.actions.assigning.states import move_assignments
from routekaart.actions.assigning.storing import Label, store_batch
from routekaart.actions.audit import record
from routekaart.actions.changing import UNDERWAY
from routekaart.actions.quality.agreements import give_to_team
from routekaart.domain.assigning import TeamMember
from routekaart.domain.assigning.rules import applies, by_rules, fallen_away
from routekaart.domain.lifecycle import ASSIGNMENT, LESSON_VISIT, PLG_CYCLE
from routekaart.domain.people import NEWCOMER
from routekaart.models import (
    Assignment,
    BatchItem,
    Employment,
    LessonVisit,
    Person,
    PlgCycleMember,
    Routekaart,
    TeamMembership,
    WorkGroup,
    WorkGroupMember,
)
from routekaart.models.assignment_batches import TargetKind
from routekaart.models.routekaarten import State
from routekaart.queries.assigning.needs import offered, rules_of
from routekaart.queries.catalogue.school_catalogue import school_catalogue

# What somebody still has to do, or need not do: what is done stays.
# What is done stays, also for who leaves.
_OPEN = tuple(
    state for state in ASSIGNMENT.sources("withdraw") if state not in {"done", "withdrawn"}
)
_BY_NAME = (TargetKind.PERSON, TargetKind.WORK_GROUP)


def somebody_joined(
    *,
    by: Access,
    team_id: UUID,
    person: Person,
    today: date,
    before: Sequence[str] | None = None,
) -> None:
    """Gives who joins a team what its rules say, in every routekaart that is under way.

    Somebody without an employment at the school only visits, and gets nothing. `before` are the
    functions of somebody who was there already: what their rules gave is not given once more, for
    it may have been taken back by hand.
    """
    routekaarten = _under_way(team_id)
    rules = {routekaart.pk: rules_of(routekaart) for routekaart in routekaarten}
    employment = Employment.objects.filter(person=person, school__teams=team_id).first()
    if employment is None or not person.is_active or not any(rules.values()):
        return
    # These words are stored.
    called = NEWCOMER if employment.given_name else person.name
    catalogue = school_catalogue(school=employment.school_id)
    member = TeamMember(str(person.pk), tuple(employment.functions))
    reach = function_reach(catalogue)
    for routekaart in routekaarten:
        given = {
            (rule.course, rule.goal)
            for rule in rules[routekaart.pk]
            if before is not None and applies(rule, before, reach)
        }
        known = [
            rule
            for rule in rules[routekaart.pk]
            if rule.course in catalogue.course_by_slug and (rule.course, rule.goal) not in given
        ]
        now_there = offered(catalogue, routekaart, {rule.course for rule in known}, today)
        wanted = by_rules(known, member, reach, now_there)
        if not wanted:
            continue
        stored = store_batch(
            by=by,
            routekaart=routekaart,
            label=Label(TargetKind.RULE, f"Volgens de regels van het team voor {called}"),
            wanted=wanted,
        )
        record(
            by=by,
            school=employment.school_id,
            action="assign_by_rules",
            subject=stored.batch,
            routekaart=routekaart.pk,
        )


def somebody_left(
    *, by: Access, team_id: UUID, school_id: UUID, person_id: UUID, at: datetime
) -> None:
    """Withdraws what who leaves a team still had to do for it; what is done stays.

    What another team of the person asks for is that team's own, and stays too. What the person, or
    a group that is empty now, had to keep for the team becomes the whole team's.
    """
    _hand_over(by, team_id, person_id)
    for routekaart in _under_way(team_id):
        mine = WorkGroupMember.objects.filter(work_group__routekaart=routekaart, person=person_id)
        groups = list(mine.values_list("work_group_id", flat=True))
        mine.delete()
        empty = WorkGroup.objects.filter(pk__in=groups, member_rows=None)
        give_to_team(by=by, routekaart=routekaart, orphans=Q(work_group__in=list(empty)))
        rows = Assignment.objects.filter(routekaart=routekaart, person=person_id, state__in=_OPEN)
        _withdraw(by, school_id, routekaart, rows, at, "omdat: zit niet meer in het team")
        _leave_plgs(by, school_id, routekaart, person_id)


def functions_changed(
    *, by: Access, employment: Employment, before: Sequence[str] | None, today: date, at: datetime
) -> None:
    """Gives what the rules say for the new functions, and withdraws what only the old ones gave.

    What was assigned by name stays, and so does what is done. `before` is None for who only
    visited until now.
    """
    person = employment.person
    lock_years_of_person(person_id=person.pk, school_id=employment.school_id)
    reach = function_reach(school_catalogue(school=employment.school_id))
    teams = person.memberships.filter(team__school=employment.school_id)
    for team_id in teams.order_by("team_id").values_list("team_id", flat=True):
        for routekaart in _under_way(team_id):
            fallen = fallen_away(rules_of(routekaart), before or (), employment.functions, reach)
            _withdraw(
                by,
                employment.school_id,
                routekaart,
                _only_by_rule(routekaart, person.pk, fallen),
                at,
                "omdat: hoort niet meer bij de functie",
            )
        somebody_joined(by=by, team_id=team_id, person=person, today=today, before=before)


def lock_years_of_person(*, person_id: UUID, school_id: UUID) -> None:
    """Locks what is under way in all teams of a person at a school, before any of it is touched.

    In one order, as progress does that moves what several teams ask.
    """
    rows = Routekaart.objects.select_for_update(of=("self",), no_key=True).filter(
        team__in=TeamMembership.objects.filter(person=person_id, team__school=school_id).values(
            "team"
        ),
        state__in=UNDERWAY,
    )
    list(rows.order_by("pk").only("pk"))


def _under_way(team_id: UUID) -> tuple[Routekaart, ...]:
    """Locked, so that nobody assigns the same course at the same time."""
    return tuple(
        Routekaart.objects.select_for_update(of=("self",), no_key=True)
        .select_related("team__school")
        .filter(team=team_id, state__in=UNDERWAY)
        .order_by("pk")
    )


def _hand_over(by: Access, team_id: UUID, person_id: UUID) -> None:
    # Also what waits in next year's draft.
    for routekaart in Routekaart.objects.filter(team=team_id).exclude(state=State.CLOSED):
        give_to_team(by=by, routekaart=routekaart, orphans=Q(owner=person_id))


def _leave_plgs(by: Access, school_id: UUID, routekaart: Routekaart, person_id: UUID) -> None:
    """Out of the PLGs that go on, and out of lesson visits that are still to come."""
    visits = LessonVisit.objects.filter(
        Q(visitor=person_id) | Q(host=person_id),
        cycle__routekaart=routekaart,
        state=LESSON_VISIT.start,
    )
    for visit in visits.order_by("pk"):
        visit.state = LESSON_VISIT.after(visit.state, "cancel")
        visit.save(update_fields=["state"])
        record(
            by=by,
            school=school_id,
            action="cancel_lesson_visit",
            subject=visit,
            routekaart=routekaart.pk,
        )
    # A PLG that is done keeps who was in it.
    PlgCycleMember.objects.filter(cycle__routekaart=routekaart, person=person_id).exclude(
        cycle__state=PLG_CYCLE.steps["close"].target
    ).delete()


def _only_by_rule(
    routekaart: Routekaart, person_id: UUID, courses: frozenset[str]
) -> Sequence[Assignment]:
    rows = Assignment.objects.filter(
        routekaart=routekaart, person=person_id, course__in=courses, state__in=_OPEN
    )
    items = BatchItem.objects.filter(batch__undone_at=None, assignment__in=rows)
    by_name = items.filter(batch__target__in=_BY_NAME)
    return list(
        rows.filter(pk__in=items.values("assignment")).exclude(pk__in=by_name.values("assignment"))
    )


def _withdraw(
    by: Access,
    school_id: UUID,
    routekaart: Routekaart,
    rows: Iterable[Assignment],
    at: datetime,
    reason: str,
) -> None:
    if move_assignments(rows=rows, step="withdraw", at=at, reason=reason):
        record(
            by=by,
            school=school_id,
            action="withdraw_by_rules",
            subject=routekaart,
            routekaart=routekaart.pk,
        )
