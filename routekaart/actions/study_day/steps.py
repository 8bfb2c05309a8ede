"""The life of a study day: ready, closed, opened again; and the moments that come after it."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from courses.dutch import dutch_date
from courses.findings import Finding
from routekaart.access import STEP_PERMISSIONS, Access, Permission
from routekaart.actions.study_day.changing import changing_day
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.errors import BadInput, RulesBroken
from routekaart.domain.held import check_held
from routekaart.domain.lifecycle import STUDY_DAY
from routekaart.domain.readiness import closing_findings, ready_findings
from routekaart.models import StudyDay
from routekaart.queries.study_day.readiness import agreements_of, facts_of


def step_study_day(
    *, by: Access, study_day_id: UUID, step: str, today: date, outcome: str = ""
) -> StudyDay:
    """Makes a step of STUDY_DAY. Raises `RulesBroken` with everything that holds it back, and
    `Conflict` (`day_not_held`) for closing a day that has yet to come.

    `outcome`: what the day brought, when it closes; an empty one leaves what stood there.
    """
    with changing_day(
        by=by,
        study_day_id=study_day_id,
        permission=STEP_PERMISSIONS[STUDY_DAY.name][step],
        action=f"{step}_study_day",
        even_closed=True,
    ) as day:
        after = STUDY_DAY.after(day.state, step)
        if step == "mark_ready":
            _hold_back(ready_findings(facts_of(day)))
        elif step == "close":
            check_held(day.date, today=today, what="Deze studiedag", then="Sluit hem daarna af")
            evaluation_on = facts_of(day).evaluation_on
            _hold_back(closing_findings(agreements=agreements_of(day), evaluation_on=evaluation_on))
            day.outcome = outcome or day.outcome
        day.state = after
        day.save(update_fields=["state", "outcome"])
    return day


def set_moments(*, by: Access, study_day_id: UUID, values: Mapping[str, date | None]) -> StudyDay:
    """Own dates for `follow_up_on` and `evaluation_on`; None: that of the plan again."""
    with changing_day(
        by=by,
        study_day_id=study_day_id,
        permission=Permission.PREPARE_DAY,
        action="set_moments",
    ) as day:
        year = SchoolYear(day.routekaart.school_year)
        for name, moment in values.items():
            if moment is not None:
                _check_moment(name, moment, day, year)
            setattr(day, name, moment)
        day.save(update_fields=list(values))
    return day


def _hold_back(findings: tuple[Finding, ...]) -> None:
    if findings:
        raise RulesBroken(findings)


def _check_moment(name: str, moment: date, day: StudyDay, year: SchoolYear) -> None:
    if moment <= day.date:
        raise BadInput(
            name,
            f"Kies een datum na de studiedag van {dutch_date(day.date)}.",
            code="not_after_day",
        )
    if moment not in year:
        raise BadInput(
            name,
            f"Deze datum valt buiten het schooljaar {year.label}. Kies een datum tot en met "
            f"{dutch_date(year.last_day)}.",
            code="outside_school_year",
        )
