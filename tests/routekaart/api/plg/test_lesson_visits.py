"""Lesson visits over HTTP: who visits whom, what is in the way, and notes of the pair alone."""

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.domain.lesson_visit_pairs import REASONS, WhyNot
from routekaart.models import AuditEntry, LessonVisit, PlgCycle, PlgMeeting, StudyDay
from tests.makers import client_for, make_colleague, make_routekaart, make_team
from tests.plg_stage import PlgStage, codes, fields, on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

DAY = "2027-01-14"  # a Thursday on which the plan has nothing


def wanted(plg: PlgStage, **values: Any) -> dict[str, Any]:
    body = {
        "visitor": str(plg.stage.member.pk),
        "host": str(plg.stage.lead.pk),
        "focus": "Wachttijd",
        "date": DAY,
        "starts_at": "09:00",
        "minutes": 45,
    }
    return body | values


def store(plg: PlgStage, *visits: dict[str, Any]) -> Any:
    return plg.lead.call("post", f"{plg.path}/lesson-visits", {"visits": list(visits)})


def stored(plg: PlgStage, **values: Any) -> dict[str, Any]:
    made: dict[str, Any] = store(plg, wanted(plg, **values)).json()["visits"][0]
    return made


def elsewhere(plg: PlgStage) -> PlgCycle:
    """A PLG of another team of the school that the member is in as well."""
    with scopes_disabled():
        team = make_team(plg.stage.school, "Bovenbouw")
        team.memberships.create(person=plg.stage.member, joined_on=date(2026, 8, 1))
        cycle = PlgCycle.objects.create(
            routekaart=make_routekaart(team, state="running"), name="Geheim"
        )
        cycle.members.set([plg.stage.member])
    return cycle


class TestSuggesting:
    def test_a_round_can_be_stored_as_it_comes(self) -> None:
        plg = PlgStage()
        people = [plg.stage.lead, plg.stage.member, plg.colleague]
        plg.lead.call("patch", plg.path, {"members": [str(person.pk) for person in people]})
        body = {"focus": "Wachttijd", "first_day": "2027-01-11", "weeks": 3, "minutes": 50}
        found = plg.lead.call("post", f"{plg.path}/lesson-visits/suggest", body).json()
        assert found["not_paired"] == []
        ring = ["Cor Collega", "Lies Leider", "Mo Lid"]
        assert {(one["visitor_name"], one["host_name"]) for one in found["visits"]} == set(
            zip(ring, [*ring[1:], ring[0]], strict=True)
        )
        weeks = {date.fromisoformat(one["date"]).isocalendar().week for one in found["visits"]}
        assert weeks == {2, 3, 4}
        assert {(one["focus"], one["minutes"]) for one in found["visits"]} == {("Wachttijd", 50)}
        assert plg.lead.call("get", f"{plg.path}/lesson-visits").json()["count"] == 0
        names = ("visitor_name", "host_name")
        visits = [
            {name: value for name, value in one.items() if name not in names}
            for one in found["visits"]
        ]
        response = store(plg, *visits)
        assert response.status_code == 201
        assert [
            {name: visit[name] for name in found["visits"][0]}
            for visit in response.json()["visits"]
        ] == found["visits"]

    def test_nothing_falls_on_what_is_known(self) -> None:
        plg = PlgStage()
        cycle = elsewhere(plg)
        with scopes_disabled():
            employment = plg.stage.member.employments.get()
            employment.working_days = [1, 2, 4]
            employment.save()
            employment.leaves.create(first_day=date(2027, 1, 12), last_day=date(2027, 1, 12))
            # A study day of the other team on Monday; on Thursday only its visit is in the way.
            StudyDay.objects.create(
                routekaart=cycle.routekaart, date=date(2027, 1, 11), starts_at=time(13), minutes=90
            )
            LessonVisit.objects.create(
                cycle=cycle,
                visitor=plg.stage.member,
                host=plg.colleague,
                focus="x",
                date=date.fromisoformat(DAY),
                starts_at=time(9, 30),
            )
        body = {"focus": "Wachttijd", "first_day": "2027-01-11", "weeks": 1}
        path = f"{plg.path}/lesson-visits/suggest"
        found = plg.lead.call("post", path, body).json()
        moments = [(one["date"], one["starts_at"]) for one in found["visits"]]
        assert moments == [(DAY, "10:30"), (DAY, "13:15")]
        found = plg.lead.call("post", path, body | {"starts_at": ["09:00", "10:00"]}).json()
        assert found["visits"] == []
        assert [
            (one["person_name"], one["code"], one["reason"]) for one in found["not_paired"]
        ] == [
            (name, "no_shared_time", REASONS[WhyNot.NO_SHARED_TIME])
            for name in ("Lies Leider", "Mo Lid")
        ]

    def test_who_does_not_work_here_is_not_paired(self) -> None:
        plg = PlgStage()
        with scopes_disabled():
            plg.stage.member.employments.all().delete()
        body = {"focus": "Wachttijd", "first_day": "2027-01-11"}
        found = plg.lead.call("post", f"{plg.path}/lesson-visits/suggest", body).json()
        assert {one["person_name"]: one["code"] for one in found["not_paired"]} == {
            "Lies Leider": "no_shared_time",
            "Mo Lid": "not_there",
        }


