"""Skins give names and templates; handelingsgericht werken gets its twelve dates."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.catalogue import current_catalogue
from routekaart.domain.calendar import Override, Region, SchoolYear
from routekaart.domain.quality_cycle import CycleStep, Dated, cycle_steps, open_week_dates
from routekaart.domain.school_holidays import school_calendar
from routekaart.domain.skins import SKINS, Holds, SkinName
from routekaart.models.organisation import Skin as SkinChoice

CALENDAR = school_calendar(SchoolYear(2026), Region.NOORD)
WEEKDAYS = (2, 4, 1, 3, 5)
HGW = SKINS[SkinName.HGW]


def test_every_skin_gives_every_object_one_phase() -> None:
    assert [skin.value for skin in SKINS] == SkinChoice.values
    for skin in SKINS.values():
        held = [kind for phase in skin.phases for kind in phase.holds]
        assert sorted(held) == sorted(Holds)
        assert all(skin.word(kind) for kind in Holds)
        slugs = [phase.slug for phase in skin.phases]
        assert len(set(slugs)) == len(slugs)


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_what_has_a_source_is_as_the_catalogue_has_it() -> None:
    known = {each.slug: each for each in current_catalogue().instruments}
    for name, slug in ((SkinName.PDCA, "pdca"), (SkinName.HGW, "handelingsgericht-werken")):
        skin = SKINS[name]
        assert tuple(phase.title for phase in skin.phases) == known[slug].steps
        assert {skin.source, *(phase.source for phase in skin.phases)} == {known[slug].source}
    assert HGW.rounds == known["handelingsgericht-werken"].times_per_year
    # Of WMK no source gives the parts: all names are ours.
    assert {phase.source for phase in SKINS[SkinName.WMK].phases} == {""}


def test_names_change_and_data_do_not() -> None:
    dated = [
        Dated(Holds.EVALUATION, date(2027, 3, 2), "Feedback"),
        Dated(Holds.PLG_MEETING, date(2026, 12, 1), "Feedback", 90),
        Dated(Holds.PLG_MEETING, date(2026, 12, 1), "Feedback", 90),
    ]

    def told(name: SkinName) -> list[tuple[str, str, str, str]]:
        steps = cycle_steps(SKINS[name], dated, calendar=CALENDAR, weekdays=WEEKDAYS)
        return [
            (step.date.isoformat(), step.phase.title, step.title, step.about)
            for step in steps
            if step.kind
        ]

    assert told(SkinName.PDCA) == [
        ("2026-12-01", "Do", "PLG-bijeenkomst", "Feedback"),
        ("2027-03-02", "Act", "Evaluatie", "Feedback"),
    ]
    assert told(SkinName.LEERKRACHT) == [
        ("2026-12-01", "Werksessie", "Werksessie", "Feedback"),
        ("2027-03-02", "Terugblik", "Evaluatie", "Feedback"),
    ]
    assert told(SkinName.HGW) == []


def test_a_board_session_every_week_with_lessons() -> None:
    steps = cycle_steps(SKINS[SkinName.LEERKRACHT], [], calendar=CALENDAR, weekdays=WEEKDAYS)
    days = open_week_dates(CALENDAR, WEEKDAYS)
    assert len(days) == sum(week.open_days > 0 for week in CALENDAR.weeks)
    phase = SKINS[SkinName.LEERKRACHT].phases[0]
    assert list(steps) == [CycleStep(day, phase, "Bordsessie", minutes=15) for day in days]


def test_three_rounds_through_the_year() -> None:
    steps = cycle_steps(HGW, [], calendar=CALENDAR, weekdays=WEEKDAYS)
    assert [(step.round, step.title) for step in steps] == [
        (number, title)
        for number in (1, 2, 3)
        for title in ("Signaleren", "Analyseren", "Plannen", "Realiseren")
    ]
    weeks = [CALENDAR.open_days.index(step.date) // 5 for step in steps]
    gaps = [after - before for before, after in pairwise(weeks)]
    assert set(gaps) <= {2, 3, 4}


_CLOSED = st.lists(
    st.builds(
        lambda day, length: Override(day, day + timedelta(days=length), "Dicht"),
        st.dates(date(2025, 8, 1), date(2030, 7, 31)),
        st.integers(0, 60),
    ),
    max_size=4,
)


@given(
    st.integers(2025, 2034),
    st.sampled_from(Region),
    st.permutations((1, 2, 3, 4, 5)),
    _CLOSED,
)
@settings(max_examples=40, deadline=None)
def test_twelve_rising_open_dates_in_any_year(
    year: int, region: Region, weekdays: list[int], closed: list[Override]
) -> None:
    calendar = school_calendar(SchoolYear(year), region, overrides=closed)
    days = [step.date for step in cycle_steps(HGW, [], calendar=calendar, weekdays=weekdays)]
    assert len(days) == 12
    assert days == sorted(set(days))
    assert all(calendar.is_open(day) for day in days)


def test_a_school_that_is_hardly_open() -> None:
    calendar = school_calendar(
        SchoolYear(2026),
        Region.ZUID,
        overrides=[Override(date(2026, 8, 1), date(2027, 6, 27), "Verbouwing")],
    )
    steps = cycle_steps(HGW, [], calendar=calendar, weekdays=WEEKDAYS)
    assert len(steps) == 12
    assert [step.date for step in steps] == sorted({step.date for step in steps})
    shut = school_calendar(
        SchoolYear(2026),
        Region.ZUID,
        overrides=[Override(date(2026, 8, 1), date(2027, 7, 31), "Verbouwing")],
    )
    assert cycle_steps(HGW, [], calendar=shut, weekdays=WEEKDAYS) == ()
