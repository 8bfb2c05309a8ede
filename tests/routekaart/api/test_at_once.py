"""Two requests at the same moment: nothing is lost, nothing is done twice."""

from functools import partial
from urllib.parse import urlsplit

import pytest
from django.test import Client

from routekaart.access import Access, Role
from routekaart.actions.calendar_feed.addresses import make_address
from routekaart.actions.organisation.people import end_employment
from routekaart.actions.organisation.roles import withdraw_role
from routekaart.domain.errors import Conflict
from routekaart.models import (
    Assignment,
    AuditEntry,
    CalendarFeed,
    Completion,
    Employment,
    Plan,
    RoleGrant,
    Routekaart,
    StudyDay,
)
from tests.at_once import at_once
from tests.forms_on_page import form_with, page
from tests.makers import access_for, client_for, join, make_colleague
from tests.stages import Stage
from tests.underway import underway

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("catalogue"),
]


def at(stage: Stage, rest: str = "") -> str:
    return f"/routekaarten/{stage.routekaart.pk}{rest}"


def _removed(by: Access, place: Employment, *, leaving: bool) -> str:
    """The code of the refusal, or "removed"."""
    try:
        if leaving:
            end_employment(by=by, employment_id=place.pk)
        else:
            withdraw_role(
                by=by,
                school_id=place.school_id,
                person_id=place.person_id,
                role=Role.SCHOOL_ADMIN,
            )
    except Conflict as refused:
        return refused.code
    return "removed"


def test_of_two_admins_who_remove_each_other_one_stays() -> None:
    """Each asked when both were still there: by role, and by leaving the school."""
    for leaving in (False, True):
        stage = Stage()
        admins = [make_colleague(stage.team, Role.SCHOOL_ADMIN) for _ in range(2)]
        # Who each of them is was read before the other began.
        accesses = [access_for(person) for person in admins]
        with accesses[0].entered():
            places = [Employment.objects.get(person=person) for person in reversed(admins)]

        answers = at_once(
            *(
                partial(_removed, by, place, leaving=leaving)
                for by, place in zip(accesses, places, strict=True)
            )
        )
        assert sorted(answers) == ["last_school_admin", "removed"]
        granted = RoleGrant.objects.filter(role=Role.SCHOOL_ADMIN, school=stage.school)
        assert granted.count() == 1