class TestStoring:
    def test_there_and_moved_and_held(self) -> None:
        plg = PlgStage()
        made = stored(plg)
        path = f"/lesson-visits/{made['id']}"
        expected = wanted(plg) | {
            "id": made["id"],
            "cycle": plg.made["id"],
            "visitor_name": "Mo Lid",
            "host_name": "Lies Leider",
            "state": "planned",
            "findings": [],
        }
        assert made == expected
        # Its own hours are not in its way.
        changes = {"starts_at": "09:30", "focus": "Beurten"}
        assert plg.member.call("patch", path, changes).json() == expected | changes
        early = on("2027-01-13", plg.member, f"{path}/hold")
        assert codes(early) == (409, "day_not_held")
        assert early.json()["detail"] == (
            "Dit lesbezoek is pas op 14 januari 2027. Meld het als het is geweest, of kies eerst "
            "een andere datum."
        )
        held = on(DAY, plg.member, f"{path}/hold").json()
        assert held == expected | changes | {"state": "held"}
        # To say it twice is no mistake, on whichever day.
        assert on("2027-01-13", plg.member, f"{path}/hold").json() == held
        assert codes(plg.member.call("patch", path, changes)) == (409, "wrong_state")
        assert codes(plg.member.call("post", f"{path}/cancel")) == (409, "wrong_state")
        listed = plg.trainer.call("get", f"{plg.path}/lesson-visits").json()
        assert listed == {"items": [held], "count": 1}

    def test_what_is_cancelled_is_in_nobodys_way(self) -> None:
        plg = PlgStage()
        made = stored(plg)
        assert codes(store(plg, wanted(plg))) == (409, "visit_clash")
        cancelled = plg.lead.call("post", f"/lesson-visits/{made['id']}/cancel").json()
        assert cancelled["state"] == "cancelled"
        assert store(plg, wanted(plg)).status_code == 201

    def test_what_cannot_be(self) -> None:
        plg = PlgStage()
        lead = str(plg.stage.lead.pk)
        with scopes_disabled():
            employment = plg.stage.member.employments.get()
            employment.leaves.create(first_day=date(2027, 1, 13), last_day=date(2027, 1, 13))
        good = wanted(plg, starts_at="13:00")
        for values, code, field in (
            ({"visitor": lead}, "visits_self", "host"),
            ({"host": str(plg.colleague.pk)}, "not_in_plg", "host"),
            ({"date": "2027-08-01"}, "outside_school_year", "date"),
            ({"date": "2026-12-29"}, "school_closed", "date"),
            ({"date": "2027-01-16"}, "school_closed", "date"),
            ({"date": "2027-01-13"}, "not_at_work", "date"),
            ({"starts_at": "23:30"}, "ends_after_midnight", "minutes"),
        ):
            response = store(plg, good, wanted(plg, **values))
            assert (codes(response), fields(response)) == ((422, code), [f"visits.1.{field}"])
        assert fields(store(plg)) == ["visits"]
        # The first of the two, which was right, is not there either.
        assert plg.lead.call("get", f"{plg.path}/lesson-visits").json()["count"] == 0

    def test_two_of_one_request_may_not_clash_either(self) -> None:
        plg = PlgStage()
        back = {"visitor": str(plg.stage.lead.pk), "host": str(plg.stage.member.pk)}
        response = store(plg, wanted(plg), wanted(plg, **back, starts_at="09:44"))
        assert codes(response) == (409, "visit_clash")
        assert response.json()["detail"] == (
            "Lies Leider heeft van 09.00 tot 09.45 uur al een lesbezoek. Kies een ander moment."
        )
        assert store(plg, wanted(plg), wanted(plg, **back, starts_at="09:45")).status_code == 201

    def test_of_another_team_nothing_but_the_hours(self) -> None:
        plg = PlgStage()
        cycle = elsewhere(plg)
        with scopes_disabled():
            PlgMeeting.objects.create(
                cycle=cycle, date=date.fromisoformat(DAY), starts_at=time(9, 30), minutes=30
            )
        response = store(plg, wanted(plg))
        assert codes(response) == (409, "visit_clash")
        assert response.json()["detail"] == (
            "Mo Lid is van 09.30 tot 10.00 uur al bezet. Kies een ander moment."
        )
        made = stored(plg, starts_at="10:00")
        moved = plg.lead.call("patch", f"/lesson-visits/{made['id']}", {"starts_at": "09:59"})
        assert codes(moved) == (409, "visit_clash")

    def test_what_somebody_does_at_another_school_is_nobodys_business(self) -> None:
        plg = PlgStage()
        with scopes_disabled():
            team = make_team(name="Elders")
            team.memberships.create(person=plg.stage.member, joined_on=date(2026, 8, 1))
            away = make_routekaart(team, state="running")
            StudyDay.objects.create(
                routekaart=away, date=date.fromisoformat(DAY), starts_at=time(8), minutes=420
            )
            cycle = PlgCycle.objects.create(routekaart=away, name="Elders")
            cycle.members.set([plg.stage.member])
            LessonVisit.objects.create(
                cycle=cycle,
                visitor=plg.stage.member,
                host=plg.colleague,
                focus="x",
                date=date.fromisoformat(DAY),
                starts_at=time(9),
            )
        assert store(plg, wanted(plg)).status_code == 201

    def test_not_on_the_own_study_day(self) -> None:
        plg = PlgStage()
        response = store(plg, wanted(plg, date="2026-11-04"))
        assert codes(response) == (409, "visit_clash")
        assert "Lid heeft de hele dag een studiedag." in response.json()["detail"]


