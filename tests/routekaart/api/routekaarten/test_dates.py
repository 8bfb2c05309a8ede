"""The date adviser over HTTP: what is asked, what comes back, and who sees which persons."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from routekaart.access import Role, school_scope
from routekaart.models import AuditEntry, StudyDay
from tests.makers import ApiClient, client_for, employ, join, make_colleague, make_person
from tests.stages import STUDY_DAY, Stage, coming_year, study_date

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

UPPER = [3, 4, 5, 6, 7, 8]


def stage_to_come() -> Stage:
    return Stage(year=coming_year())


def path(stage: Stage) -> str:
    return f"/routekaarten/{stage.routekaart.pk}/date-advice"


def asked(stage: Stage, client: ApiClient, **body: Any) -> Any:
    response = client.call("post", path(stage), body)
    assert response.status_code == 200, response.content
    return response.json()


def part_timer(stage: Stage, *working_days: int) -> str:
    person = make_person("Dana Deeltijd")
    employ(person, stage.school, working_days=list(working_days), fte="0.6")
    join(person, stage.team)
    return str(person.pk)


def lights(reply: Any) -> dict[str, str]:
    return {reason["code"]: reason["light"] for reason in reply["reasons"]}


def test_a_date_with_reasons_and_sources() -> None:
    stage = stage_to_come()
    day = study_date(stage.year)
    person = part_timer(stage, 1, 2)
    reply = asked(
        stage, client_for(stage.lead), dates=[{"date": day.isoformat(), "free_groups": UPPER}]
    )
    [found] = reply["dates"]
    reasons = {reason["code"]: reason for reason in found["reasons"]}
    assert found | {"reasons": None} == {
        "date": day.isoformat(),
        "kind": "day",
        "free_groups": UPPER,
        "light": "amber",
        "reasons": None,
        "people_back": 1,
        "minutes": 360,
        "minutes_assumed": True,
        "persons": [{"person": person, "minutes": 360, "year_minutes": 360, "year_days": 1}],
    }
    assert reasons["four_day_weeks_fit"] == {
        "code": "four_day_weeks_fit",
        "light": "green",
        "text": "Met deze dag hebben groep 3 tot en met 8 dit schooljaar 1 week van vier dagen van "
        "de hoogstens 7.",
        "source": "Rijksoverheid, schooltijden en lesuren op de basisschool",
        "rule": "four-day-weeks",
    }
    assert lights(found) == {
        "four_day_weeks_fit": "green",
        "off_day_asked": "amber",
        "weekday_fits": "green",
    }
    assert (reply["persons_shown"], reply["suggestions"]) == (True, [])
    assert [
        (view["weekday"], view["people_back"], view["fairest"]) for view in reply["weekdays"]
    ] == [
        (1, 0, True),
        (2, 0, False),
        (3, 1, False),
        (4, 1, False),
        (5, 1, False),
    ]
    rules = {rule["rule"]: rule for rule in reply["rules"]}
    assert "free-days" not in rules
    assert {
        name: rules["four-day-weeks"][name] for name in ("number", "confidence", "valid_until")
    } == {
        "number": 7,
        "confidence": "A",
        "valid_until": None,
    }


def test_nothing_is_stored() -> None:
    stage = stage_to_come()
    client = client_for(stage.lead)
    revision = stage.fresh().revision
    day = study_date(stage.year).isoformat()
    asked(stage, client, dates=[{"date": day}], suggest={"from": day, "until": day, "count": 1})
    with school_scope([stage.school.pk]):
        assert (StudyDay.objects.count(), AuditEntry.objects.count()) == (0, 0)
    assert stage.fresh().revision == revision


def test_who_sees_which_persons() -> None:
    stage = stage_to_come()
    part_timer(stage, 1, 2)
    with school_scope([stage.school.pk]):
        stage.member.employments.update(working_days=[1, 2], fte="0.4")
    board = make_colleague(stage.team, Role.BOARD)
    dates = [{"date": study_date(stage.year).isoformat()}]
    for person, shown, persons in (
        (stage.lead, True, 2),
        (stage.trainer, True, 2),
        (stage.member, False, 1),
        (stage.director, False, 0),
        (board, False, 0),
    ):
        response = client_for(person).call("post", path(stage), {"dates": dates})
        reply = response.json()
        [found] = reply["dates"]
        assert (reply["persons_shown"], found["people_back"], len(found["persons"])) == (
            shown,
            2,
            persons,
        )
        assert all(item["person"] == str(stage.member.pk) for item in found["persons"][persons:])
        assert "Dana" not in response.content.decode()
    own = asked(stage, client_for(stage.member), dates=dates)["dates"][0]["persons"]
    assert [item["person"] for item in own] == [str(stage.member.pk)]


def test_another_team_on_the_same_date() -> None:
    stage = stage_to_come()
    other = Stage(stage.school, "Bovenbouw", year=stage.year)
    other.add_study_day(room="Aula")
    join(stage.member, other.team)
    day = study_date(stage.year).isoformat()
    client = client_for(stage.lead)

    def clashes(**values: Any) -> set[tuple[str, str]]:
        [found] = asked(stage, client, dates=[{"date": day} | values])["dates"]
        return {item for item in lights(found).items() if "shared" in item[0]}

    assert clashes() == {("shared_people_clash", "red")}
    assert clashes(starts_at="16:00", minutes=60) == {("shared_people_same_day", "amber")}
    assert clashes(room=" aula") == {
        ("shared_people_clash", "red"),
        ("shared_resources_clash", "red"),
    }


def test_the_best_dates_in_a_period() -> None:
    stage = stage_to_come()
    part_timer(stage, 3)
    first = study_date(stage.year)
    reply = asked(
        stage,
        client_for(stage.lead),
        suggest={
            "from": first.isoformat(),
            "until": (first + timedelta(days=27)).isoformat(),
            "count": 2,
            "free_groups": [3],
        },
    )
    assert reply["dates"] == []
    days = [date.fromisoformat(item["date"]) for item in reply["suggestions"]]
    # Nobody comes back on a Wednesday, even when it is the same weekday twice.
    assert [
        (day.isoweekday(), item["people_back"])
        for day, item in zip(days, reply["suggestions"], strict=True)
    ] == [(3, 0), (3, 0)]
    assert all(item["free_groups"] == [3] for item in reply["suggestions"])


def test_a_day_that_moves_does_not_count_where_it_was() -> None:
    stage = stage_to_come()
    day = study_date(stage.year)
    own = stage.add_study_day(free_groups=UPPER)
    beside = {"date": (day + timedelta(days=2)).isoformat(), "free_groups": UPPER}
    client = client_for(stage.lead)
    [added] = asked(stage, client, dates=[beside])["dates"]
    assert lights(added)["three_day_week"] == "red"
    [moved] = asked(stage, client, dates=[beside], instead_of=str(own.pk))["dates"]
    assert "three_day_week" not in lights(moved)
    assert (moved["minutes"], moved["minutes_assumed"]) == (STUDY_DAY["minutes"], False)


def test_own_numbers_of_the_school() -> None:
    stage = stage_to_come()
    body = {"date": study_date(stage.year).isoformat(), "free_groups": [3]}
    reply = asked(stage, client_for(stage.lead), dates=[body], own_numbers={"four_day_weeks": 1})
    assert lights(reply["dates"][0])["four_day_weeks_full"] == "amber"
    [rule] = [rule for rule in reply["rules"] if rule["rule"] == "four-day-weeks"]
    assert (rule["number"], rule["source"].startswith("Eigen afspraak")) == (1, True)


def test_numbers_that_the_school_keeps_hold_until_it_takes_them_back() -> None:
    stage = stage_to_come()
    admin = client_for(make_colleague(stage.team, Role.SCHOOL_ADMIN))
    client = client_for(stage.lead)
    body = {"date": study_date(stage.year).isoformat(), "free_groups": [3]}

    def number(**question: Any) -> tuple[int, str]:
        [rule] = [
            rule
            for rule in asked(stage, client, dates=[body], **question)["rules"]
            if rule["rule"] == "four-day-weeks"
        ]
        return rule["number"], rule["source"].split(";")[0]

    here = f"/schools/{stage.school.pk}"
    kept = admin.call("patch", here, {"date_numbers": {"four_day_weeks": 5}})
    assert kept.json()["date_numbers"]["four_day_weeks"] == 5
    assert number() == (5, "Eigen afspraak")
    assert number(own_numbers={"four_day_weeks": 4}) == (4, "Eigen afspraak")
    admin.call("patch", here, {"date_numbers": {}})
    assert number() == (7, "Rijksoverheid, schooltijden en lesuren op de basisschool")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"dates": [{"date": "2027-02-30"}]}, "dates.0.date"),
        ({"dates": [{}]}, "dates.0.date"),
        ({"dates": [{"date": "2027-02-03", "free_groups": [9]}]}, "dates.0.free_groups.0"),
        ({"dates": [{"date": "2027-02-03", "kind": "avond"}]}, "dates.0.kind"),
        ({"dates": [{"date": "2027-02-03"}] * 61}, "dates"),
        ({"suggest": {"from": "2027-02-03", "until": "2027-02-04", "count": 11}}, "suggest.count"),
        ({"suggest": {"from": "2027-02-03"}}, "suggest.until"),
        ({"suggest": {"from": "2027-02-03", "until": "2027-02-02"}}, "suggest.until"),
        ({"instead_of": str(uuid4())}, "instead_of"),
        ({"own_numbers": {"four_day_weeks": 0}}, "own_numbers.four_day_weeks"),
        ({"datums": []}, "datums"),
    ],
)
def test_what_cannot_be_read(body: dict[str, Any], field: str) -> None:
    stage = stage_to_come()
    response = client_for(stage.lead).call("post", path(stage), body)
    assert response["Content-Type"] == "application/problem+json"
    assert (response.status_code, [error["field"] for error in response.json()["errors"]]) == (
        422,
        [field],
    )


def test_sixty_dates_in_one_question() -> None:
    stage = stage_to_come()
    first = date(stage.year, 9, 1)
    dates = [{"date": (first + timedelta(days=day)).isoformat()} for day in range(60)]
    found = asked(stage, client_for(stage.lead), dates=dates)["dates"]
    assert [item["date"] for item in found] == [item["date"] for item in dates]
    assert {item["light"] for item in found} >= {"green", "red"}


def test_as_many_queries_for_three_dates_and_teams_as_for_one() -> None:
    stage = stage_to_come()
    client = client_for(stage.lead)
    client.call("get", "/me")  # the first use of a token is noted
    day = study_date(stage.year)
    found = []
    for number in range(1, 4):
        other = Stage(stage.school, f"Team {number}", year=stage.year)
        other.add_study_day()
        stage.add_study_day(date=day + timedelta(days=number))
        dates = [{"date": (day + timedelta(days=7 + n)).isoformat()} for n in range(number)]
        with CaptureQueriesContext(connection) as captured:
            asked(stage, client, dates=dates)
        found.append(len(captured))
    assert len(set(found)) == 1


class TestAtEntry:
    def test_a_closed_day_is_stored_and_warned_about(self) -> None:
        stage = stage_to_come()
        client = client_for(stage.lead)
        saturday = study_date(stage.year) + timedelta(days=3)
        body = {"date": saturday.isoformat(), "starts_at": "08:30", "minutes": 360}
        response = client.call("post", f"/routekaarten/{stage.routekaart.pk}/study-days", body)
        made = response.json()
        assert response.status_code == 201
        [finding] = made["findings"]
        assert (finding["code"], finding["severity"]) == ("study_day_closed", "warning")
        assert finding["message"].endswith("Kies een dag van maandag tot en met vrijdag.")
        listed = client.call("get", f"/routekaarten/{stage.routekaart.pk}/findings").json()
        assert finding in listed["findings"]
        # Moved to an open day, all is well.
        moved = client.call(
            "patch", f"/study-days/{made['id']}", {"date": study_date(stage.year).isoformat()}
        )
        assert (moved.status_code, moved.json()["findings"]) == (200, [])

    def test_a_day_in_the_past(self) -> None:
        stage = Stage(year=2024)
        body = {"date": "2024-09-03", "starts_at": "08:30", "minutes": 360}
        response = client_for(stage.lead).call(
            "post", f"/routekaarten/{stage.routekaart.pk}/study-days", body
        )
        assert (response.status_code, [item["code"] for item in response.json()["findings"]]) == (
            201,
            ["study_day_in_past"],
        )

    def test_it_does_not_hold_back_submitting(self) -> None:
        stage = stage_to_come().filled()
        stage.add_study_day(date=study_date(stage.year) + timedelta(days=3))
        client = client_for(stage.lead)
        found = client.call("get", f"/routekaarten/{stage.routekaart.pk}/findings").json()
        assert "study_day_closed" in {finding["code"] for finding in found["findings"]}
        assert found["blocks_submit"] is False
        submitted = client.call("post", f"/routekaarten/{stage.routekaart.pk}/submit")
        assert submitted.status_code == 200
