"""The main job over HTTP, with a token for each of the people in it."""

from typing import Any

import pytest

from courses.catalogue import current_catalogue
from routekaart.domain.calendar import SchoolYear
from routekaart.models import AuditEntry
from tests.makers import client_for
from tests.stages import Stage, coming_year, study_date

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

INTERVENTIONS = ("feedback", "instructie-in-kleine-groepen", "professionalisering")


def test_from_chosen_interventions_to_a_plan() -> None:
    year = coming_year()
    stage = Stage(year=year - 1)
    member, lead, trainer, director = (
        client_for(person) for person in (stage.member, stage.lead, stage.trainer, stage.director)
    )

    def done(response: Any, status: int = 200) -> Any:
        assert response.status_code == status, response.content.decode()
        return response.json()

    made = done(
        member.call(
            "post",
            f"/teams/{stage.team.pk}/routekaarten",
            {"school_year": SchoolYear(year).label, "reason": "Leerlingen wachten op ons."},
        ),
        201,
    )
    here = f"/routekaarten/{made['id']}"
    chosen = done(
        member.call(
            "patch",
            here,
            {
                "revision": made["revision"],
                "platforms": ["microsoft"],
                "weekly_minutes": 120,
                "interventions": [{"intervention": slug} for slug in INTERVENTIONS],
            },
        )
    )
    assert [row["intervention"] for row in chosen["interventions"]] == list(INTERVENTIONS)
    goal = done(
        member.call(
            "post",
            f"{here}/goals",
            {
                "wording": "Wij leren feedback geven.",
                "interventions": ["feedback", "instructie-in-kleine-groepen"],
            },
        ),
        201,
    )
    day = done(
        member.call(
            "post",
            f"{here}/study-days",
            {"date": study_date(year).isoformat(), "starts_at": "08:30", "minutes": 420},
        ),
        201,
    )

    # The rules say what is missing, and the same keeps it from being submitted.
    findings = done(lead.call("get", f"{here}/findings"))
    missing = [
        (finding["code"], finding["intervention"])
        for finding in findings["findings"]
        if finding["severity"] in {"error", "question"}
    ]
    assert missing == [
        ("f_not_linked", "professionalisering"),
        ("consider_first_unanswered", "instructie-in-kleine-groepen"),
    ]
    refused = lead.call("post", f"{here}/submit")
    assert refused.status_code == 422
    assert [
        (finding["code"], finding["intervention"]) for finding in refused.json()["findings"]
    ] == missing
    done(
        member.call(
            "patch",
            here,
            {
                "facility_links": [
                    {
                        "facility": "professionalisering",
                        "intervention": "feedback",
                        "reason": "Wij leren het zelf ook.",
                    }
                ]
            },
        )
    )
    [first] = current_catalogue().intervention_by_slug[INTERVENTIONS[1]].consider_first
    done(
        member.call(
            "put",
            f"{here}/answers",
            {
                "answers": [
                    {
                        "intervention": INTERVENTIONS[1],
                        "point": first.slug,
                        "text": "Tweetallen lukten al.",
                    }
                ]
            },
        )
    )

    assert done(lead.call("post", f"{here}/submit"))["state"] == "submitted"
    advice = done(trainer.call("post", f"{here}/advise", {"note": "Begin klein."}), 201)["advice"]
    assert done(lead.call("post", f"{here}/accept"))["state"] == "accepted"
    assigned = done(trainer.call("post", f"{here}/assignments", {}))
    assert assigned == {"created": 2 * len(advice["smallest_set"]), "existing": 0}
    plan = done(lead.call("post", f"{here}/plans"), 201)["plan"]
    assert [(placed["goal_id"], placed["study_day_id"]) for placed in plan["placements"]] == [
        (goal["id"], day["id"])
    ]
    assert plan["not_placed"] == []
    assert {week["course"] for week in plan["preparation_weeks"]} == set(advice["smallest_set"])
    approved = done(director.call("post", f"{here}/approve", {"plan_version": 1}))
    assert approved["state_label"] == "vastgesteld"

    with stage.as_lead.entered():
        log = AuditEntry.objects.filter(object_id=made["id"]).order_by("pk")
        assert [(entry.action, entry.person) for entry in log.select_related("person")] == [
            ("create", stage.member),
            ("change", stage.member),
            ("add_goal", stage.member),
            ("add_study_day", stage.member),
            ("change", stage.member),
            ("answer", stage.member),
            ("submit", stage.lead),
            ("advise", stage.trainer),
            ("accept", stage.lead),
            ("assign", stage.trainer),
            ("plan", stage.lead),
            ("approve", stage.director),
        ]
