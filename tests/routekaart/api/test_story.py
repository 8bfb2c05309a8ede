"""The main job over HTTP, with a token for each of the people in it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from courses.catalogue import current_catalogue
from routekaart.clock import standing_at
from routekaart.domain.calendar import SchoolYear
from routekaart.models import AuditEntry
from tests.makers import ApiClient, client_for
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


def test_from_a_plan_to_the_next_year() -> None:
    stage = Stage().running()
    here, day = f"/routekaarten/{stage.routekaart.pk}", f"/study-days/{stage.study_day.pk}"
    held = stage.study_day.date
    member, lead, trainer = (
        client_for(person) for person in (stage.member, stage.lead, stage.trainer)
    )

    def on(moment: date, client: ApiClient, method: str, path: str, body: Any = None) -> Any:
        with standing_at(datetime.combine(moment, time(9), tzinfo=UTC)):
            response = client.call(method, path, body)
        assert response.status_code in {200, 201, 204}, response.content.decode()
        return response.json() if response.content else None

    # Everything has the date of its day, and nothing is done before its time.
    courses = on(date(2026, 9, 7), member, "get", "/me/assignments")["items"]
    done_on = date(2026, 9, 8)
    for course in courses:
        on(done_on, member, "post", f"/assignments/{course['id']}/complete", {})
    shown = on(done_on, member, "get", "/me/assignments?only_open=false")["items"]
    assert {(row["state"], row["done_on"]) for row in shown} == {("done", "2026-09-08")}

    note = on(
        held - timedelta(days=14),
        member,
        "post",
        f"{day}/notes",
        {"kind": "question", "text": "Hoe begin je?", "goal": str(stage.goal.pk)},
    )
    shared = on(held - timedelta(days=13), member, "post", f"/notes/{note['id']}/share")
    assert shared["shared_at"].startswith((held - timedelta(days=13)).isoformat())
    topic = on(
        held - timedelta(days=12),
        trainer,
        "post",
        f"{day}/topics",
        {"programme_revision": 0, "title": "Beginnen", "notes": [note["id"]]},
    )
    stored = on(
        held - timedelta(days=8),
        trainer,
        "post",
        f"{day}/programme/suggest",
        {"programme_revision": topic["programme_revision"]},
    )
    assert [block["topics"] for block in stored["blocks"] if block["topics"]] == [[topic["id"]]]
    early = on(held - timedelta(days=8), trainer, "get", f"{day}/readiness")
    late = on(held - timedelta(days=1), trainer, "get", f"{day}/readiness")
    assert [[moment["reached"] for moment in one["moments"]] for one in (early, late)] == [
        [False, False],
        [True, True],
    ]
    assert [moment["ok"] for moment in late["moments"]] == [True, True]
    on(held - timedelta(days=1), trainer, "post", f"{day}/ready")
    agreement = on(
        held,
        member,
        "post",
        f"{here}/agreements",
        {
            "what": "Feedback tijdens het werken.",
            "owner": str(stage.member.pk),
            "due_on": (held + timedelta(days=30)).isoformat(),
            "study_day": str(stage.study_day.pk),
            "goal": str(stage.goal.pk),
        },
    )
    assert on(held, trainer, "post", f"{day}/close", {"outcome": "Geoefend."})["state"] == "closed"

    back = date.fromisoformat(agreement["check_on"])
    coming = f"{here}/agreements?coming_back=true"
    assert on(back - timedelta(days=1), lead, "get", coming)["count"] == 0
    assert on(back, lead, "get", coming)["count"] == 1
    kept = on(back, lead, "post", f"/agreements/{agreement['id']}/check", {"step": "finish"})
    assert (kept["state"], kept["checks"][0]["checked_on"]) == ("done", back.isoformat())

    assert on(date(2027, 7, 8), lead, "post", f"{here}/close")["state"] == "closed"
    carried = on(date(2027, 7, 8), lead, "post", f"{here}/carry-over", {"goal": str(stage.goal.pk)})
    following = on(date(2027, 7, 8), lead, "get", f"/routekaarten/{carried['routekaart']}")
    assert (following["school_year"], following["state"]) == ("2027-2028", "draft")
    history = on(date(2027, 7, 8), lead, "get", f"{here}/history?limit=3")["items"]
    assert [line["text"] for line in history] == [
        "Lies Leider rondde de routekaart af.",
        "Lies Leider noteerde dat een afspraak is nagekomen.",
        "Tess Trainer sloot een studiedag af.",
    ]
