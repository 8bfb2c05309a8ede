"""Digests: one a day for each, over all schools, read anew when it goes out."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.actions.mail.reminders import prepare_digests
from routekaart.models import (
    Agreement,
    Assignment,
    Employment,
    Leave,
    Mail,
    MicroStep,
    Person,
    Plan,
    PlgCycle,
    PlgCycleMember,
    Routekaart,
    School,
    StudyDay,
    Team,
    TeamMembership,
    WorkGroup,
    WorkGroupMember,
)
from routekaart.models.mail import MailKind
from routekaart.queries.mail.each_school import NotAllRead
from tests.makers import employ, join, make_person, make_routekaart, make_school, make_team
from tests.stages import Stage
from worker import mail

pytestmark = pytest.mark.django_db

# A Wednesday, with nothing closed for weeks around it.
TODAY = date(2026, 9, 23)


def at(day: date, hour: int = 10) -> datetime:
    """In summer Amsterdam is two hours ahead."""
    return datetime.combine(day, time(hour - 2), tzinfo=UTC)


def prepare(day: date = TODAY, hour: int = 10) -> int:
    return prepare_digests(today=day, now=at(day, hour))


class Place:
    """A team whose year is going on, with people who have things to do."""

    def __init__(self, school: School | None = None, name: str = "Onderbouw") -> None:
        self.school = school or make_school()
        self.team: Team = make_team(self.school, name)
        self.routekaart: Routekaart = make_routekaart(self.team, state="running")

    def person(self, name: str = "Mo Lid", **values: Any) -> Person:
        person = make_person(name)
        self.take_in(person, **values)
        return person

    def take_in(self, person: Person, **values: Any) -> None:
        employ(person, self.school, **values)
        join(person, self.team)

    def agreement(self, due: date = TODAY + timedelta(days=1), **values: Any) -> Agreement:
        fields = {"what": "Elke les een vraag", "due_on": due, "check_on": due}
        with scopes_disabled():
            return Agreement.objects.create(routekaart=self.routekaart, **fields | values)

    def study_day(self, day: date = TODAY + timedelta(days=1)) -> StudyDay:
        with scopes_disabled():
            return StudyDay.objects.create(
                routekaart=self.routekaart,
                date=day,
                kind="day",
                starts_at=time(9),
                minutes=360,
                fixed=True,
            )


def digests(day: date = TODAY) -> list[tuple[str, str, list[str]]]:
    """Who is told what, by name."""
    rows = Mail.objects.filter(key=f"digest:{day}").select_related("person")
    return [
        (row.person.name, row.state, [line for line in row.body.split("\n") if line[:1] == "-"])
        for row in rows.order_by("person__name")
    ]


MORGEN = "- Afspraak ‘Elke les een vraag’: klaar op donderdag 24 september 2026."


def break_plan(place: Place) -> None:
    """Damages it as somebody could by hand."""
    with scopes_disabled():
        Plan.objects.create(
            routekaart=place.routekaart,
            version=1,
            content={"broken": True},
            approved_at=at(TODAY),
        )


class TestUnreadable:
    """A plan that cannot be read costs the people of other schools nothing."""

    def test_the_others_are_reminded(self) -> None:
        broken, whole = Place(), Place()
        break_plan(broken)
        both, anna = whole.person("Bo"), broken.person("Anna")
        broken.take_in(both)
        for place, person in ((broken, anna), (broken, both), (whole, both)):
            place.agreement(owner=person)
        with pytest.raises(NotAllRead):
            prepare()
        assert digests() == [("Bo", "queued", [MORGEN])]
        with scopes_disabled():
            Routekaart.objects.filter(pk=broken.routekaart.pk).update(state="draft")
        assert prepare() == 1
        assert [name for name, _, _ in digests()] == ["Anna", "Bo"]

    def test_what_breaks_later_is_left_out_and_not_taken_for_done(self) -> None:
        broken, whole = Place(), Place()
        both, anna = whole.person("Bo"), broken.person("Anna")
        broken.take_in(both)
        for place, person in ((broken, anna), (broken, both), (whole, both)):
            place.agreement(owner=person)
        assert prepare() == 2
        break_plan(broken)
        assert mail.send_due(now=at(TODAY)) == 2
        (sent,) = outbox.outbox
        assert (sent.to, str(sent.body).count("- Afspraak")) == ([both.email], 1)
        row = Mail.objects.get(person=anna)
        assert (row.state, row.failure) == ("queued", mail.TRYING_AGAIN)


class TestWho:
    def test_the_owner_the_group_or_the_whole_team(self) -> None:
        place = Place()
        anna, bram, cor = (place.person(name) for name in ("Anna", "Bram", "Cor"))
        with scopes_disabled():
            group = WorkGroup.objects.create(routekaart=place.routekaart, name="Groep")
            WorkGroupMember.objects.create(work_group=group, person=bram)
        place.agreement(owner=anna, what="eigen")
        place.agreement(work_group=group, what="groep")
        place.agreement(whole_team=True, what="team")
        assert prepare() == 3
        said = {name: [line.split("’")[0][12:] for line in lines] for name, _, lines in digests()}
        assert said == {"Anna": ["eigen", "team"], "Bram": ["groep", "team"], "Cor": ["team"]}
        assert cor.mails.get().kind == MailKind.DIGEST

    def test_of_one_school_where_that_is_asked(self) -> None:
        place, other = Place(), Place()
        for each, name in ((place, "Anna"), (other, "Bram")):
            each.agreement(owner=each.person(name))
        assert prepare_digests(today=TODAY, now=at(TODAY), school=place.school.pk) == 1
        assert [name for name, _, _ in digests()] == ["Anna"]
        assert prepare() == 1

    def test_nothing_to_say_is_no_mail(self) -> None:
        place = Place()
        anna = place.person("Anna")
        place.agreement(owner=anna, due=TODAY + timedelta(days=40))
        place.agreement(owner=anna, state="done")
        place.agreement(owner=anna, state="dropped")
        assert prepare() == 0
        assert Mail.objects.count() == 0

    @pytest.mark.parametrize("state", ["draft", "submitted", "advised", "closed"])
    def test_a_year_that_is_over_or_has_not_begun_reminds_nobody(self, state: str) -> None:
        place = Place()
        place.study_day()
        place.person()
        with scopes_disabled():
            Routekaart.objects.update(state=state)
        assert prepare() == 0

    @pytest.mark.parametrize(("state", "people"), [("draft", 1), ("advised", 1), ("closed", 0)])
    def test_an_agreement_that_went_to_next_year_comes_back(self, state: str, people: int) -> None:
        place = Place()
        place.agreement(owner=place.person())
        with scopes_disabled():
            Routekaart.objects.update(state=state)
        assert prepare() == people

    def test_of_who_is_not_in_the_team_any_more_it_is_the_teams(self) -> None:
        place = Place()
        gone = place.person("Gone")
        place.person("Anna")
        with scopes_disabled():
            TeamMembership.objects.filter(person=gone).delete()
            empty = WorkGroup.objects.create(routekaart=place.routekaart, name="Groep")
            visited = PlgCycle.objects.create(routekaart=place.routekaart, name="PLG")
            MicroStep.objects.create(
                cycle=visited, person=gone, text="x", try_by=TODAY + timedelta(days=1)
            )
        place.agreement(owner=gone)
        place.agreement(work_group=empty)
        assert prepare() == 1
        assert digests() == [("Anna", "queued", [MORGEN, MORGEN])]

    def test_who_left_or_is_not_active_hears_nothing(self) -> None:
        place = Place()
        gone, inactive = place.person("Gone"), place.person("Inactief")
        place.agreement(owner=gone)
        place.agreement(owner=inactive)
        with scopes_disabled():
            Employment.objects.filter(person=gone).delete()
        Person.objects.filter(pk=inactive.pk).update(is_active=False)
        assert prepare() == 0

    def test_small_steps_and_study_days_and_what_comes_back(self) -> None:
        place = Place()
        anna = place.person("Anna")
        tomorrow = TODAY + timedelta(days=1)
        with scopes_disabled():
            cycle = PlgCycle.objects.create(routekaart=place.routekaart, name="PLG")
            PlgCycleMember.objects.create(cycle=cycle, person=anna)
            MicroStep.objects.create(cycle=cycle, person=anna, text="wachten", try_by=tomorrow)
            MicroStep.objects.create(
                cycle=cycle, person=anna, text="gedaan", try_by=tomorrow, state="tried"
            )
            for day, fixed in ((tomorrow, True), (TODAY + timedelta(days=2), False)):
                StudyDay.objects.create(
                    routekaart=place.routekaart,
                    date=day,
                    starts_at=time(9),
                    minutes=300,
                    fixed=fixed,
                )
        place.agreement(owner=anna, due=TODAY - timedelta(days=20), check_on=tomorrow)
        prepare()
        ((_, _, lines),) = digests()
        late = (
            "- Afspraak ‘Elke les een vraag’ zou klaar zijn op donderdag 3 september 2026. "
            "Zeg hoe het ermee staat."
        )
        assert lines == [
            late,
            "- Afspraak ‘Elke les een vraag’ komt terug op donderdag 24 september 2026.",
            "- Je wilt uiterlijk donderdag 24 september 2026 proberen: ‘wachten’.",
            "- Studiedag: donderdag 24 september 2026.",
        ]


class TestWhen:
    def test_once_a_day_however_often_it_is_asked(self) -> None:
        place = Place()
        anna = place.person("Anna")
        place.agreement(owner=anna)
        assert [prepare(hour=hour) for hour in (7, 8, 17)] == [1, 0, 0]
        place.agreement(owner=anna, what="later bedacht")
        assert prepare() == 0
        assert digests() == [("Anna", "queued", [MORGEN])]

    def test_not_at_night(self) -> None:
        place = Place()
        place.agreement(owner=place.person())
        assert [prepare(hour=hour) for hour in (6, 18, 23)] == [0, 0, 0]

    def test_not_on_a_free_day_and_not_on_leave(self) -> None:
        place = Place()
        free, away = place.person("Vrij", working_days=[1, 2]), place.person("Weg")
        for person in (free, away):
            place.agreement(owner=person)
        with scopes_disabled():
            Leave.objects.create(
                employment=Employment.objects.get(person=away), first_day=TODAY, last_day=TODAY
            )
        saturday = date(2026, 9, 26)
        assert [prepare(), prepare(saturday)] == [0, 0]
        assert prepare(date(2026, 9, 28)) == 2

    def test_each_stage_once(self) -> None:
        place = Place()
        place.agreement(owner=place.person(), due=date(2026, 10, 2))
        days = [date(2026, 9, 14) + timedelta(days=offset) for offset in range(30)]
        assert [day for day in days if prepare(day)] == [
            date(2026, 9, 18),
            date(2026, 9, 25),
            date(2026, 10, 1),
            date(2026, 10, 5),
        ]

    def test_a_digest_that_was_dropped_told_nothing(self) -> None:
        place = Place()
        place.agreement(owner=place.person(), due=date(2026, 9, 30))
        prepare()
        Mail.objects.update(state="cancelled")
        assert [prepare(TODAY), prepare(TODAY + timedelta(days=1))] == [0, 1]

    def test_two_schools_and_two_teams_are_one_mail(self) -> None:
        one, two = Place(), Place()
        beside = Place(one.school, "Bovenbouw")
        anna = one.person("Anna")
        two.take_in(anna)
        join(anna, beside.team)
        for place, what in ((one, "een"), (two, "twee"), (beside, "naast")):
            place.agreement(owner=anna, what=what)
        assert prepare() == 1
        ((_, _, lines),) = digests()
        assert sorted(line.split("’")[0][12:] for line in lines) == ["een", "naast", "twee"]


class TestSending:
    """What is open is read again when it goes out."""

    def send(self, day: date = TODAY, hour: int = 10) -> tuple[str, str]:
        row = Mail.objects.get()
        Mail.objects.update(due_at=Now() - timedelta(seconds=1))
        mail.send(row.pk, now=at(day, hour))
        row.refresh_from_db()
        return row.state, row.failure

    def test_no_mail_after_completion(self) -> None:
        place = Place()
        place.agreement(owner=place.person())
        prepare()
        with scopes_disabled():
            Agreement.objects.update(state="done")
        assert self.send() == ("cancelled", mail.NOT_NEEDED)
        assert outbox.outbox == []

    def test_only_what_is_still_open_and_was_meant(self) -> None:
        place = Place()
        anna = place.person("Anna")
        done, _ = place.agreement(owner=anna, what="af"), place.agreement(owner=anna)
        prepare()
        with scopes_disabled():
            Agreement.objects.filter(pk=done.pk).update(state="done")
        place.agreement(owner=anna, what="nieuw")
        assert self.send() == ("sent", "")
        (sent,) = outbox.outbox
        assert sent.subject == "1 ding staat voor je klaar"
        assert [line for line in str(sent.body).split("\n") if line[:1] == "-"] == [MORGEN]
        assert sent.to == [anna.email]

    def test_at_night_it_waits_without_costing_an_attempt(self) -> None:
        place = Place()
        place.agreement(owner=place.person())
        prepare()
        assert self.send(hour=19) == ("queued", "")
        row = Mail.objects.get()
        assert (row.attempts, row.due_at) == (0, at(TODAY + timedelta(days=1), 7))
        assert outbox.outbox == []

    def test_on_another_day_it_is_dropped(self) -> None:
        place = Place()
        place.agreement(owner=place.person())
        prepare()
        tomorrow = TODAY + timedelta(days=1)
        assert self.send(tomorrow) == ("cancelled", mail.NOT_NEEDED)
        assert prepare(tomorrow) == 1


@pytest.mark.usefixtures("catalogue")
def test_courses_by_the_plan_on_which_people_count() -> None:
    stage = Stage().running()
    with scopes_disabled():
        row = Assignment.objects.filter(person=stage.member).select_related("course").first()
        assert row is not None
        Assignment.objects.filter(person=stage.member).exclude(pk=row.pk).update(state="done")
        deadline = next(
            date.fromisoformat(week["deadline"])
            for week in stage.plan.content["preparation_weeks"]
            if (week["member_id"], week["course"]) == (str(stage.member.pk), row.course_id)
        )
    days = [deadline - timedelta(days=offset) for offset in range(20, -8, -1)]

    def told() -> list[str]:
        found = []
        for day in days:
            prepare(day, hour=12)
            found += [
                line.split("’")[0][10:]
                for name, _, lines in digests(day)
                if name == "Mo Lid"
                for line in lines
                if line.startswith("- Cursus")
            ]
        Mail.objects.all().delete()
        return found

    assert told() == [row.course.title] * 4
    for values in (
        {"state": "done"},
        {"state": "waived"},
        {"state": "withdrawn"},
        {"state": "assigned", "starts_on": days[-1]},
    ):
        with scopes_disabled():
            Assignment.objects.filter(pk=row.pk).update(**values)
        expected = [row.course.title] if values["state"] == "assigned" else []
        assert told() == expected


def test_the_number_of_queries_does_not_grow_with_people() -> None:
    place = Place()
    place.agreement(whole_team=True)

    def asked(people: int) -> int:
        for _ in range(people):
            place.person()
        with CaptureQueriesContext(connection) as captured:
            prepare()
        Mail.objects.all().delete()
        return len(captured)

    assert asked(1) == asked(2)
