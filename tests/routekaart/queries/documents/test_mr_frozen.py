"""What the MR weighed is frozen with the plan: why, and the study days against the rules."""

import json
import zlib
from datetime import date

import pytest
from django_scopes import scopes_disabled

from routekaart.actions.privacy.scrubbing import scrub
from routekaart.actions.transitions import approve
from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.content.mr_goals import NOT_KEPT
from routekaart.domain.content.mr_summary import mr_summary
from routekaart.domain.personal_data.names import Named
from routekaart.models import FrozenPlan, Plan, Routekaart, StudyDay
from routekaart.queries.documents.content import ALONG
from routekaart.queries.documents.mr_summaries import mr_team_input
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def told(stage: Stage) -> str:
    with scopes_disabled():
        plan = Plan.objects.select_related(*ALONG).get(pk=stage.plan.pk)
    given = mr_team_input(plan=plan, schools=(stage.school.pk,), today=TODAY)
    return canonical_json(mr_summary(given)).decode()


def the_day_moves(reason: str) -> None:
    StudyDay.objects.update(date=date(2027, 2, 10))
    Routekaart.objects.update(reason=reason)


def test_the_summary_for_the_mr_is_of_the_approval() -> None:
    stage = Stage().planned()
    with stage.as_lead.entered():
        Routekaart.objects.update(reason="Mo Lid wilde het.")
    approve(by=stage.as_director, routekaart_id=stage.routekaart.pk, on=TODAY, mr_date=TODAY)
    with stage.as_lead.entered():
        the_day_moves("Een andere aanleiding.")
    text = told(stage)
    assert [
        part in text for part in ("Mo Lid wilde het.", "Wo 4 nov 2026", "feb 2027", "Een andere")
    ] == [
        True,
        True,
        False,
        False,
    ]
    named = Named(str(stage.member.pk), "Mo Lid", stage.member.email)
    with scopes_disabled():
        scrub(named, [stage.school.pk])
    assert "oud-medewerker wilde het." in told(stage)


def test_what_was_not_kept_at_an_earlier_approval_is_said() -> None:
    stage = Stage().approved()
    with stage.as_lead.entered():
        row = FrozenPlan.objects.get()
        kept = json.loads(zlib.decompress(bytes(row.content)))
        del kept["reason"], kept["checks"]
        row.content = zlib.compress(json.dumps(kept).encode())
        row.save()
        the_day_moves("Van vandaag.")
    text = told(stage)
    assert [part in text for part in (NOT_KEPT, "woensdag 4 november 2026: Doel 1")] == [True] * 2
    assert [part in text for part in ("Van vandaag", "februari", "nieuw plan nodig")] == [False] * 3