def test_of_two_with_the_same_revision_one_wins() -> None:
    stage = Stage()
    clients = [client_for(person) for person in (stage.lead, stage.member)]
    answers = at_once(
        *(
            lambda client=client, reason=reason: client.call(
                "patch", at(stage), {"revision": 1, "reason": reason}
            )
            for client, reason in zip(clients, ("lead", "lid"), strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    [won] = [answer.json() for answer in answers if answer.status_code == 200]
    assert (stage.fresh().reason, stage.routekaart.revision) == (won["reason"], 2)
    with stage.as_lead.entered():
        assert AuditEntry.objects.count() == 1


def test_two_goals_at_once_both_stay() -> None:
    stage = Stage()
    clients = [client_for(person) for person in (stage.lead, stage.member)]
    answers = at_once(
        *(
            lambda client=client: client.call(
                "post", at(stage, "/goals"), {"wording": "Wij leren."}
            )
            for client in clients
        )
    )
    assert [answer.status_code for answer in answers] == [201, 201]
    assert sorted(answer.json()["priority"] for answer in answers) == [1, 2]


def test_two_fields_of_one_goal_at_once_both_stay() -> None:
    stage = Stage().filled()
    bodies = ({"noticeable": "Rust."}, {"indicator": "Lesbezoek."})
    clients = [client_for(person) for person in (stage.lead, stage.member)]
    at_once(
        *(
            lambda client=client, body=body: client.call("patch", f"/goals/{stage.goal.pk}", body)
            for client, body in zip(clients, bodies, strict=True)
        )
    )
    [goal] = clients[0].call("get", at(stage, "/goals")).json()["items"]
    assert (goal["noticeable"], goal["indicator"]) == ("Rust.", "Lesbezoek.")


def test_one_year_begun_twice_is_begun_once() -> None:
    stage = Stage()
    clients = [client_for(person) for person in (stage.lead, stage.member)]
    path, body = f"/teams/{stage.team.pk}/routekaarten", {"school_year": "2027-2028"}
    answers = at_once(
        *(lambda client=client: client.call("post", path, body) for client in clients)
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]


def test_of_two_trainers_at_one_desk_one_wins() -> None:
    stage = Stage().submitted()
    other = make_colleague(stage.team, Role.TRAINER, name="Timo Trainer")
    clients = [client_for(person) for person in (stage.trainer, other)]
    path = at(stage, "/advice-desk")
    courses = [item["item"]["course"] for item in clients[0].call("get", path).json()["items"][:2]]
    answers = at_once(
        *(
            lambda client=client, course=course: client.call(
                "put",
                path,
                {
                    "revision": 0,
                    "changes": [{"kind": "drop", "course": course, "reason": "Al gedaan."}],
                },
            )
            for client, course in zip(clients, courses, strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    [won] = [answer.json() for answer in answers if answer.status_code == 200]
    [lost] = [answer.json() for answer in answers if answer.status_code == 409]
    assert lost["code"] == "stale_revision"
    assert (won["revision"], len(won["changes"])) == (1, 1)
    assert clients[0].call("get", path).json() == won


def test_assigned_twice_at_once_is_assigned_once() -> None:
    stage = Stage().accepted()
    clients = [client_for(person) for person in (stage.lead, stage.trainer)]
    answers = at_once(
        *(
            lambda client=client: client.call("post", at(stage, "/assignments"), {})
            for client in clients
        )
    )
    done = sorted((answer.json()["created"], answer.json()["existing"]) for answer in answers)
    assert done == [(0, done[1][0]), (done[1][0], 0)]
    assert done[1][0] > 0


def test_planned_twice_at_once_is_one_version() -> None:
    stage = Stage().assigned()
    clients = [client_for(person) for person in (stage.lead, stage.trainer)]
    answers = at_once(
        *(lambda client=client: client.call("post", at(stage, "/plans")) for client in clients)
    )
    assert [answer.status_code for answer in answers] == [201, 201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    with stage.as_lead.entered():
        assert Plan.objects.count() == 1
        assert Routekaart.objects.get().state == "planned"


def test_carried_over_twice_at_once_is_carried_once() -> None:
    stage = Stage().filled()
    with stage.as_lead.entered():
        Routekaart.objects.update(state="running")
    clients = [client_for(person) for person in (stage.lead, stage.member)]
    body = {"goal": str(stage.goal.pk)}
    answers = at_once(
        *(
            lambda client=client: client.call("post", at(stage, "/carry-over"), body)
            for client in clients
        )
    )
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    with stage.as_lead.entered():
        assert Routekaart.objects.filter(school_year=stage.year + 1).count() == 1
        assert stage.goal.carried_to.routekaart.goals.count() == 1


def test_of_finishing_and_taking_back_one_wins() -> None:
    stage = Stage().assigned()
    with stage.as_lead.entered():
        row = Assignment.objects.get(person=stage.member)
    lead, member = client_for(stage.lead), client_for(stage.member)
    answers = at_once(
        lambda: member.call("post", f"/assignments/{row.pk}/complete", {}),
        lambda: lead.call("delete", f"/assignments/{row.pk}"),
    )
    statuses = [answer.status_code for answer in answers]
    with stage.as_lead.entered():
        row.refresh_from_db()
        done = Completion.objects.filter(revoked_at=None).count()
    assert (statuses, row.state, done) in (
        # What was finished first is on the record, and no longer asked.
        ([200, 204], "withdrawn", 1),
        ([409, 204], "withdrawn", 0),
    )


def test_two_teams_at_once_make_a_course_done_once() -> None:
    first = Stage().assigned()
    second = Stage(first.school, "Bovenbouw")
    join(first.member, second.team)
    second.assigned()
    with first.as_lead.entered():
        rows = Assignment.objects.filter(person=first.member)
        ids = list(rows.values_list("pk", flat=True))
    client = client_for(first.member)
    answers = at_once(
        *(lambda pk=pk: client.call("post", f"/assignments/{pk}/complete", {}) for pk in ids)
    )
    assert [answer.status_code for answer in answers] == [200, 200]
    with first.as_lead.entered():
        assert set(rows.values_list("state", flat=True)) == {"done"}
        assert Completion.objects.count() == 1


def test_a_calendar_that_asks_three_times_at_once_hears_one_story() -> None:
    stage = underway()
    secret = make_address(by=stage.as_member).secret
    addresses = [f"/agenda/{secret}.ics"] * 3
    for sequence in (b"SEQUENCE:0", b"SEQUENCE:1"):
        answers = at_once(*(lambda one=one: Client().get(one) for one in addresses))
        assert {answer.status_code for answer in answers} == {200}
        [file] = {answer.content for answer in answers}
        assert sequence in file
        with stage.as_lead.entered():
            StudyDay.objects.filter(pk=stage.study_day.pk).update(room="Gymzaal")


def test_of_two_new_addresses_at_once_one_works() -> None:
    stage = Stage()
    client = client_for(stage.member)
    made = at_once(*(lambda: client.call("post", "/me/calendar-feeds", {}) for _ in range(2)))
    assert [answer.status_code for answer in made] == [201, 201]
    assert CalendarFeed.objects.count() == 1
    paths = [urlsplit(answer.json()["address"]).path for answer in made]
    assert sorted(Client().get(path).status_code for path in paths) == [200, 404]


def test_a_change_on_a_version_never_undoes_one_that_it_did_not_see() -> None:
    """One names the version that both saw, the other none: that other is never written over."""
    stage = Stage()
    admin = client_for(make_colleague(stage.team, Role.SCHOOL_ADMIN))
    team = f"/teams/{stage.team.pk}"
    for turn in range(5):
        seen = {"headers": {"If-Match": admin.call("get", team)["ETag"]}}
        versed = partial(admin.call, "patch", team, {"name": f"Met {turn}"}, **seen)
        blind = partial(admin.call, "patch", team, {"name": f"Zonder {turn}"})
        with_version, without = at_once(versed, blind)
        assert with_version.status_code in {200, 412}
        assert without.status_code == 200
        assert admin.call("get", team).json()["name"] == f"Zonder {turn}"


def test_of_two_changes_on_one_version_one_is_refused() -> None:
    stage = Stage()
    lead = client_for(stage.lead)
    seen = {"headers": {"If-Match": lead.call("get", at(stage))["ETag"]}}
    changes = [partial(lead.call, "patch", at(stage), {"reason": str(n)}, **seen) for n in range(4)]
    answers = at_once(*changes)
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    [stored] = [answer.json()["reason"] for answer in answers if answer.status_code == 200]
    assert lead.call("get", at(stage)).json()["reason"] == stored


def test_of_two_who_save_one_answer_at_the_same_moment_one_is_told() -> None:
    """On the pages: both saw the same, so the second gets the text of the first to look at."""
    stage = Stage()
    address = f"/routekaart/{stage.routekaart.pk}/aanleiding"
    browsers = [Client(), Client()]
    for browser, person in zip(browsers, (stage.lead, stage.member), strict=True):
        browser.force_login(person)
    for turn in range(3):
        shown = form_with(page(browsers[0], address), "reason")
        typed = [f"Van {who} in ronde {turn}" for who in ("Lies", "Mo")]
        saves = [
            partial(browser.post, address, shown | {"reason": text, "funding": "own"})
            for browser, text in zip(browsers, typed, strict=True)
        ]
        answers = at_once(*saves)
        assert sorted(answer.status_code for answer in answers) == [302, 422]
        first = [answer.status_code for answer in answers].index(302)
        stage.routekaart.refresh_from_db()
        assert stage.routekaart.reason == typed[first]
        told = answers[1 - first].content.decode()
        assert f"Iemand anders maakte hier intussen dit van: ‘{typed[first]}’" in told
        assert typed[1 - first] in told