class TestNotes:
    def test_for_the_pair_alone(self) -> None:
        plg = PlgStage()
        path = f"/lesson-visits/{stored(plg)['id']}/notes"
        made = plg.member.call("post", path, {"text": "Mooie vragen!"})
        note = made.json()
        assert made.status_code == 201
        assert note["findings"] == []
        assert (note["author_name"], note["text"]) == ("Mo Lid", "Mooie vragen!")
        answer = plg.lead.call("post", path, {"text": "Dank je."}).json()
        for client in (plg.member, plg.lead):
            assert client.call("get", path).json() == {"items": [note, answer], "count": 2}
        others = [
            plg.outsider,
            plg.trainer,
            client_for(plg.stage.director),
            client_for(make_colleague(plg.stage.team, Role.TEAM_LEAD, name="Nog een leider")),
        ]
        for client in others:
            assert codes(client.call("get", path)) == (404, "not_found")
            assert codes(client.call("post", path, {"text": "x"})) == (404, "not_found")
        with scopes_disabled():
            logged = AuditEntry.objects.filter(object_kind="LessonVisitNote")
            assert {entry.routekaart_id for entry in logged} == {None}

    def test_a_citizen_service_number_is_warned_about(self) -> None:
        plg = PlgStage()
        visit = stored(plg, focus="Leerling 123456782")
        note = plg.lead.call(
            "post", f"/lesson-visits/{visit['id']}/notes", {"text": "Leerling 123456782"}
        ).json()
        assert [
            [(one["code"], one["field"]) for one in reply["findings"]] for reply in (visit, note)
        ] == [[("bsn_in_text", "focus")], [("bsn_in_text", "text")]]

    def test_as_many_queries_for_three_as_for_one(self) -> None:
        plg = PlgStage()
        visit = stored(plg)
        for path, add in (
            (
                f"/lesson-visits/{visit['id']}/notes",
                lambda path, _: plg.lead.call("post", path, {"text": "x"}),
            ),
            (
                f"{plg.path}/lesson-visits",
                lambda _, hour: stored(plg, starts_at=f"1{hour}:00"),
            ),
        ):
            counts = []
            for hour in range(3):
                add(path, hour)
                with CaptureQueriesContext(connection) as captured:
                    plg.lead.call("get", path)
                counts.append(len(captured))
            assert len(set(counts)) == 1
