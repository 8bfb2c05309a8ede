"""Progress over HTTP, as a team goes through it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import Assignment, CourseOverride, Person, School
from tests.makers import client_for, grant, join, make_colleague, make_school
from tests.progressed import COURSE, assignment_of, known, put, states
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def codes(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def consent(school: School) -> None:
    with scopes_disabled():
        School.objects.filter(pk=school.pk).update(progress_by_name_since=timezone.localdate())


@pytest.fixture
def stage() -> Stage:
    return Stage().planned()


class TestOwnCourses:
    def test_from_assigned_to_done_and_back(self, stage: Stage) -> None:
        client, one = client_for(stage.member), assignment_of(stage, stage.member)

        def step(name: str, body: Any = None) -> str:
            response = client.call("post", f"/assignments/{one.pk}/{name}", body)
            assert response.status_code == 200
            assert response.json()["id"] == str(one.pk)
            assert response.json()["state_since"] is not None
            return f"{response.json()['state']} {response.json()['state_label']}"

        assert step("start") == "started begonnen"
        assert step("complete", {}) == "done afgerond"
        assert step("complete", {"done_on": "2026-09-01", "proof": "Nr. 7"}) == "done afgerond"
        assert step("reopen") == "assigned toegewezen"
        assert step("complete", {"done_on": "2026-09-01", "proof": "Nr. 7"}) == "done afgerond"
        with scopes_disabled():
            row = assignment_of(stage, stage.member).completion
        assert row is not None
        assert client.call("get", "/me/completions").json() == {
            "items": [
                {
                    "id": str(row.pk),
                    "school": str(stage.school.pk),
                    "person": str(stage.member.pk),
                    "person_name": "Mo Lid",
                    "course": COURSE,
                    "course_title": "Complimenten geven en corrigeren",
                    "done_on": "2026-09-01",
                    "source": "self",
                    "source_label": "zelf gemeld",
                    "proof": "Nr. 7",
                    "counts": None,
                    "counts_reason": "",
                    "recorded_at": row.recorded_at.isoformat(timespec="milliseconds").replace(
                        "+00:00", "Z"
                    ),
                    "findings": [],
                }
            ],
            "count": 1,
        }

    def test_bad_input(self, stage: Stage) -> None:
        client, one = client_for(stage.member), assignment_of(stage, stage.member)
        path = f"/assignments/{one.pk}/complete"
        tomorrow = str(timezone.localdate() + timedelta(days=1))
        assert codes(client.call("post", path, {"done_on": tomorrow})) == (422, "in_the_future")
        assert codes(client.call("post", path, {"done_on": "2001-01-01"})) == (
            422,
            "too_long_ago",
        )
        assert codes(client.call("post", path, {"done_on": "2020-01-01"})) == (
            422,
            "counts_no_more",
        )
        waive = f"/assignments/{one.pk}/waive"
        assert codes(client.call("post", waive, {"reason": "Nee."})) == (403, "forbidden")
        assert codes(client_for(stage.lead).call("post", waive, {"reason": " "})) == (
            422,
            "invalid_input",
        )
        assert states(stage.routekaart)["Mo Lid"] == "assigned"

    def test_a_recorder_does_not_hear_the_state_without_consent(self, stage: Stage) -> None:
        one = assignment_of(stage, stage.member)
        client = client_for(stage.lead)

        def complete() -> Any:
            return client.call("post", f"/assignments/{one.pk}/complete", {}).json()["state"]

        assert complete() is None
        consent(stage.school)
        assert complete() == "done"
        listed = client.call("get", f"/routekaarten/{stage.routekaart.pk}/assignments").json()
        assert {item["person_name"]: item["state_label"] for item in listed["items"]} == {
            "Lies Leider": "toegewezen",
            "Mo Lid": "afgerond",
        }


class TestMyCourses:
    def listed(self, person: Person, query: str = "") -> Any:
        return client_for(person).call("get", f"/me/assignments{query}").json()

    def test_with_deadline_length_and_address(self, stage: Stage) -> None:
        with scopes_disabled():
            CourseOverride.objects.create(
                school=stage.school, course_id=COURSE, duration_minutes=33, url="https://x.test/c"
            )
        one = assignment_of(stage, stage.member)
        (item,) = self.listed(stage.member)["items"]
        assert item.pop("state_since") is not None
        assert item == {
            "id": str(one.pk),
            "routekaart": str(stage.routekaart.pk),
            "team_name": "Onderbouw",
            "school_name": "De Proefschool",
            "course": COURSE,
            "course_title": "Complimenten geven en corrigeren",
            "url": "https://x.test/c",
            "minutes": 33,
            "mandatory": True,
            "reason": one.reason,
            "state": "assigned",
            "state_label": "toegewezen",
            "state_reason": "",
            "deadline": stage.plan.content["preparation_weeks"][0]["deadline"],
            "late": date.fromisoformat(stage.plan.content["preparation_weeks"][0]["deadline"])
            < timezone.localdate(),
            "done_on": None,
            "source": None,
            "source_label": None,
        }

    def test_done_ones_when_asked_and_nothing_that_starts_later(self, stage: Stage) -> None:
        one = assignment_of(stage, stage.member)
        put(one, state="done", completion=known(stage.school, stage.member, date(2026, 9, 1)))
        assert self.listed(stage.member) == {"items": [], "count": 0}
        (item,) = self.listed(stage.member, "?only_open=false")["items"]
        assert (item["state"], item["done_on"], item["source_label"], item["late"]) == (
            "done",
            "2026-09-01",
            "zelf gemeld",
            False,
        )
        put(one, starts_on=timezone.localdate() + timedelta(days=1))
        assert self.listed(stage.member, "?only_open=false")["count"] == 0

    def test_of_all_teams_in_as_many_queries(self, stage: Stage) -> None:
        def queries() -> tuple[int, int]:
            client = client_for(stage.member)
            with CaptureQueriesContext(connection) as seen:
                count = client.call("get", "/me/assignments").json()["count"]
            return count, len(seen)

        one = queries()
        for school in (stage.school, make_school(name="Elders")):
            other = Stage(school, f"Team {school.name}")
            if school is not stage.school:
                grant(stage.member, Role.MEMBER, school=school)
            join(stage.member, other.team)
            with scopes_disabled():
                row = assignment_of(stage, stage.member)
                row.pk, row.routekaart = None, other.routekaart
                row._state.adding = True
                row.save()
        assert (one[0], queries()) == (1, (3, one[1]))


class TestTeam:
    def test_progress(self, stage: Stage) -> None:
        path = f"/routekaarten/{stage.routekaart.pk}/progress"
        own = {
            "course": COURSE,
            "course_title": "Complimenten geven en corrigeren",
            "state": "assigned",
            "state_label": "toegewezen",
            "deadline": stage.plan.content["preparation_weeks"][0]["deadline"],
            "late": stage.plan.content["preparation_weeks"][0]["deadline"]
            < str(timezone.localdate()),
        }
        course = {
            "course": COURSE,
            "course_title": "Complimenten geven en corrigeren",
            "goals": [str(stage.goal.pk)],
        }
        hidden = {"hidden": True, "counts": None}
        assert client_for(stage.lead).call("get", path).json() == {
            "team": hidden,
            "courses": [course | hidden | {"people": None}],
            "people": None,
            "own": [own],
        }
        consent(stage.school)
        late = int(bool(own["late"]))
        each = {"assigned": 1, "started": 0, "done": 0, "waived": 0, "late": late}
        both = each | {"assigned": 2, "late": 2 * late}
        assert client_for(stage.trainer).call("get", path).json() == {
            "team": {"hidden": False, "counts": both},
            "courses": [course | {"hidden": False, "people": 2, "counts": both}],
            "people": [
                {"person": str(person.pk), "person_name": person.name, "counts": each}
                for person in (stage.lead, stage.member)
            ],
            "own": [],
        }
        assert client_for(stage.director).call("get", path).json()["team"] == hidden


class TestCompletions:
    def test_reported_once_and_taken_back(self, stage: Stage) -> None:
        client = client_for(stage.member)
        path = f"/schools/{stage.school.pk}/completions"
        body = {"course": COURSE, "done_on": "2026-09-01", "proof": "Nummer 123456782"}
        made, again = client.call("post", path, body), client.call("post", path, body)
        assert (made.status_code, again.status_code) == (201, 200)
        assert made.json() == again.json()
        assert [(one["code"], one["field"]) for one in made.json()["findings"]] == [
            ("bsn_in_text", "proof")
        ]
        assert states(stage.routekaart)["Mo Lid"] == "done"
        assert client.call("get", path).json()["count"] == 1
        row = f"/completions/{made.json()['id']}"
        assert client.call("delete", row).status_code == 204
        assert codes(client.call("delete", row)) == (404, "not_found")
        assert client.call("get", path).json()["count"] == 0
        assert states(stage.routekaart)["Mo Lid"] == "assigned"

    def test_of_others_with_consent_or_what_one_noted(self, stage: Stage) -> None:
        path = f"/schools/{stage.school.pk}/completions"
        noted = {"course": COURSE, "person": str(stage.member.pk), "done_on": "2026-09-01"}
        assert client_for(stage.trainer).call("post", path, noted).status_code == 201
        known(stage.school, stage.lead, date(2026, 9, 2))

        def seen(person: Person) -> list[str]:
            items = client_for(person).call("get", path).json()["items"]
            return [f"{item['person_name']} {item['source']}" for item in items]

        both = ["Lies Leider self", "Mo Lid recorded"]
        assert [seen(person) for person in (stage.member, stage.lead, stage.trainer)] == [
            both[1:],
            both[:1],
            both[1:],
        ]
        consent(stage.school)
        assert [seen(person) for person in (stage.member, stage.lead, stage.trainer)] == [
            both[1:],
            both,
            both,
        ]

    def test_a_decision_about_one_that_is_old(self, stage: Stage) -> None:
        row = known(stage.school, stage.member, date(2020, 1, 1))
        body = {"counts": True, "reason": "Het certificaat is er nog."}
        reply = client_for(stage.lead).call("put", f"/completions/{row.pk}/override", body)
        assert reply.status_code == 200
        assert (reply.json()["counts"], reply.json()["counts_reason"]) == (True, body["reason"])
        assert states(stage.routekaart)["Mo Lid"] == "done"

    def test_how_long_it_counts_is_a_setting_of_the_school(self, stage: Stage) -> None:
        admin = client_for(make_colleague(stage.team, Role.SCHOOL_ADMIN))
        path = f"/schools/{stage.school.pk}"
        assert admin.call("get", path).json()["completion_months"] == 24
        assert (
            admin.call("patch", path, {"completion_months": 36}).json()["completion_months"] == 36
        )
        for wrong in (0, 241):
            assert codes(admin.call("patch", path, {"completion_months": wrong})) == (
                422,
                "invalid_input",
            )

    def test_a_list(self, stage: Stage) -> None:
        path = f"/schools/{stage.school.pk}/completion-imports"
        body = {
            "csv": f"\ufeffE-mail;Cursus;Datum\r\n{stage.member.email};Complimenten geven en "
            f"corrigeren;1 september 2026\r\n=cmd();{COURSE};2026-09-01\r\n",
            "name": "Academie, oktober",
        }
        client = client_for(stage.trainer)
        row = {
            "line": 2,
            "outcome": "new",
            "person": str(stage.member.pk),
            "course": COURSE,
            "done_on": "2026-09-01",
            "code": "",
            "detail": "",
        }
        wrong = {
            "line": 3,
            "outcome": "error",
            "person": None,
            "course": None,
            "done_on": None,
            "code": "unknown_person",
            "detail": "Dit e-mailadres is niet van iemand voor wie je dit kunt vastleggen. "
            "Controleer het.",
        }
        expected = {"dry_run": True, "new": 1, "known": 0, "errors": 1, "rows": [row, wrong]}
        assert client.call("post", f"{path}?dry_run=true", body).json() == expected
        assert states(stage.routekaart)["Mo Lid"] == "assigned"
        assert client.call("post", path, body).json() == expected | {"dry_run": False}
        assert states(stage.routekaart)["Mo Lid"] == "done"
        assert client.call("post", path, body).json() == expected | {
            "dry_run": False,
            "new": 0,
            "known": 1,
            "rows": [row | {"outcome": "known"}, wrong],
        }
        assert codes(client.call("post", path, {"csv": "naam\nMo"})) == (422, "columns_missing")


class TestTogether:
    def test_noted_confirmed_and_declined(self, stage: Stage) -> None:
        other = make_colleague(stage.team, name="An Ander")
        path = f"/routekaarten/{stage.routekaart.pk}/group-completions"
        body = {
            "course": COURSE,
            "done_on": "2026-09-01",
            "note": "Veel over gepraat. 123456782",
            "persons": [str(person.pk) for person in (stage.member, stage.lead, other)],
        }
        made = client_for(stage.member).call("post", path, body)
        assert made.status_code == 201

        def row(person: Person, confirmed: bool | None) -> dict[str, object]:
            return {
                "person": str(person.pk),
                "person_name": person.name,
                "confirmed": confirmed,
            }

        assert made.json() == {
            "id": made.json()["id"],
            "routekaart": str(stage.routekaart.pk),
            "course": COURSE,
            "course_title": "Complimenten geven en corrigeren",
            "done_on": "2026-09-01",
            "note": "Veel over gepraat. 123456782",
            "findings": made.json()["findings"],
            "persons": [row(other, None), row(stage.lead, None), row(stage.member, True)],
        }
        assert [one["field"] for one in made.json()["findings"]] == ["note"]
        one = f"/group-completions/{made.json()['id']}"
        confirmed = client_for(stage.lead).call("post", f"{one}/confirm")
        assert confirmed.json()["persons"] == [
            row(other, None),
            row(stage.lead, True),
            row(stage.member, None),
        ]
        assert client_for(other).call("post", f"{one}/decline").status_code == 204
        assert codes(client_for(other).call("post", f"{one}/confirm")) == (404, "not_found")
        assert codes(client_for(stage.lead).call("post", f"{one}/decline")) == (
            409,
            "already_confirmed",
        )
        assert states(stage.routekaart) == {"Lies Leider": "done", "Mo Lid": "done"}

        def listed(person: Person) -> int:
            return int(client_for(person).call("get", path).json()["count"])

        assert [listed(person) for person in (stage.member, other, stage.trainer)] == [1, 0, 0]
        consent(stage.school)
        assert [listed(person) for person in (stage.member, other, stage.trainer)] == [1, 0, 1]
        shown = client_for(stage.trainer).call("get", path).json()["items"][0]["persons"]
        assert shown == [row(stage.lead, True), row(stage.member, True)]

    def test_not_with_somebody_of_another_team(self, stage: Stage) -> None:
        body = {"course": COURSE, "persons": [str(stage.trainer.pk)]}
        path = f"/routekaarten/{stage.routekaart.pk}/group-completions"
        assert codes(client_for(stage.lead).call("post", path, body)) == (422, "not_in_team")
        with scopes_disabled():
            assert Assignment.objects.filter(state="done").count() == 0

    @pytest.mark.parametrize("kind", ["group-completions", "completions"])
    def test_lists_take_as_many_queries_for_three(self, stage: Stage, kind: str) -> None:
        client = client_for(stage.lead)
        group = f"/routekaarten/{stage.routekaart.pk}/group-completions"
        paths = {
            "group-completions": group,
            "completions": f"/schools/{stage.school.pk}/completions",
        }

        def add(day: int) -> None:
            body = {"course": COURSE, "done_on": f"2026-09-0{day}", "persons": []}
            body["persons"] = [str(stage.lead.pk), str(stage.member.pk)][: day + 1]
            assert client.call("post", group, body).status_code == 201

        def queries() -> tuple[int, int]:
            with CaptureQueriesContext(connection) as seen:
                count = client.call("get", paths[kind]).json()["count"]
            return count, len(seen)

        add(1)
        one = queries()
        add(2)
        add(3)
        assert (one[0], queries()) == (1, (3, one[1]))


class TestInPlans:
    def test_who_did_a_course_is_only_said_with_consent(self, stage: Stage) -> None:
        put(assignment_of(stage, stage.member), state="done")
        newer = stage.make_plan()

        def told(person: Person) -> list[str]:
            found = client_for(person).call("get", f"/plans/{newer.pk}").json()["plan"]
            return [item["member_id"] for item in found["completed"]]

        def foretold(person: Person) -> list[str]:
            body = {
                "routekaart": str(stage.routekaart.pk),
                "changes": [{"kind": "more_weekly_minutes", "minutes": 30}],
            }
            found = client_for(person).call("post", "/plans/preview", body).json()["plan"]
            return [item["member_id"] for item in found["completed"]]

        def changes(person: Person) -> list[str]:
            reply = client_for(person).call("get", f"/plans/{newer.pk}/changes").json()
            return [text for text in reply["difference"]["sentences"] if "Mo Lid" in text]

        member = [str(stage.member.pk)]
        assert (told(stage.lead), foretold(stage.lead)) == ([], [])
        assert told(stage.member) == member
        assert ["klaar bij" in text for text in changes(stage.lead)] == [False]
        consent(stage.school)
        assert (told(stage.trainer), foretold(stage.trainer)) == (member, member)
        assert ["klaar bij" in text for text in changes(stage.lead)] == [True]
