"""What was approved is frozen: documents of that version say the same, whatever changes after."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled

from courses import models as tables
from courses.catalogue import forget_catalogue
from courses.entities import Catalogue
from routekaart.access import school_scope
from routekaart.actions.documents.freezing import change_frozen
from routekaart.actions.transitions import (
    approve,
    record_mr_consent,
    return_to_team,
)
from routekaart.clock import standing_at
from routekaart.domain.content.blocks import BlockDocument
from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.content.document import Scholingsplan
from routekaart.domain.content.mr_summary import mr_summary
from routekaart.domain.content.scholingsplan import build_scholingsplan
from routekaart.models import (
    Answer,
    Assignment,
    CalendarOverride,
    Employment,
    FrozenPlan,
    Goal,
    Person,
    Plan,
    Routekaart,
    School,
    StudyDay,
    Team,
)
from routekaart.queries.documents.content import ALONG, scholingsplan_input
from routekaart.queries.documents.frozen import frozen_bytes, input_from_bytes
from routekaart.queries.documents.mr_summaries import mr_team_input
from tests.makers import make_colleague
from tests.stages import INTERVENTION, TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

CONSENT = date(2026, 8, 20)


def written(stage: Stage, *, persons: bool = True, plan: Plan | None = None) -> Scholingsplan:
    with scopes_disabled():
        now = Plan.objects.select_related(*ALONG).get(pk=(plan or stage.plan).pk)
    return build_scholingsplan(
        scholingsplan_input(plan=now, schools=(stage.school.pk,), with_persons=persons)
    )


def for_mr(stage: Stage) -> BlockDocument:
    with scopes_disabled():
        plan = Plan.objects.select_related(*ALONG).get(pk=stage.plan.pk)
    return mr_summary(mr_team_input(plan=plan, schools=(stage.school.pk,), today=TODAY))


def pages(stage: Stage) -> list[bytes]:
    plans = [canonical_json(written(stage, persons=persons)) for persons in (True, False)]
    return [*plans, canonical_json(for_mr(stage))]


def people_change(stage: Stage) -> None:
    make_colleague(stage.team, name="Nina Nieuw")
    Person.objects.filter(pk=stage.member.pk).update(name="Mo Anders")
    Employment.objects.filter(person=stage.lead).update(fte="0.4", working_days=[1])


def texts_change(stage: Stage) -> None:
    Goal.objects.update(wording="Wij leren iets anders.", noticeable="Niets.")
    Answer.objects.create(
        routekaart=stage.routekaart, intervention_id=INTERVENTION, point="x", text="Later."
    )


def assignments_change(stage: Stage) -> None:
    Assignment.objects.filter(person=stage.member).update(state="withdrawn")
    Assignment.objects.filter(person=stage.lead).update(reason="Om iets anders.")


def names_change(stage: Stage) -> None:
    School.objects.update(name="De Hernoemde School", sector="so")
    Team.objects.filter(pk=stage.team.pk).update(name="Andere naam")
    Routekaart.objects.update(weekly_minutes=10, reason="Een andere aanleiding.", window_weeks=1)


def days_change(stage: Stage) -> None:
    """The study day moves, and another comes beside it that takes a lesson day more."""
    StudyDay.objects.update(date=date(2027, 2, 10), free_groups=[3, 4], title="Iets anders")
    StudyDay.objects.create(
        routekaart=stage.routekaart,
        date=date(2027, 2, 11),
        kind="day",
        starts_at=time(9),
        minutes=60,
        free_groups=[3, 4],
    )


def rules_change(stage: Stage) -> None:
    """The school is closed on the day, and counts with numbers of its own."""
    School.objects.update(date_numbers={"four-day-weeks": 0})
    CalendarOverride.objects.create(
        school=stage.school,
        first_day=date(2026, 11, 4),
        last_day=date(2026, 11, 4),
        title="Extra vrij",
    )


def catalogue_changes(_stage: Stage) -> None:
    tables.Course.objects.update(title="Hernoemd", duration_minutes=5)
    tables.Intervention.objects.update(title="Ook hernoemd", summary="Anders.")
    tables.Source.objects.update(title="Andere bron")
    tables.CatalogueState.objects.update(stamp="00000000-0000-4000-8000-000000000001")
    forget_catalogue()


@pytest.mark.parametrize(
    "change",
    [
        people_change,
        texts_change,
        assignments_change,
        names_change,
        days_change,
        rules_change,
        catalogue_changes,
    ],
)
def test_after_approval_nothing_changes_the_document(change: Any) -> None:
    stage = Stage().approved()
    before = pages(stage)
    with stage.as_lead.entered():
        change(stage)
    assert pages(stage) == before
    # It did change what a document of today would say.
    with scopes_disabled():
        FrozenPlan.objects.all().delete()
    assert pages(stage) != before


def test_what_is_frozen_is_all_that_was_there() -> None:
    stage = Stage().planned()
    with stage.as_lead.entered():
        plan = Plan.objects.select_related(*ALONG).get(pk=stage.plan.pk)
    given = scholingsplan_input(plan=plan, schools=(stage.school.pk,), with_persons=True)
    assert input_from_bytes(frozen_bytes(given)) == given


def test_before_approval_it_is_of_today() -> None:
    stage = Stage().planned()
    before = pages(stage)
    with stage.as_lead.entered():
        texts_change(stage)
    assert pages(stage) != before
    with scopes_disabled():
        assert not FrozenPlan.objects.exists()


def test_a_later_day_of_consent_is_added_to_what_was_approved() -> None:
    stage = Stage().planned()
    approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=None)
    assert written(stage).consent.facts[0].value == "Nog niet gegeven."
    assert "De instemming van de MR." in written(stage).open_points.lists[0].items
    with stage.as_lead.entered():
        people_change(stage)
        texts_change(stage)
    record_mr_consent(
        by=stage.as_director, routekaart_id=stage.routekaart.pk, mr_date=CONSENT, on=TODAY
    )
    now = written(stage)
    assert now.consent.facts[0].value == "20 augustus 2026"
    assert "De instemming van de MR." not in now.open_points.lists[0].items
    assert [one.heading for one in now.people.people] == ["Lies Leider", "Mo Lid"]
    assert now.goals.goals[0].heading == "Wij leren feedback geven."


def test_given_back_it_is_worked_on_and_approved_anew() -> None:
    stage = Stage().approved()
    return_to_team(by=stage.as_director, routekaart_id=stage.routekaart.pk, comment="Anders.")
    with stage.as_lead.entered():
        Goal.objects.update(noticeable="Leerlingen vragen door.")
    given_back = written(stage)
    assert (given_back.meta.status, given_back.goals.goals[0].noticeable) == (
        "Concept",
        "Leerlingen vragen door.",
    )
    with stage.as_lead.entered():
        Routekaart.objects.update(state="planned")
    approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=CONSENT)
    again = written(stage)
    assert (again.meta.status, again.goals.goals[0].noticeable) == (
        "Vastgesteld",
        "Leerlingen vragen door.",
    )


def test_a_version_that_was_approved_before_stays_what_it_was() -> None:
    stage = Stage().approved()
    first, before = stage.plan, pages(stage)
    return_to_team(by=stage.as_director, routekaart_id=stage.routekaart.pk, comment="Anders.")
    stage.add_study_day(date=date(2027, 2, 10))
    with stage.as_lead.entered():
        Goal.objects.update(wording="Wij leren iets anders.")
    second = stage.make_plan()
    assert second.version == 2
    stage.plan = first
    assert pages(stage) == before
    assert written(stage, plan=second).meta.status == "Concept"


def test_what_was_done_before_is_only_told_while_the_pmr_agrees() -> None:
    stage = Stage().assigned()
    with stage.as_lead.entered():
        Assignment.objects.filter(person=stage.member).update(state="done")
    stage.plan = stage.make_plan()
    approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=CONSENT)

    def told() -> bool:
        return b"afgerond" in canonical_json(written(stage).people)

    assert not told()
    with stage.as_lead.entered():
        School.objects.update(progress_by_name_since=timezone.localdate())
    assert told()
    with stage.as_lead.entered():
        School.objects.update(progress_by_name_since=timezone.localdate() + timedelta(days=1))
    assert not told()


def test_a_name_can_be_taken_out() -> None:
    """The way in for erasing a person."""
    stage = Stage().approved()
    with stage.as_lead.entered():
        changed = change_frozen(
            plan_id=stage.plan.pk,
            change=lambda given: replace(
                given,
                members=tuple(
                    replace(one, name="Oud-collega") if one.name == "Mo Lid" else one
                    for one in given.members
                ),
            ),
        )
    assert changed
    assert [one.heading for one in written(stage).people.people] == ["Lies Leider", "Oud-collega"]
    other = Stage().planned()
    with school_scope([other.school.pk]):
        assert not change_frozen(plan_id=other.plan.pk, change=lambda given: given)


def test_when_it_was_frozen(catalogue: Catalogue) -> None:
    moment = datetime(2026, 8, 24, 9, tzinfo=UTC)
    with standing_at(moment):
        stage = Stage().approved()
    with stage.as_lead.entered():
        row = FrozenPlan.objects.get()
    assert (row.plan_id, row.frozen_at) == (stage.plan.pk, moment)
    assert input_from_bytes(bytes(row.content)).catalogue.version == catalogue.version
