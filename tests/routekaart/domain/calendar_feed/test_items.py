"""What stands in a calendar, in words."""

from dataclasses import replace
from datetime import date, time, timedelta

from routekaart.domain.calendar_feed.events import EventKind, FeedItem, When
from routekaart.domain.calendar_feed.items import (
    SHOWN_BACK,
    CalendarFacts,
    CourseFacts,
    DayFacts,
    MeetingFacts,
    OfTeam,
    VisitFacts,
    items_of,
    study_day_item,
)

TODAY = date(2026, 10, 5)
OF = OfTeam("Onderbouw", "De Wilg")
DAY = DayFacts(
    id="d1",
    of=OF,
    word="studiedag",
    title="Feedback",
    on=date(2026, 11, 4),
    starts_at=time(8, 30),
    minutes=420,
    room="Aula",
)


def _one(facts: CalendarFacts) -> FeedItem:
    [item] = items_of(facts, TODAY)
    return item


def test_a_study_day() -> None:
    assert study_day_item(DAY) == FeedItem(
        uid="study-day-d1@routekaart",
        kind=EventKind.STUDY_DAY,
        when=When(date(2026, 11, 4), time(8, 30), 420),
        summary="Studiedag: Feedback",
        description="Studiedag van Onderbouw, De Wilg.",
        location="Aula, De Wilg",
    )


def test_a_study_day_without_title_and_room() -> None:
    item = study_day_item(replace(DAY, word="studiemiddag", title="", room=""))
    assert (item.summary, item.location) == ("Studiemiddag", "De Wilg")
    # A title of nothing but marks is no title.
    assert study_day_item(replace(DAY, title="\u202e\x00 ")).summary == "Studiedag"


def test_what_goes_before_and_comes_after_a_study_day() -> None:
    day = replace(
        DAY,
        deadline=date(2026, 10, 28),
        follow_up_on=date(2026, 12, 2),
        evaluation_on=date(2027, 1, 20),
    )
    found = items_of(CalendarFacts(days=(day,)), TODAY)
    assert [(item.uid, item.when, item.summary) for item in found] == [
        ("deadline-d1@routekaart", When(date(2026, 10, 28)), "Voorbereiding klaar: Feedback"),
        (
            "study-day-d1@routekaart",
            When(date(2026, 11, 4), time(8, 30), 420),
            "Studiedag: Feedback",
        ),
        ("follow-up-d1@routekaart", When(date(2026, 12, 2)), "Vervolgmoment: Feedback"),
        ("evaluation-d1@routekaart", When(date(2027, 1, 20)), "Evaluatie: Feedback"),
    ]
    assert found[0].description == (
        "Het team is klaar met de voorbereiding op de studiedag van 4 november 2026. "
        "Van Onderbouw, De Wilg."
    )


def test_a_day_without_title_is_called_by_its_date() -> None:
    day = replace(DAY, title="", follow_up_on=date(2026, 12, 2))
    _, follow_up = items_of(CalendarFacts(days=(day,)), TODAY)
    assert follow_up.summary == "Vervolgmoment: studiedag van 4 november 2026"


def test_a_meeting_with_and_without_a_time() -> None:
    meeting = MeetingFacts("m1", OF, "Rekenen", date(2026, 11, 18), time(15, 0), 90)
    assert _one(CalendarFacts(meetings=(meeting,))) == FeedItem(
        uid="plg-meeting-m1@routekaart",
        kind=EventKind.PLG_MEETING,
        when=When(date(2026, 11, 18), time(15, 0), 90),
        summary="PLG Rekenen",
        description="Bijeenkomst van de PLG van Onderbouw, De Wilg.",
        location="De Wilg",
    )
    untimed = _one(CalendarFacts(meetings=(replace(meeting, name="", starts_at=None),)))
    assert untimed.summary == "PLG-bijeenkomst"
    assert untimed.description.endswith("De tijd spreken jullie zelf af.")
    assert untimed.when.end == date(2026, 11, 19)


def test_a_lesson_visit_says_which_of_the_two_one_is_and_no_name() -> None:
    visit = VisitFacts("v1", OF, False, date(2026, 11, 10), time(10, 0), 45)
    visitor = _one(CalendarFacts(visits=(visit,)))
    host = _one(CalendarFacts(visits=(replace(visit, hosts=True),)))
    assert visitor.summary == "Lesbezoek: jij kijkt bij een collega"
    assert host.summary == "Lesbezoek: een collega kijkt bij jou"
    assert visitor.uid == host.uid == "lesson-visit-v1@routekaart"


def test_a_course_stands_on_its_last_day() -> None:
    course = CourseFacts("c1", OF, "Feedback geven", date(2026, 10, 28), date(2026, 11, 4))
    assert _one(CalendarFacts(courses=(course,))) == FeedItem(
        uid="course-c1@routekaart",
        kind=EventKind.COURSE,
        when=When(date(2026, 10, 28)),
        summary="Cursus klaar: Feedback geven",
        description="Dit is de laatste dag voor deze cursus. Nodig voor de studiedag van "
        "4 november 2026. Van Onderbouw, De Wilg.",
    )


def test_what_is_long_ago_is_left_out() -> None:
    last = TODAY - SHOWN_BACK
    for on, number in ((last, 1), (last - timedelta(days=1), 0)):
        facts = CalendarFacts(days=(replace(DAY, on=on),))
        assert len(items_of(facts, TODAY)) == number
