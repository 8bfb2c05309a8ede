"""The weekly overview: once a week, for who guides teams, and only what they may know."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core import mail as outbox
from django.db.models.functions import Now
from django_scopes import scopes_disabled

from routekaart.access import NotFound, Role
from routekaart.actions.mail.outbox import cancel_mail, retry_mail
from routekaart.actions.mail.reminders import prepare_digests
from routekaart.actions.mail.weekly import choose_weekly_mail, prepare_weekly_overviews
from routekaart.domain.weekly_overview import week_key
from routekaart.models import (
    Agreement,
    Assignment,
    AuditEntry,
    Employment,
    Leave,
    Mail,
    MailBatch,
    Person,
    Plan,
    Routekaart,
    School,
    StudyDay,
    Team,
)
from routekaart.models.mail import MailKind
from routekaart.queries.mail import weekly
from routekaart.queries.mail.each_school import NotAllRead
from routekaart.queries.mail.outbox import mails_for
from tests.makers import (
    access_for,
    employ,
    grant,
    make_board,
    make_colleague,
    make_person,
    make_routekaart,
    make_school,
    make_team,
)
from tests.stages import Stage
from worker import mail

pytestmark = pytest.mark.django_db

# With nothing closed for weeks around it.
MONDAY = date(2026, 9, 21)
TUESDAY = MONDAY + timedelta(days=1)


def at(day: date, hour: int = 10) -> datetime:
    """In summer Amsterdam is two hours ahead."""
    return datetime.combine(day, time(hour - 2), tzinfo=UTC)


def prepare(day: date = MONDAY, hour: int = 10) -> int:
    return prepare_weekly_overviews(today=day, now=at(day, hour))


class Place:
    """A team with a routekaart, and who guides it."""

    def __init__(self, school: School | None = None, state: str = "submitted") -> None:
        self.school: School = school or make_school()
        self.team: Team = make_team(self.school, "Onderbouw" if school is None else "Bovenbouw")
        self.routekaart: Routekaart = make_routekaart(self.team, state=state)

    def guide(self, role: Role, name: str = "") -> Person:
        return make_colleague(self.team, role, name=name or role.value)

    def put(self, state: str) -> None:
        with scopes_disabled():
            Routekaart.objects.filter(pk=self.routekaart.pk).update(state=state)

    def agreement(self, due: date, **values: Any) -> None:
        fields = {"what": "Elke les een vraag", "due_on": due, "check_on": due}
        with scopes_disabled():
            Agreement.objects.create(routekaart=self.routekaart, **fields | values)

    def failed(self, person: Person, **values: Any) -> Mail:
        fields: dict[str, Any] = {"kind": MailKind.ASSIGNED, "key": "x", "state": "failed"}
        if "batch" not in values:
            with scopes_disabled():
                values["batch"] = MailBatch.objects.create(
                    school=self.school, routekaart=self.routekaart, kind="assigned", title="x"
                )
        return Mail.objects.create(school=self.school, person=person, **fields | values)


def said() -> dict[str, list[str]]:
    """The lines that each is told, by name."""
    rows = Mail.objects.filter(kind=MailKind.WEEKLY, state="queued").select_related("person")
    return {
        row.person.name: [line for line in row.body.split("\n") if line[:1] == "-"]
        for row in rows.order_by("person__name")
    }


ROUTEKAART = "- Onderbouw: routekaart 2026-2027"


class TestWhat:
    @pytest.mark.parametrize(
        ("state", "role"),
        [
            ("draft", None),
            ("submitted", "trainer"),
            ("advised", "team_lead"),
            ("accepted", None),
            ("planned", "director"),
            ("approved", None),
            ("running", None),
            ("closed", None),
        ],
    )
    def test_a_step_waits_for_who_makes_it(self, state: str, role: str | None) -> None:
        place = Place(state=state)
        for each in Role:
            if each is not Role.BOARD:
                place.guide(each)
        assert prepare() == (role is not None)
        assert said() == ({} if role is None else {role: [ROUTEKAART]})

    def test_agreements_in_numbers(self) -> None:
        place = Place(state="running")
        place.guide(Role.TEAM_LEAD, "Lies")
        place.guide(Role.MEMBER, "Mo")
        place.agreement(MONDAY - timedelta(days=1))
        place.agreement(MONDAY - timedelta(days=90))
        place.agreement(MONDAY)
        place.agreement(MONDAY + timedelta(days=6))
        place.agreement(MONDAY + timedelta(days=7))
        place.agreement(MONDAY, state="done")
        prepare()
        assert said() == {"Lies": ["- Onderbouw: 2 over de datum, 2 voor deze week"]}

    def test_agreements_of_a_year_that_is_over_or_of_later_say_nothing(self) -> None:
        place = Place(state="closed")
        place.guide(Role.TEAM_LEAD)
        place.agreement(MONDAY)
        later = Place(place.school, state="running")
        later.guide(Role.TEAM_LEAD)
        later.agreement(MONDAY + timedelta(days=7))
        assert prepare() == 0

    def test_mail_that_did_not_arrive(self) -> None:
        place = Place(state="running")
        other = Place(place.school, state="running")
        lead = place.guide(Role.TEAM_LEAD, "Lies")
        place.guide(Role.DIRECTOR, "Dirk")
        place.failed(lead)
        place.failed(lead, key="y", state="sent")
        old = place.failed(lead, key="old")
        Mail.objects.filter(pk=old.pk).update(made_at=at(MONDAY - timedelta(days=40)))
        # Between the program and one person.
        for kind in (MailKind.DIGEST, MailKind.WEEKLY):
            place.failed(lead, kind=kind, key=kind, batch=None)
        other.failed(lead, key="z")
        place.failed(lead, kind=MailKind.WELCOME, key="welkom", batch=None)
        prepare()
        assert said() == {
            "Dirk": [
                "- De Proefschool: 1 bericht",
                "- Bovenbouw: 1 bericht",
                "- Onderbouw: 1 bericht",
            ],
            "Lies": ["- Onderbouw: 1 bericht"],
        }

    def test_several_schools_are_one_mail(self) -> None:
        one, two = Place(), Place()
        with scopes_disabled():
            School.objects.filter(pk=two.school.pk).update(name="De Andere")
        tess = one.guide(Role.TRAINER, "Tess")
        grant(tess, Role.TRAINER, school=two.school)
        assert prepare() == 1
        assert sorted(said()["Tess"]) == [
            "- De Andere, Onderbouw: routekaart 2026-2027",
            "- De Proefschool, Onderbouw: routekaart 2026-2027",
        ]

    def test_a_lead_hears_of_the_own_teams_only(self) -> None:
        place = Place(state="advised")
        place.guide(Role.TEAM_LEAD, "Lies")
        Place(place.school, state="advised").guide(Role.TEAM_LEAD, "Bo")
        prepare()
        assert said() == {"Bo": ["- Bovenbouw: routekaart 2026-2027"], "Lies": [ROUTEKAART]}

    def test_somebody_of_the_board_guides_every_school(self) -> None:
        board = make_board()
        place = Place(make_school(board), state="planned")
        grant(make_person("Bart"), Role.DIRECTOR, board=board)
        assert prepare() == 1
        row = Mail.objects.get()
        assert (row.school_id, row.person.name) == (place.school.pk, "Bart")
        Mail.objects.update(due_at=Now() - timedelta(seconds=1))
        mail.send(row.pk, now=at(MONDAY))
        row.refresh_from_db()
        assert (row.state, row.failure) == ("sent", "")


@pytest.mark.usefixtures("catalogue")
class TestPreparation:
    """Of the study day on 4 November."""

    WEEK = date(2026, 10, 26)

    def stage(self, size: int) -> Stage:
        stage = Stage()
        for number in range(size - 2):
            make_colleague(stage.team, name=f"Nr {number}")
        return stage.running()

    def prepare(self, day: date = WEEK) -> int:
        # In winter it is one hour.
        return prepare_weekly_overviews(today=day, now=at(day, 11))

    @pytest.mark.parametrize("since", [None, date(2026, 8, 1)])
    def test_in_numbers_for_all_who_guide_the_team(self, since: date | None) -> None:
        stage = self.stage(5)
        with scopes_disabled():
            School.objects.update(progress_by_name_since=since)
            Assignment.objects.filter(person=stage.member).update(state="done")
        assert self.prepare() == 3
        line = "- Onderbouw, woensdag 4 november 2026: 1 van 5 keer een cursus af"
        assert said() == {
            name: [line] for name in ("Dirk Directeur", "Lies Leider", "Tess Trainer")
        }

    @pytest.mark.parametrize("since", [None, date(2026, 8, 1)])
    def test_too_few_people_are_never_counted(self, since: date | None) -> None:
        self.stage(4)
        with scopes_disabled():
            School.objects.update(progress_by_name_since=since)
        assert self.prepare() == 0

    def test_nothing_when_it_is_done_or_far_away_or_over(self) -> None:
        self.stage(5)
        assert self.prepare(date(2026, 10, 5)) == 0
        assert self.prepare(date(2026, 11, 9)) == 0
        with scopes_disabled():
            StudyDay.objects.update(state="closed")
            assert self.prepare() == 0
            StudyDay.objects.update(state="preparing")
            Assignment.objects.update(state="done")
        assert self.prepare() == 0


class TestWhen:
    def test_once_a_week_however_often_it_is_asked(self) -> None:
        Place().guide(Role.TRAINER)
        assert [prepare(hour=hour) for hour in (7, 8, 17)] == [1, 0, 0]
        days = [MONDAY + timedelta(days=offset) for offset in range(1, 14)]
        assert [day for day in days if prepare(day)] == [MONDAY + timedelta(days=7)]

    def test_not_at_night(self) -> None:
        Place().guide(Role.TRAINER)
        assert [prepare(hour=hour) for hour in (6, 18, 23)] == [0, 0, 0]

    def test_on_the_first_day_on_which_somebody_works(self) -> None:
        place = Place(state="advised")
        lead = place.guide(Role.TEAM_LEAD)
        with scopes_disabled():
            mine = Employment.objects.get(person=lead)
            Employment.objects.filter(pk=mine.pk).update(working_days=[2, 3])
            assert [prepare(), prepare(TUESDAY), prepare(MONDAY + timedelta(days=2))] == [0, 1, 0]
            Leave.objects.create(employment=mine, first_day=MONDAY, last_day=date(2026, 10, 5))
        assert prepare(TUESDAY + timedelta(days=7)) == 0

    def test_not_in_a_holiday_and_of_no_school_that_has_one(self) -> None:
        # The autumn holiday of the north, and a week later that of the south.
        north, south = date(2026, 10, 12), date(2026, 10, 19)
        tess = Place(make_school(region="Noord", name="Noord")).guide(Role.TRAINER, "Tess")
        assert prepare(north) == 0
        place = Place(make_school(region="Zuid", name="Zuid"))
        grant(tess, Role.TRAINER, school=place.school)
        assert prepare(north) == 1
        assert said() == {"Tess": ["- Bovenbouw: routekaart 2026-2027"]}
        Mail.objects.all().delete()
        assert prepare(south) == 1
        assert said() == {"Tess": ["- Bovenbouw: routekaart 2026-2027"]}
        assert Mail.objects.get().school.name == "Noord"


class TestWho:
    def test_who_does_not_want_it(self) -> None:
        tess = Place().guide(Role.TRAINER)
        by = access_for(tess)
        for _ in range(2):
            choose_weekly_mail(by=by, wanted=False)
        assert prepare() == 0
        choose_weekly_mail(by=by, wanted=True)
        assert prepare() == 1
        with scopes_disabled():
            actions = list(AuditEntry.objects.values_list("action", "object_id"))
        assert actions == [("choose_weekly_mail", str(tess.pk))] * 2

    def test_who_is_not_active(self) -> None:
        Place().guide(Role.TRAINER)
        Person.objects.update(is_active=False)
        assert prepare() == 0

    def test_nobody_else_sees_that_it_was_sent(self) -> None:
        place = Place()
        tess = place.guide(Role.TRAINER)
        others = [place.guide(role) for role in (Role.DIRECTOR, Role.TRAINER, Role.TEAM_LEAD)]
        prepare()
        Mail.objects.exclude(person=tess).delete()
        for person, number in ((tess, 1), *((other, 0) for other in others)):
            by = access_for(person)
            with by.entered():
                assert mails_for(by=by, school_id=place.school.pk).count() == number
        row = Mail.objects.get()
        Mail.objects.update(state="failed")
        for step in (retry_mail, cancel_mail):
            with pytest.raises(NotFound):
                step(by=access_for(others[0]), mail_id=row.pk)


class TestSending:
    """What waits is read again when it goes out."""

    def send(self, day: date = MONDAY, hour: int = 10) -> tuple[str, str]:
        row = Mail.objects.get()
        Mail.objects.update(due_at=Now() - timedelta(seconds=1))
        mail.send(row.pk, now=at(day, hour))
        row.refresh_from_db()
        return row.state, row.failure

    def queued(self) -> tuple[Place, Person]:
        place = Place()
        tess = place.guide(Role.TRAINER, "Tess")
        assert prepare() == 1
        return place, tess

    def test_with_what_waits_by_then(self) -> None:
        place, tess = self.queued()
        Place(place.school)
        assert self.send() == ("sent", "")
        (sent,) = outbox.outbox
        assert (sent.to, sent.subject) == ([tess.email], "Deze week: 2 punten voor jou")
        assert "- Bovenbouw: routekaart 2026-2027" in str(sent.body)

    def test_not_when_nothing_waits_any_more(self) -> None:
        place, _ = self.queued()
        place.put("advised")
        assert self.send() == ("cancelled", mail.NOT_NEEDED)
        assert outbox.outbox == []

    def test_not_to_who_wants_it_no_more(self) -> None:
        _, tess = self.queued()
        choose_weekly_mail(by=access_for(tess), wanted=False)
        assert self.send() == ("cancelled", mail.NOT_NEEDED)

    def test_at_night_it_waits_for_a_working_day(self) -> None:
        place, tess = self.queued()
        employ(tess, place.school, working_days=[1, 4])
        assert self.send(hour=19) == ("queued", "")
        row = Mail.objects.get()
        assert (row.attempts, row.due_at) == (0, at(MONDAY + timedelta(days=3), 7))
        assert self.send(MONDAY + timedelta(days=3)) == ("sent", "")

    def test_next_week_it_is_dropped(self) -> None:
        self.queued()
        assert self.send(MONDAY + timedelta(days=7)) == ("cancelled", mail.NOT_NEEDED)
        assert prepare(MONDAY + timedelta(days=7)) == 1


class TestUnreadable:
    """A plan that cannot be read, as after damage by hand: the others hear what waits."""

    def broken(self) -> Place:
        place = Place(make_school(name="Kapot"), state="submitted")
        running = make_routekaart(place.team, school_year=2025, state="running")
        StudyDay.objects.create(
            routekaart=running, date=MONDAY, kind="day", starts_at=time(9), minutes=360
        )
        Plan.objects.create(
            routekaart=running, version=1, content={"broken": True}, approved_at=at(MONDAY)
        )
        return place

    def mend(self) -> None:
        with scopes_disabled():
            StudyDay.objects.all().delete()

    def test_costs_the_others_nothing(self, caplog: pytest.LogCaptureFixture) -> None:
        with scopes_disabled():
            broken = self.broken()
        whole = Place()
        broken.guide(Role.TRAINER, "Kim")
        broken.guide(Role.TRAINER, "Ko")
        whole.guide(Role.TRAINER, "Tess")
        both = whole.guide(Role.TRAINER, "Bo")
        grant(both, Role.TRAINER, school=broken.school)
        for _ in range(2):
            with pytest.raises(NotAllRead, match=r"^1 schools could not be read$"):
                prepare()
            assert said() == {"Bo": [ROUTEKAART], "Tess": [ROUTEKAART]}
        # Once for each time, however many guide its teams; without a name.
        fields = [getattr(record, "fields", None) for record in caplog.records]
        assert fields == [{"school": str(broken.school.pk)}] * 2
        assert {record.getMessage() for record in caplog.records} == {
            "What waits at a school could not be read."
        }
        self.mend()
        assert prepare(hour=11) == 2
        assert sorted(said()) == ["Bo", "Kim", "Ko", "Tess"]

    def test_nor_when_it_breaks_before_the_mail_goes(self) -> None:
        whole = Place()
        both = whole.guide(Role.TRAINER, "Bo")
        with scopes_disabled():
            broken = self.broken()
        grant(both, Role.TRAINER, school=broken.school)
        kim = broken.guide(Role.TRAINER, "Kim")
        for person, place in ((both, whole), (kim, broken)):
            Mail.objects.create(
                school=place.school,
                person=person,
                kind=MailKind.WEEKLY,
                key=week_key(MONDAY),
                state="queued",
            )
        assert mail.send_due(now=at(MONDAY)) == 2
        (sent,) = outbox.outbox
        assert sent.to == [both.email]
        # Nothing is known of what waits for her: it is not dropped as if that were nothing.
        row = Mail.objects.get(person=kim)
        assert (row.state, row.failure) == ("queued", mail.TRYING_AGAIN)

    def test_the_end_of_the_time_ends_it_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def over(*_: object) -> None:
            raise SoftTimeLimitExceeded

        Place().guide(Role.TRAINER)
        monkeypatch.setattr(weekly, "_school_week", over)
        with pytest.raises(SoftTimeLimitExceeded):
            mail.prepare(at(MONDAY))

    def test_digests_of_others_and_the_overviews_are_there(self) -> None:
        with scopes_disabled():
            broken = self.broken()
        broken.guide(Role.TRAINER, "Kim")
        broken.agreement(TUESDAY, owner=broken.guide(Role.MEMBER, "Kees"))
        whole = Place()
        whole.guide(Role.TRAINER, "Tess")
        whole.agreement(TUESDAY, owner=whole.guide(Role.MEMBER, "Mo"))
        with pytest.raises(NotAllRead):
            mail.prepare(at(MONDAY))
        rows = Mail.objects.order_by("kind").values_list("kind", "person__name")
        assert list(rows) == [("digest", "Mo"), ("weekly", "Tess")]


def test_the_worker_prepares_both_and_each_once() -> None:
    place = Place()
    place.guide(Role.TRAINER)
    place.agreement(TUESDAY, owner=place.guide(Role.MEMBER))
    now = at(MONDAY)
    assert [mail.prepare(now), mail.prepare(now)] == [2, 0]
    assert prepare_digests(today=MONDAY, now=now) == 0
