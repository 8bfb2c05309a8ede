"""PLGs over HTTP: set up, started, closed, and going on."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.plg.cycles import CLOSED_BEFORE
from routekaart.domain.plg import LOOK_BACK
from routekaart.models import Goal, PlgCycle, StudyDay
from routekaart.queries.planning.problems import plan_from_json
from tests.makers import client_for, make_colleague, make_routekaart, make_team
from tests.plg_stage import TODAY, PlgStage, answers, at_work, codes, fields, on, questions
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def found(response: Any) -> list[tuple[str, str | None]]:
    assert codes(response) == (422, "rules_broken")
    return [(one["code"], one["point"]) for one in response.json()["findings"]]


def test_set_up_and_changed() -> None:
    plg = PlgStage()
    lead, member = plg.stage.lead, plg.stage.member
    expected: dict[str, Any] = {
        "id": plg.made["id"],
        "routekaart": str(plg.stage.routekaart.pk),
        "name": "Feedback",
        "goal": str(plg.stage.goal.pk),
        "rhythm_weeks": plg.stage.routekaart.plg_rhythm_weeks,
        "state": "preparing",
        "outcome": "",
        "previous": None,
        "members": [
            {"id": str(lead.pk), "name": lead.name},
            {"id": str(member.pk), "name": member.name},
        ],
        "findings": [],
    }
    assert plg.made == expected
    revision = plg.stage.fresh().revision
    changed = plg.member.call(
        "patch",
        plg.path,
        {"goal": None, "rhythm_weeks": 2, "members": [str(plg.colleague.pk), str(lead.pk)]},
    )
    expected |= {
        "goal": None,
        "rhythm_weeks": 2,
        "members": [
            {"id": str(plg.colleague.pk), "name": "Cor Collega"},
            {"id": str(lead.pk), "name": lead.name},
        ],
    }
    assert changed.json() == expected
    assert plg.trainer.call("get", plg.path).json() == expected
    listed = plg.lead.call("get", f"/routekaarten/{plg.stage.routekaart.pk}/plg-cycles")
    assert listed.json() == {"items": [expected], "count": 1}
    # It is of the year itself: no plan becomes old of it.
    assert plg.stage.fresh().revision == revision


def test_what_cannot_be_a_plg() -> None:
    plg = PlgStage()
    path = f"/routekaarten/{plg.stage.routekaart.pk}/plg-cycles"
    elsewhere = Stage().filled()
    assert codes(plg.lead.call("post", path, {"name": "Feedback"})) == (409, "plg_exists")
    for body, code, field in (
        ({"goal": str(elsewhere.goal.pk)}, "unknown_goal", "goal"),
        ({"members": [str(elsewhere.lead.pk)]}, "not_in_team", "members"),
        ({"members": [str(plg.colleague.pk)] * 2}, "invalid_input", "members"),
        ({"rhythm_weeks": 0}, "invalid_input", "rhythm_weeks"),
        ({"name": "a\nb"}, "invalid_input", "name"),
    ):
        response = plg.lead.call("post", path, {"name": "Rekenen"} | body)
        assert (codes(response), fields(response)) == ((422, code), [field])
    with scopes_disabled():
        assert [cycle.name for cycle in PlgCycle.objects.all()] == ["Feedback"]


def test_it_starts_with_the_meetings_of_the_plan() -> None:
    plg = PlgStage(planned=True).start()
    plan = plan_from_json(plg.stage.plan.content)
    goal = str(plg.stage.goal.pk)
    dates = [
        meeting.date.isoformat()
        for meeting in plan.plg_meetings
        if goal in meeting.goal_ids and meeting.date >= TODAY
    ]
    assert dates
    meetings = plg.meetings()
    assert [meeting["date"] for meeting in meetings] == dates
    assert {meeting["minutes"] for meeting in meetings} == {plg.stage.routekaart.plg_minutes}
    assert [item["question"] for item in meetings[0]["agenda"]] == ["", *questions(), ""]
    assert meetings[0]["agenda"][0] == {"kind": "look_back", "text": LOOK_BACK, "question": ""}
    plg.start()
    assert plg.meetings() == meetings


def test_without_a_goal_it_keeps_its_own_rhythm() -> None:
    plg = PlgStage(goal=None, rhythm_weeks=3)
    with scopes_disabled():
        # On the day that it would meet first: Tuesday is where all work, and is preferred.
        StudyDay.objects.create(
            routekaart=plg.stage.routekaart, date=date(2026, 12, 1), starts_at="08:30", minutes=60
        )
    plg.start()
    dates = [date.fromisoformat(meeting["date"]) for meeting in plg.meetings()]
    # The week of Christmas gives way to the first one after it.
    assert dates[:3] == [date(2026, 12, 3), date(2027, 1, 5), date(2027, 1, 12)]
    assert len(set(dates)) == len(dates)


def test_nobody_starts_alone() -> None:
    plg = PlgStage(members=[])
    assert found(plg.post(plg.lead, "/start")) == [("too_few_members", None)]
    assert plg.lead.call("get", plg.path).json()["state"] == "preparing"


def test_it_closes_when_every_meeting_has_had_its_say() -> None:
    plg = PlgStage().start()
    first, *later = plg.meetings()
    late = {"date": TODAY.isoformat()}
    today = plg.post(plg.lead, "/meetings", late).json()
    assert found(plg.post(plg.lead, "/close", {})) == [
        ("meeting_open", TODAY.isoformat()),
        ("no_meeting_held", None),
        ("no_outcome", None),
    ]
    plg.lead.call("post", f"/plg-meetings/{today['id']}/skip", {"reason": "Griep."})
    plg.hold(first)
    closed = plg.post(plg.member, "/close", {"outcome": "Er is meer rust."})
    assert (closed.status_code, closed.json()["state"]) == (200, "closed")
    assert closed.json()["outcome"] == "Er is meer rust."
    states = {meeting["id"]: (meeting["state"], meeting["reason"]) for meeting in plg.meetings()}
    assert states == {
        first["id"]: ("held", ""),
        today["id"]: ("skipped", "Griep."),
        **{meeting["id"]: ("skipped", CLOSED_BEFORE) for meeting in later},
    }
    for rest, body in (
        ("/meetings", {"date": "2027-06-01"}),
        ("/micro-steps", {"text": "Nog iets."}),
        ("/start", None),
    ):
        assert codes(plg.post(plg.lead, rest, body)) == (409, "wrong_state")
    assert codes(plg.lead.call("patch", plg.path, {"name": "x"})) == (409, "wrong_state")
    # What was written before is enough the second time.
    assert plg.post(plg.lead, "/close", {}).json()["outcome"] == "Er is meer rust."
    assert plg.post(plg.lead, "/reopen").json()["state"] == "running"
    assert codes(plg.post(plg.lead, "/reopen")) == (409, "wrong_state")


def test_what_was_answered_last_is_where_the_next_one_starts() -> None:
    plg = PlgStage().start()
    first, second, *_ = plg.meetings()
    plg.hold(second, "Het laatste woord.")
    plg.hold(first, "Het eerste woord.")
    assert codes(plg.post(plg.lead, "/next", {})) == (409, "wrong_state")
    plg.post(plg.lead, "/close", {"outcome": "Rust."})
    made = plg.post(plg.lead, "/next", {})
    again = plg.post(plg.lead, "/next", {})
    assert (made.status_code, again.status_code) == (201, 200)
    cycle = made.json()
    assert again.json() == cycle
    assert cycle == plg.made | {
        "id": cycle["id"],
        "name": "Feedback (2)",
        "previous": plg.made["id"],
    }
    plg.path = f"/plg-cycles/{cycle['id']}"
    plg.start()
    agendas = [
        [item["text"] for item in meeting["agenda"] if item["kind"] == "earlier_answer"]
        for meeting in plg.meetings()
    ]
    # A question without an answer brings nothing along.
    assert agendas[0] == ["Het laatste woord."] * 3
    assert not any(agendas[1:])


def test_a_first_meeting_by_hand_starts_there_too() -> None:
    plg = PlgStage().start()
    plg.hold(plg.meetings()[0], "Het laatste woord.")
    plg.post(plg.lead, "/close", {"outcome": "Rust."})
    plg.path = f"/plg-cycles/{plg.post(plg.lead, '/next', {}).json()['id']}"
    told = []
    for day in ("2027-02-02", "2027-02-09"):
        agenda = plg.post(plg.lead, "/meetings", {"date": day}).json()["agenda"]
        told.append({item["text"] for item in agenda if item["kind"] == "earlier_answer"})
    assert told == [{"Het laatste woord."}, set()]


def test_the_next_one_may_be_in_another_year_of_the_same_team() -> None:
    plg = PlgStage().start()
    plg.hold(plg.meetings()[0])
    plg.post(plg.lead, "/close", {"outcome": "Rust."})
    with scopes_disabled():
        plg.stage.member.memberships.filter(team=plg.stage.team).delete()
    next_year = make_routekaart(plg.stage.team, school_year=2027, state="accepted")
    draft = make_routekaart(plg.stage.team, school_year=2028)
    other = make_routekaart(make_team(plg.stage.school, "Bovenbouw"), state="accepted")
    with scopes_disabled():
        other.team.memberships.create(person=plg.stage.lead, joined_on=TODAY)
    plg.lead = client_for(plg.stage.lead)
    response = plg.post(plg.lead, "/next", {"routekaart": str(other.pk)})
    assert (codes(response), fields(response)) == ((422, "other_team"), ["routekaart"])
    response = plg.post(plg.lead, "/next", {"routekaart": str(draft.pk)})
    assert codes(response) == (409, "wrong_state")
    made = plg.post(plg.lead, "/next", {"routekaart": str(next_year.pk)}).json()
    assert (made["routekaart"], made["name"], made["goal"]) == (
        str(next_year.pk),
        "Feedback",
        None,
    )
    with scopes_disabled():
        PlgCycle.objects.filter(pk=made["id"]).delete()
        carried = Goal.objects.create(
            routekaart=next_year, wording="Rust", carried_from=plg.stage.goal
        )
        # A PLG that nobody closed before its year was over goes on too.
        type(next_year).objects.filter(pk=plg.stage.routekaart.pk).update(state="closed")
        PlgCycle.objects.update(state="running")
    made = plg.post(plg.lead, "/next", {"routekaart": str(next_year.pk)}).json()
    assert made["goal"] == str(carried.pk)
    # Who has left the team is not in it.
    assert [each["name"] for each in made["members"]] == [plg.stage.lead.name]


def test_not_before_the_advice_was_taken_nor_after_the_year() -> None:
    plg = PlgStage()
    path = f"/routekaarten/{plg.stage.routekaart.pk}/plg-cycles"
    with scopes_disabled():
        for state in ("draft", "submitted", "advised", "closed"):
            type(plg.stage.routekaart).objects.update(state=state)
            assert codes(plg.lead.call("post", path, {"name": state})) == (409, "wrong_state")
            assert codes(plg.post(plg.lead, "/start")) == (409, "wrong_state")


def test_as_many_queries_for_three_as_for_one() -> None:
    plg = PlgStage().start()
    routekaart = f"/routekaarten/{plg.stage.routekaart.pk}"
    members = plg.made["members"]
    adding: dict[str, Callable[[int], Any]] = {
        f"{routekaart}/plg-cycles": lambda number: plg.lead.call(
            "post",
            f"{routekaart}/plg-cycles",
            {"name": f"PLG {number}", "members": [each["id"] for each in members]},
        ),
        f"{plg.path}/micro-steps": lambda number: plg.post(
            plg.lead, "/micro-steps", {"text": f"Stap {number}"}
        ),
    }
    for path, add in adding.items():
        plg.lead.call("get", path)
        counts = []
        for number in range(3):
            add(number)
            with CaptureQueriesContext(connection) as captured:
                plg.lead.call("get", path)
            counts.append(len(captured))
        assert len(set(counts)) == 1
    found = []
    for limit in (1, 3):
        with CaptureQueriesContext(connection) as captured:
            items = plg.lead.call("get", f"{plg.path}/meetings?limit={limit}").json()["items"]
        found.append((len(items), len(captured)))
    assert [number for number, _ in found] == [1, 3]
    assert found[0][1] == found[1][1]


def test_a_citizen_service_number_is_warned_about() -> None:
    plg = PlgStage()
    number = "Groep van 123456782."
    cycle = plg.lead.call("patch", plg.path, {"outcome": number}).json()
    step = plg.post(plg.lead, "/micro-steps", {"text": number}).json()
    agenda = [{"text": number}]
    meeting = plg.post(plg.lead, "/meetings", {"date": "2027-02-02", "agenda": agenda}).json()
    told = [
        [(one["code"], one["severity"], one["field"]) for one in reply["findings"]]
        for reply in (cycle, step, meeting)
    ]
    assert told == [[("bsn_in_text", "warning", field)] for field in ("outcome", "text", "agenda")]
    plg.start()
    body = {"answers": answers(number), "decisions": number}
    closed = on(meeting["date"], plg.lead, f"/plg-meetings/{meeting['id']}/close", body).json()
    assert [one["field"] for one in closed["findings"]] == ["decisions", "agenda", "answers"]


def test_another_team_sees_nothing_of_it() -> None:
    plg = PlgStage()
    stranger = client_for(make_colleague(make_team(plg.stage.school, "Bovenbouw"), Role.TEAM_LEAD))
    with at_work():
        for method, rest in (
            ("get", ""),
            ("get", "/meetings"),
            ("get", "/micro-steps"),
            ("get", "/lesson-visits"),
            ("post", "/start"),
        ):
            assert stranger.call(method, f"{plg.path}{rest}").status_code == 404
