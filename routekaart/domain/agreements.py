"""Agreements: what, who, by when. They come back on their date until they are done or dropped."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from courses.dutch import dutch_date
from routekaart.domain.calendar import SchoolCalendar, SchoolYear
from routekaart.domain.errors import BadInput
from routekaart.domain.lifecycle import AGREEMENT

OPEN = AGREEMENT.start


@dataclass(frozen=True, slots=True)
class AgreementDates:
    """An agreement as its dates see it. `check_on` is the day on which it comes back."""

    id: UUID
    state: str
    due_on: date
    check_on: date


@dataclass(frozen=True, slots=True)
class Check:
    """A look back: the step that is made, what is said about it, and when it comes back."""

    step: str
    note: str = ""
    back_on: date | None = None


def coming_back(agreements: Iterable[AgreementDates], today: date) -> tuple[AgreementDates, ...]:
    """The open agreements whose day has come, longest waiting first."""
    waiting = [one for one in agreements if one.state == OPEN and one.check_on <= today]
    return tuple(sorted(waiting, key=lambda one: (one.check_on, str(one.id))))


def first_check(due_on: date, follow_up_on: date | None) -> date:
    """When an agreement comes back if nobody says so: when it is due, or at the follow-up of its
    study day when that is later, because there the team meets anyway (assumption)."""
    return max(due_on, follow_up_on or due_on)


def when_open(day: date, calendar: SchoolCalendar) -> date:
    """The first day from `day` on that the school is open; `day` itself when the year has none."""
    return calendar.first_open_from(day) or day


def check_reach(field: str, day: date, year: SchoolYear) -> None:
    """Raises `BadInput` (`outside_school_year`) for a day on which nobody looks back any more.

    An agreement may go along to the next school year, and no further (assumption).
    """
    last = SchoolYear(year.start + 1).last_day
    if not year.first_day <= day <= last:
        raise BadInput(
            field,
            f"Kies een dag in dit of het volgende schooljaar: van {dutch_date(year.first_day)} "
            f"tot en met {dutch_date(last)}.",
            code="outside_school_year",
        )


def check_after_day(due_on: date, held_on: date) -> None:
    """Raises `BadInput` (`due_before_day`): nothing is kept before it is agreed upon."""
    if due_on < held_on:
        raise BadInput(
            "due_on",
            f"Deze afspraak is van de studiedag van {dutch_date(held_on)}. Kies die dag of een "
            "latere.",
            code="due_before_day",
        )


def check_dates(*, due_on: date, check_on: date) -> None:
    """Raises `BadInput` (`check_before_due`): nobody looks back before it is due."""
    if check_on < due_on:
        raise BadInput(
            "check_on",
            "Terugkijken kan pas als de afspraak klaar moet zijn. Kies die dag of een latere.",
            code="check_before_due",
        )


def after_check(agreement: AgreementDates, check: Check, today: date) -> AgreementDates:
    """The agreement after a look back on `today`.

    Raises `Conflict` (`wrong_state`) for a step that its state does not allow, and `BadInput`
    when the day that it comes back on, or the reason for dropping it, is missing or wrong.
    """
    state = AGREEMENT.after(agreement.state, check.step)
    if check.step == "drop" and not check.note.strip():
        raise BadInput(
            "note", "Schrijf waarom jullie deze afspraak loslaten.", code="reason_required"
        )
    if check.step == "keep" and check.back_on is None:
        raise BadInput(
            "back_on", "Kies wanneer jullie er weer naar kijken.", code="back_on_required"
        )
    if check.back_on is None:
        return replace(agreement, state=state)
    if check.step not in {"keep", "reopen"}:
        raise BadInput(
            "back_on",
            "Een afspraak die klaar is of losgelaten, komt niet terug. Laat deze datum weg.",
            code="does_not_come_back",
        )
    if check.back_on <= today or (check.step == "keep" and check.back_on <= agreement.check_on):
        raise BadInput(
            "back_on",
            "Kies een latere dag: na vandaag, en na de dag waarop de afspraak al terugkomt.",
            code="back_on_not_later",
        )
    return replace(agreement, state=state, check_on=check.back_on)
