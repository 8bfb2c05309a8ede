"""Lesson visits: storing, moving, holding and cancelling them, and the notes of the pair."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any
from uuid import UUID

from courses.dutch import dutch_date
from routekaart.access import STEP_PERMISSIONS, Access, NotFound, Permission
from routekaart.actions.plg.changing import in_cycle, note, note_in_private
from routekaart.actions.plg.meetings import check_open
from routekaart.domain.calendar import SchoolCalendar
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.held import check_held
from routekaart.domain.lifecycle import LESSON_VISIT
from routekaart.domain.people import is_present
from routekaart.domain.visit_times import (
    Colleague,
    Moment,
    Taken,
    TakenBy,
    clash_sentence,
    ends_today,
    first_clash,
)
from routekaart.models import LessonVisit, LessonVisitNote, Person, PlgCycle
from routekaart.queries.planning.problems import calendar_of
from routekaart.queries.plg.lesson_visits import colleagues_of, visit_of_pair

_STEPS = STEP_PERMISSIONS[LESSON_VISIT.name]


@dataclass(frozen=True, slots=True)
class NewVisit:
    """A visit as somebody wants it."""

    visitor: UUID
    host: UUID
    focus: str
    date: date
    starts_at: time
    minutes: int


def add_visits(*, by: Access, cycle_id: UUID, visits: Sequence[NewVisit]) -> list[LessonVisit]:
    """Stores all of them, or none.

    Raises `BadInput` (`visits_self`, `not_in_plg`, `outside_school_year`, `school_closed`,
    `not_at_work`, `ends_after_midnight`) or `Conflict` (`visit_clash`).
    """
    with in_cycle(by=by, cycle_id=cycle_id, permission=Permission.RUN_PLG) as cycle:
        _lock(cycle)
        colleagues = colleagues_of(cycle)
        calendar = _calendar(cycle)
        made = []
        for number, visit in enumerate(visits):
            _check(colleagues, calendar, visit, place=f"visits.{number}.")
            for person in (visit.visitor, visit.host):
                colleagues[person] = _with(colleagues[person], visit)
            row = LessonVisit.objects.create(
                cycle=cycle,
                visitor_id=visit.visitor,
                host_id=visit.host,
                focus=visit.focus,
                date=visit.date,
                starts_at=visit.starts_at,
                minutes=visit.minutes,
            )
            note(by=by, cycle=cycle, action="add_lesson_visit", subject=row)
            made.append(row)
    return made


def change_visit(*, by: Access, visit_id: UUID, values: Mapping[str, Any]) -> LessonVisit:
    """Changes focus, date, time or minutes of a visit that has yet to come."""
    with _in_visit(by, visit_id, Permission.RUN_PLG) as visit:
        if visit.state != "planned":
            raise Conflict(
                "Dit lesbezoek is al geweest of vervallen. Plan een nieuw lesbezoek.",
                code="wrong_state",
            )
        for name, value in values.items():
            setattr(visit, name, value)
        if values.keys() & {"date", "starts_at", "minutes"}:
            _lock(visit.cycle)
            wanted = NewVisit(
                visit.visitor_id,
                visit.host_id,
                visit.focus,
                visit.date,
                visit.starts_at,
                visit.minutes,
            )
            _check(colleagues_of(visit.cycle, without=visit.pk), _calendar(visit.cycle), wanted)
        visit.save()
        note(by=by, cycle=visit.cycle, action="change_lesson_visit", subject=visit)
    return visit


def move_visit(*, by: Access, visit_id: UUID, step: str, today: date) -> LessonVisit:
    """Makes `step`: hold or cancel. Raises `Conflict` (`day_not_held`) for holding it early."""
    with _in_visit(by, visit_id, _STEPS[step]) as visit:
        before, visit.state = visit.state, LESSON_VISIT.after(visit.state, step)
        if step == "hold" and before != visit.state:
            check_held(
                visit.date,
                today=today,
                what="Dit lesbezoek",
                then="Meld het als het is geweest",
            )
        visit.save(update_fields=["state"])
        note(by=by, cycle=visit.cycle, action=f"{step}_lesson_visit", subject=visit)
    return visit


def add_note(*, by: Access, visit_id: UUID, text: str) -> LessonVisitNote:
    """What one of the pair noted. Raises `NotFound` for everybody else."""
    seen = visit_of_pair(by=by, visit_id=visit_id)
    with in_cycle(
        by=by, cycle_id=seen.cycle_id, permission=Permission.RUN_PLG, also_closed=True
    ) as cycle:
        made = LessonVisitNote.objects.create(visit=seen, author=by.person, text=text)
        note_in_private(by=by, cycle=cycle, action="add_lesson_visit_note", subject=made)
    return made


@contextmanager
def _in_visit(by: Access, visit_id: UUID, permission: Permission) -> Iterator[LessonVisit]:
    seen = by.fetch(LessonVisit, visit_id, permission)
    with in_cycle(by=by, cycle_id=seen.cycle_id, permission=permission) as cycle:
        visit = LessonVisit.objects.filter(pk=visit_id).first()
        if visit is None:
            raise NotFound("LessonVisit")
        visit.cycle = cycle
        yield visit


def _lock(cycle: PlgCycle) -> None:
    """The people themselves: another PLG cannot book them at the same moment."""
    members = cycle.member_rows.values("person")
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=members).order_by("pk"))


def _calendar(cycle: PlgCycle) -> SchoolCalendar:
    return calendar_of(school=cycle.routekaart.team.school, year=cycle.routekaart.school_year)


def _with(colleague: Colleague, visit: NewVisit) -> Colleague:
    booked = Taken(visit.date, TakenBy.LESSON_VISIT, visit.starts_at, visit.minutes, own=True)
    return replace(colleague, taken=(*colleague.taken, booked))


def _check(
    colleagues: Mapping[UUID, Colleague],
    calendar: SchoolCalendar,
    visit: NewVisit,
    place: str = "",
) -> None:
    if visit.visitor == visit.host:
        raise BadInput(
            f"{place}host", "Niemand bezoekt zichzelf. Kies een collega.", code="visits_self"
        )
    for field in ("visitor", "host"):
        if getattr(visit, field) not in colleagues:
            raise BadInput(
                f"{place}{field}",
                "Deze persoon zit niet in deze PLG. Kies iemand uit de lijst van leden.",
                code="not_in_plg",
            )
    check_open(calendar, visit.date, f"{place}date")
    if not ends_today(visit.starts_at, visit.minutes):
        raise BadInput(
            f"{place}minutes",
            "Dit lesbezoek eindigt pas na middernacht. Begin eerder, of maak het korter.",
            code="ends_after_midnight",
        )
    moment = Moment(visit.date, visit.starts_at, visit.minutes)
    for person in (colleagues[visit.visitor], colleagues[visit.host]):
        if not is_present(person.member, visit.date):
            raise BadInput(
                f"{place}date",
                f"{person.member.name} is er niet op {dutch_date(visit.date)}. "
                "Kies een andere dag.",
                code="not_at_work",
            )
        clash = first_clash(moment, person.taken)
        if clash is not None:
            raise Conflict(clash_sentence(person.member.name, clash), code="visit_clash")
