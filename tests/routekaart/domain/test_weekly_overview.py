"""The weekly overview: on which day, and in which words."""

from datetime import date, timedelta

import pytest

from routekaart.domain.people import Leave
from routekaart.domain.reminders import Workplace
from routekaart.domain.weekly_overview import (
    AgreementsDue,
    DayAhead,
    MailFailed,
    Overview,
    Place,
    Step,
    Waiting,
    is_first_working_day,
    opens_this_week,
    week_key,
)
from routekaart.domain.weekly_texts import weekly_text

MONDAY = date(2026, 9, 21)
# Open from Tuesday to Friday in this week.
OPEN = tuple(MONDAY + timedelta(days=offset) for offset in range(1, 5))


def first_days(*places: Workplace) -> list[int]:
    """The days of the week on which the overview comes: 0 is Monday."""
    return [
        offset
        for offset in range(7)
        if is_first_working_day(MONDAY + timedelta(days=offset), places)
    ]


@pytest.mark.parametrize(
    ("places", "days"),
    [
        ((), []),
        ((Workplace(OPEN, (1, 2, 3, 4, 5)),), [1]),
        ((Workplace(OPEN, (1, 4)),), [3]),
        ((Workplace(OPEN, (1,)),), []),
        ((Workplace((), (1, 2, 3, 4, 5)),), []),
        ((Workplace(OPEN, (2, 3), (Leave(OPEN[0], OPEN[0]),)),), [2]),
        ((Workplace(OPEN, (5,)), Workplace(OPEN, (3,))), [2]),
    ],
)
def test_it_comes_on_the_first_working_day(places: tuple[Workplace, ...], days: list[int]) -> None:
    assert first_days(*places) == days


def test_a_school_on_holiday_asks_nothing() -> None:
    place = Workplace(OPEN, (1,))
    assert opens_this_week(MONDAY, place)
    assert opens_this_week(MONDAY + timedelta(days=6), place)
    assert not opens_this_week(MONDAY + timedelta(days=7), place)
    assert not opens_this_week(MONDAY - timedelta(days=1), place)


def test_a_week_has_one_key_also_over_new_year() -> None:
    assert {week_key(MONDAY + timedelta(days=offset)) for offset in range(7)} == {"weekly:2026-W39"}
    assert week_key(date(2027, 1, 1)) == week_key(date(2026, 12, 31)) == "weekly:2026-W53"


ONDER = Place("De Proefschool", "Onderbouw")


def test_everything_in_words() -> None:
    overview = Overview(
        waiting=(
            Waiting(ONDER, Step.APPROVE, "2026-2027"),
            Waiting(ONDER, Step.ADVISE, "2027-2028"),
            Waiting(ONDER, Step.ACCEPT, "2027-2028"),
        ),
        days=(DayAhead(ONDER, date(2026, 11, 4), 12, 20),),
        agreements=(AgreementsDue(ONDER, 2, 1), AgreementsDue(ONDER, 0, 3)),
        mails=(MailFailed(Place("De Proefschool"), 1), MailFailed(ONDER, 2)),
    )
    text = weekly_text(overview, address="https://voorbeeld.test")
    assert text.subject == "Deze week: 8 punten voor jou"
    assert text.body == (
        "Hallo,\n\n"
        "Wacht op jouw advies:\n"
        "- Onderbouw: routekaart 2027-2028\n\n"
        "Het advies is er: neem het over of pas het aan:\n"
        "- Onderbouw: routekaart 2027-2028\n\n"
        "Wacht op jouw akkoord:\n"
        "- Onderbouw: routekaart 2026-2027\n\n"
        "Voorbereiding van de volgende studiedag:\n"
        "- Onderbouw, woensdag 4 november 2026: 12 van 20 keer een cursus af\n\n"
        "Afspraken:\n"
        "- Onderbouw: 2 over de datum, 1 voor deze week\n"
        "- Onderbouw: 3 voor deze week\n\n"
        "Mail die niet is aangekomen:\n"
        "- De Proefschool: 1 bericht\n"
        "- Onderbouw: 2 berichten\n\n"
        "Je vindt alles op https://voorbeeld.test\n"
    )


def test_two_schools_are_told_apart_and_no_name_makes_a_line() -> None:
    other = Place("De Andere", "Onder\nbouw")
    overview = Overview(
        waiting=(Waiting(ONDER, Step.ADVISE, "2026-2027"),), mails=(MailFailed(other, 1),)
    )
    lines = [line for line in weekly_text(overview).body.split("\n") if line[:1] == "-"]
    assert lines == [
        "- De Proefschool, Onderbouw: routekaart 2026-2027",
        "- De Andere, Onder bouw: 1 bericht",
    ]
