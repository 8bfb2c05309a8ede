"""Teams with too little time or too few days, brought to a plan through the real actions."""

from typing import Any

from routekaart.access import Access, Role
from routekaart.actions.advice.rounds import accept_advice
from routekaart.actions.routekaarten.routekaarten import change_routekaart
from routekaart.actions.transitions import submit
from routekaart.models import Employment, Goal, Person
from tests.makers import access_for, grant
from tests.stages import INTERVENTION, Stage


def short_stage(year: int = 2026, *, goals: int = 1, **planning: Any) -> tuple[Stage, list[Goal]]:
    """A team with courses assigned, `goals` goals and one study day; `planning` is how it plans."""
    stage = Stage(year=year)
    stage.choose(INTERVENTION)
    made = [
        stage.add_goal(wording=f"Wij leren stap {n + 1}.", priority=n + 1) for n in range(goals)
    ]
    stage.study_day = stage.add_study_day()
    set_planning(stage, **planning)
    submit(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    stage.advise()
    accept_advice(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    stage.assign()
    return stage, made


def set_planning(stage: Stage, **planning: Any) -> None:
    """How the team plans from now on."""
    change_routekaart(by=stage.as_lead, routekaart_id=stage.routekaart.pk, changes=planning)


def set_minutes(stage: Stage, person: Person, minutes: int | None) -> None:
    """An own agreement on study time."""
    with stage.as_lead.entered():
        Employment.objects.filter(person=person, school=stage.school).update(
            weekly_study_minutes=minutes
        )


def minutes_of(stage: Stage, person: Person) -> int | None:
    with stage.as_lead.entered():
        return Employment.objects.get(person=person, school=stage.school).weekly_study_minutes


def as_lead_and_admin(stage: Stage) -> Access:
    """The team lead of a small school, who does the administration as well."""
    grant(stage.lead, Role.SCHOOL_ADMIN, school=stage.school)
    return access_for(stage.lead)
