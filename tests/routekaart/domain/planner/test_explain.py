"""Why a plan is as it is, and what would help: every promise is checked by planning again."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.people import Member
from routekaart.domain.planner.changes import (
    AddStudyDay,
    ChangeSettings,
    CourseVoluntary,
    MoreWeeklyMinutes,
    Words,
    changed,
)
from routekaart.domain.planner.draft import draft_of
from routekaart.domain.planner.even_days import evened
from routekaart.domain.planner.explain import (
    Explanation,
    Help,
    HelpKind,
    PostponedGoal,
    Stop,
    explain,
    without_persons,
)
from routekaart.domain.planner.explain.fit import Fit
from routekaart.domain.planner.explain.solving import OutOfSolves, Solver, smallest
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.plan import Code
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.planner.question import Referee, Slot
from tests.explained import Promises, dates
from tests.problems import NOORD, Dice
from tests.random_schools import random_school

WORDS = Words({"leerkracht": "Leerkrachten", "assistent": "Onderwijsassistenten"})
NOV, FEB, MAY = date(2026, 11, 4), date(2027, 2, 10), date(2027, 5, 19)


def day(day_id: str, on: date, kind: StudyDayKind = StudyDayKind.DAY, **values: Any) -> StudyDay:
    start, minutes = (time(8, 30), 360) if kind is StudyDayKind.DAY else (time(13), 180)
    return StudyDay(day_id, on, kind, start, minutes, **values)


def preparations(asked: dict[tuple[str, str], int], people: Sequence[Member]) -> list[Preparation]:
    """`asked`: minutes by goal and function; each is a course of its own for all who have it."""
    return [
        Preparation(goal, member.id, f"{goal}-{function}", f"Cursus {goal} {function}", minutes)
        for (goal, function), minutes in asked.items()
        for member in people
        if function in member.functions
    ]


PEOPLE = (
    Member("kim", "Kim Kort", functions=("leerkracht",)),
    Member("lou", "Lou Lang", functions=("leerkracht",)),
    Member("sam", "Sam Snel", functions=("assistent",), own_weekly_minutes=20),
    Member("zoë", "Zoë Zacht", functions=("assistent",), own_weekly_minutes=20),
)


def problem(
    asked: dict[tuple[str, str], int],
    days: Sequence[StudyDay],
    goals: Sequence[Goal] = (),
    people: Sequence[Member] = PEOPLE,
    **values: Any,
) -> Problem:
    """Goals in order of their name, with room for one a day unless said otherwise."""
    names = sorted({goal for goal, _ in asked})
    found = goals or [Goal(name, f"Wij leren {name}", 1 + n) for n, name in enumerate(names)]
    return Problem(
        calendar=NOORD,
        members=tuple(people),
        goals=tuple(found),
        preparations=tuple(preparations(asked, people)),
        study_days=tuple(days),
        settings=Settings(**{"goals_per_day": 1, "wait_for_all": True} | values),
    )


def checked(asked: Problem, *, evens: bool = False, **values: Any) -> Explanation:
    """The explanation, after every promise in it was found to hold."""
    found = explain(asked, words=WORDS, evens=evens, **values)
    assert Promises(asked, evens=evens).broken(found) == []
    return found


def only(explanation: Explanation) -> PostponedGoal:
    assert len(explanation.postponed) == 1
    return explanation.postponed[0]


def by_kind(goal: PostponedGoal) -> dict[HelpKind, Help]:
    return {one.kind: one for one in goal.helps}


# --- A goal that is stopped by time --------------------------------------------------------------
SHORT = problem({("a", "assistent"): 150}, [day("nov", NOV)])


def test_who_is_short_stands_in_numbers_with_weeks() -> None:
    goal = only(checked(SHORT))
    assert goal.code is Code.PREPARATION_SHORT
    (reason,) = goal.days
    assert (reason.study_day_id, reason.stop) == ("nov", Stop.NO_TIME)
    (people,) = reason.people
    assert (people.function, people.people, people.member_ids) == ("assistent", 2, ("sam", "zoë"))
    # Five weeks without that of the autumn holiday: 4 × 20 of the 150 minutes.
    assert (people.minutes, people.first_week, people.last_week) == (
        70,
        date(2026, 9, 28),
        date(2026, 10, 26),
    )
    assert reason.text == (
        "Woensdag 4 november 2026: ook zonder andere doelen lukt de voorbereiding niet: 2 van de "
        "onderwijsassistenten komen tot 1 uur 10 min studietijd tekort tussen 28 september 2026 "
        "en 30 oktober 2026."
    )
    assert goal.text == (
        "‘Wij leren a’ heeft nog geen studiedag. Vóór 1 studiedag is er ook zonder andere doelen "
        "te weinig studietijd."
    )


def test_more_minutes_go_to_those_who_are_short_and_no_further() -> None:
    one = by_kind(only(checked(SHORT)))[HelpKind.MORE_MINUTES]
    assert one.changes == (MoreWeeklyMinutes(20, function="assistent"),)
    assert one.text == "20 minuten per week meer voor de onderwijsassistenten"
    assert one.effect == ("‘Wij leren a’ staat dan op woensdag 4 november 2026.",)
    # One step less is 15 minutes, with which it was planned again here.
    less = changed(SHORT, [MoreWeeklyMinutes(15, function="assistent")])
    assert dates(plan_optimally(less)) == {}


def test_one_person_who_is_short_gets_the_minutes_alone() -> None:
    people = (*PEOPLE[:3], replace(PEOPLE[3], own_weekly_minutes=60))
    one = by_kind(
        only(checked(problem({("a", "assistent"): 150}, [day("nov", NOV)], people=people)))
    )
    assert one[HelpKind.MORE_MINUTES].changes == (MoreWeeklyMinutes(20, member="sam"),)
    assert one[HelpKind.MORE_MINUTES].text == "20 minuten per week meer voor Sam Snel"
    # For whom a course is voluntary is then that person, too.
    assert one[HelpKind.VOLUNTARY].changes == (CourseVoluntary("a-assistent", member="sam"),)


def test_what_the_whole_team_needs_is_a_setting_of_the_team() -> None:
    one = by_kind(
        only(checked(problem({("a", "leerkracht"): 330}, [day("nov", NOV)], people=PEOPLE[:2])))
    )
    assert one[HelpKind.MORE_MINUTES].changes == (ChangeSettings.of(team_weekly_minutes=85),)
    assert one[HelpKind.MORE_MINUTES].text == "1 uur 25 min studietijd per week bij 1 fte"
    # An own agreement does not follow the team: then it is for each of them.
    people = [replace(member, own_weekly_minutes=60) for member in PEOPLE[:2]]
    one = by_kind(
        only(checked(problem({("a", "leerkracht"): 330}, [day("nov", NOV)], people=people)))
    )
    assert one[HelpKind.MORE_MINUTES].changes == (MoreWeeklyMinutes(25, function="leerkracht"),)


def test_two_functions_that_are_short_get_the_minutes_together() -> None:
    asked = problem({("a", "assistent"): 150, ("a", "leerkracht"): 330}, [day("nov", NOV)])
    one = by_kind(only(checked(asked)))[HelpKind.MORE_MINUTES]
    assert one.text == ("25 minuten per week meer voor de onderwijsassistenten en de leerkrachten")


def test_a_course_is_made_voluntary_for_the_function_that_is_short() -> None:
    people = [replace(member, functions=(*member.functions, "allen")) for member in PEOPLE]
    asked = problem({("a", "allen"): 150}, [day("nov", NOV)], people=people)
    one = by_kind(only(checked(asked)))[HelpKind.VOLUNTARY]
    assert one.changes == (CourseVoluntary("a-allen", function="assistent"),)
    assert one.text == ("de cursus ‘Cursus a allen’ vrijwillig maken voor de onderwijsassistenten")


def test_the_window_opens_no_earlier_than_needed() -> None:
    asked = problem({("a", "leerkracht"): 300}, [day("nov", NOV)], window_weeks=4)
    helps = by_kind(only(checked(asked)))
    assert list(helps) == [HelpKind.VOLUNTARY, HelpKind.WINDOW]
    one = helps[HelpKind.WINDOW]
    assert one.changes == (ChangeSettings.of(window_weeks=7),)
    assert one.text == "voorbereiden vanaf 7 weken voor de studiedag"
    # Six weeks more are not enough either, nor are sixty minutes.
    asked = problem({("a", "leerkracht"): 480}, [day("feb", FEB)], window_weeks=4)
    assert list(by_kind(only(checked(asked)))) == [HelpKind.VOLUNTARY]


# --- A goal that is stopped by days --------------------------------------------------------------
FULL = problem(
    {("a", "leerkracht"): 60, ("b", "leerkracht"): 60, ("c", "leerkracht"): 60},
    [day("nov", NOV), day("feb", FEB)],
)


def test_a_full_day_names_the_goals_on_it() -> None:
    goal = only(checked(FULL))
    assert (goal.goal_id, goal.code) == ("c", Code.NO_FREE_DAY)
    assert [(r.study_day_id, r.stop, r.goal_ids) for r in goal.days] == [
        ("nov", Stop.NO_ROOM, ("a",)),
        ("feb", Stop.NO_ROOM, ("b",)),
    ]
    assert goal.days[0].text == "Woensdag 4 november 2026: de dag is vol met ‘Wij leren a’."
    assert goal.text == "‘Wij leren c’ heeft nog geen studiedag. 2 studiedagen zijn vol."


def test_an_extra_afternoon_comes_with_the_period_in_which_it_helps() -> None:
    helps = by_kind(only(checked(FULL)))
    assert list(helps) == [HelpKind.STUDY_AFTERNOON, HelpKind.GOALS_PER_DAY]
    one = helps[HelpKind.STUDY_AFTERNOON]
    (change,) = one.changes
    assert isinstance(change, AddStudyDay)
    assert (change.kind, change.start, change.minutes) == (StudyDayKind.AFTERNOON, time(13), 180)
    assert one.not_before is not None
    assert one.not_before <= change.date
    assert one.before is None
    assert one.text.startswith("een extra studiemiddag vanaf ")
    assert one.text.endswith("van 13.00 tot 16.00 uur (aanname)")
    # In the last week before that period it does not help.
    before = [
        open_day
        for open_day in NOORD.open_days
        if open_day < one.not_before and open_day not in {NOV, FEB}
    ]
    earlier = changed(FULL, [replace(change, date=before[-3])])
    assert "c" not in dates(plan_optimally(earlier))


def test_an_extra_afternoon_before_a_day_that_others_need() -> None:
    """It helps until the weeks before it are those that the goals of May need."""
    asked = problem(
        {("a", "leerkracht"): 300, ("b", "leerkracht"): 120},
        [day("may", MAY)],
        goals=[Goal("a", "Wij leren a", 1), Goal("b", "Wij leren b", 2)],
    )
    one = by_kind(only(checked(asked)))[HelpKind.STUDY_AFTERNOON]
    assert one.before is not None
    assert "vóór" in one.text or "tussen" in one.text
    (change,) = one.changes
    assert isinstance(change, AddStudyDay)
    assert change.date < one.before


def test_the_hours_of_an_extra_day_are_those_of_the_team() -> None:
    asked = problem(
        {("a", "leerkracht"): 60, ("b", "leerkracht"): 60},
        [replace(day("nov", NOV, StudyDayKind.AFTERNOON), start=time(14), minutes=120)],
    )
    one = by_kind(only(checked(asked)))[HelpKind.STUDY_AFTERNOON]
    assert one.text.endswith("van 14.00 tot 16.00 uur")


def test_a_whole_day_where_an_afternoon_is_not_enough() -> None:
    """A more urgent goal takes the one place of an afternoon."""
    asked = problem(
        {("a", "leerkracht"): 60, ("b", "leerkracht"): 60},
        [],
        goals_per_day=2,
    )
    found = checked(asked)
    first, second = found.postponed
    assert first.code is Code.NO_STUDY_DAY
    assert (
        first.text == "‘Wij leren a’ heeft nog geen studiedag. Er is geen studiedag waarop het kan."
    )
    assert [one.kind for one in first.helps] == [HelpKind.STUDY_AFTERNOON]
    assert [one.kind for one in second.helps] == [HelpKind.STUDY_DAY]


def test_one_candidate_date_more() -> None:
    asked = problem(
        {("a", "leerkracht"): 60, ("b", "leerkracht"): 60},
        [day("nov", NOV, fixed=False), day("feb", FEB, fixed=False)],
        most_candidate_days=1,
    )
    goal = only(checked(asked))
    assert [reason.stop for reason in goal.days] == [Stop.NO_ROOM, Stop.NO_CANDIDATE]
    one = by_kind(goal)[HelpKind.CANDIDATE]
    assert one.changes == (ChangeSettings.of(most_candidate_days=2),)
    assert one.text == "hoogstens 2 kandidaatdata gebruiken"


def test_goals_per_day_that_are_left_to_us_follow_the_days() -> None:
    """An extra day may take a place a day away: that is reckoned with."""
    asked = evened(
        problem(
            {(name, "leerkracht"): 60 for name in "abc"},
            [day("nov", NOV), day("late", date(2026, 8, 26))],
        )
    )
    assert asked.settings.goals_per_day == 2
    checked(asked, evens=True)


# --- Order ---------------------------------------------------------------------------------------
def test_a_goal_that_waits_for_another_says_so_and_gets_help_for_both() -> None:
    asked = problem(
        {("a", "assistent"): 150, ("b", "leerkracht"): 30},
        [day("nov", NOV), day("feb", FEB), day("may", MAY)],
        goals=[Goal("a", "Wij leren a", 2), Goal("b", "Wij leren b", 1, after=("a",))],
        window_weeks=3,
    )
    found = checked(asked)
    waiting = next(goal for goal in found.postponed if goal.goal_id == "b")
    assert waiting.code is Code.ORDER_UNMET
    assert waiting.text == (
        "‘Wij leren b’ heeft nog geen studiedag. Het komt na ‘Wij leren a’, en dat heeft nog geen "
        "studiedag."
    )
    assert {reason.stop for reason in waiting.days} == {Stop.ORDER}
    more = by_kind(waiting)[HelpKind.MORE_MINUTES]
    assert {move.goal_id for move in more.moves} == {"a", "b"}


def test_goals_in_a_circle_are_told_to_change_the_order() -> None:
    asked = problem(
        {("a", "leerkracht"): 60, ("b", "leerkracht"): 60},
        [day("nov", NOV)],
        goals=[
            Goal("a", "Wij leren a", 1, after=("b",)),
            Goal("b", "Wij leren b", 2, after=("a",)),
        ],
    )
    found = checked(asked)
    assert [(goal.code, goal.helps, goal.complete) for goal in found.postponed] == [
        (Code.ORDER_CYCLE, (), True)
    ] * 2
    assert found.postponed[0].text.endswith("pas de volgorde aan.")


# --- Goals that have a day -----------------------------------------------------------------------
def test_a_placed_goal_says_why_there_and_why_not_earlier() -> None:
    asked = problem(
        {("a", "leerkracht"): 60, ("b", "leerkracht"): 260, ("c", "leerkracht"): 60},
        [day("sep", date(2026, 9, 16)), day("oct", date(2026, 10, 7)), day("feb", FEB)],
        goals=[
            Goal("a", "Wij leren a", 1),
            Goal("b", "Wij leren b", 2),
            Goal("c", "Wij leren c", 3, after=("b",)),
        ],
    )
    placed = {goal.goal_id: goal for goal in checked(asked).placed}
    assert placed["a"].earlier == ()
    assert [reason.stop for reason in placed["b"].earlier] == [Stop.NO_TIME]
    assert [(reason.stop, reason.goal_ids) for reason in placed["c"].earlier] == [
        (Stop.ORDER, ("b",)),
        (Stop.ORDER, ("b",)),
    ]
    assert placed["a"].reason == "Dit is de eerste studiedag."


def test_time_that_other_goals_take_is_told_with_those_goals() -> None:
    asked = problem(
        {("a", "leerkracht"): 200, ("b", "leerkracht"): 200},
        [day("nov", NOV), day("feb", FEB)],
        goals_per_day=2,
    )
    placed = {goal.goal_id: goal for goal in checked(asked).placed}
    (reason,) = placed["b"].earlier
    assert (reason.stop, reason.goal_ids) == (Stop.TIME_TAKEN, ("a",))
    assert (
        "de studietijd is al nodig voor ‘Wij leren a’: 2 van de leerkrachten komen" in reason.text
    )


# --- People --------------------------------------------------------------------------------------
LEFT_BEHIND = problem(
    {("a", "assistent"): 150, ("a", "leerkracht"): 60}, [day("nov", NOV)], wait_for_all=False
)


def test_who_cannot_be_ready_is_helped_alone() -> None:
    found = checked(LEFT_BEHIND)
    assert found.postponed == ()
    assert [(person.member_id, person.courses) for person in found.people] == [
        ("sam", ("a-assistent",)),
        ("zoë", ("a-assistent",)),
    ]
    sam, zoe = found.people
    assert [one.changes for one in sam.helps] == [
        (MoreWeeklyMinutes(20, member="sam"),),
        (CourseVoluntary("a-assistent", member="sam"),),
    ]
    assert [one.text for one in zoe.helps] == [
        "20 minuten per week meer voor Zoë Zacht",
        "de cursus ‘Cursus a assistent’ vrijwillig maken voor Zoë Zacht",
    ]
    assert sam.helps[0].effect == ("Sam Snel is dan op tijd klaar voor ‘Wij leren a’.",)
    assert sam.text.startswith("Sam Snel kan niet klaar zijn voor ‘Wij leren a’ op woensdag 4 nov")


def test_people_alike_are_solved_once() -> None:
    one = replace(
        LEFT_BEHIND,
        members=LEFT_BEHIND.members[:3],
        preparations=tuple(row for row in LEFT_BEHIND.preparations if row.member_id != "zoë"),
    )
    step = Solver(LEFT_BEHIND, None, evens=False, work=0).cost // 4
    needed = next(n for n in range(400) if explain(one, work=n * step).complete)
    # A profile of two people has a few rows more than one of one, and nothing is solved twice.
    assert explain(LEFT_BEHIND, work=needed * step * 5 // 4).complete
    assert not explain(LEFT_BEHIND, work=needed * step // 2).complete


# --- Limits and sight ----------------------------------------------------------------------------
def test_a_search_that_is_stopped_says_so_and_keeps_what_it_found() -> None:
    full = only(explain(SHORT, words=WORDS))
    seen = set()
    step = Solver(SHORT, None, evens=False, work=0).cost
    for number in range(40):
        goal = only(explain(SHORT, words=WORDS, work=number * step))
        assert goal.helps == full.helps[: len(goal.helps)]
        assert goal.complete == (goal.helps == full.helps) or not goal.complete
        seen.add(goal.complete)
    assert seen == {True, False}
    assert only(explain(SHORT, work=0)).helps == ()
    assert not explain(LEFT_BEHIND, work=0).complete


def test_the_order_of_rows_makes_no_difference() -> None:
    asked = random_school(4, 2, 6, 3, seed=5)
    asked = replace(asked, settings=replace(asked.settings, team_weekly_minutes=40))
    dice = random.Random(5)  # noqa: S311  (nothing here is a secret)
    mixed = replace(
        asked,
        members=tuple(dice.sample(asked.members, len(asked.members))),
        goals=tuple(dice.sample(asked.goals, len(asked.goals))),
        preparations=tuple(dice.sample(asked.preparations, len(asked.preparations))),
        study_days=tuple(dice.sample(asked.study_days, len(asked.study_days))),
    )
    assert explain(asked).postponed != ()
    assert explain(mixed) == explain(asked)


def test_no_more_is_solved_than_allowed_and_nothing_twice() -> None:
    cost = Solver(SHORT, None, evens=False, work=0).cost
    solver = Solver(SHORT, None, evens=False, work=cost * 9 // 2)
    first, second, third = (MoreWeeklyMinutes(n, function="assistent") for n in (5, 10, 15))
    with solver.at_most(cost * 5 // 4):
        assert solver.after(first) is solver.after(first)
        with pytest.raises(OutOfSolves):
            solver.after(second)
    left = solver.left
    assert cost * 2 < left < cost * 3
    assert solver.after(MoreWeeklyMinutes(5, function="nobody")) is None
    assert solver.left == left
    solver.after(second)
    solver.after(third)
    with pytest.raises(OutOfSolves):
        solver.after(second, third)
    assert solver.after(first) is not None


@given(
    answers=st.lists(st.booleans(), min_size=1, max_size=12),
    guess=st.none() | st.integers(0, 11),
)
def test_the_smallest_step_helps_and_the_one_before_does_not(
    answers: list[bool], guess: int | None
) -> None:
    guess = None if guess is None else min(guess, len(answers) - 1)
    found = smallest(range(len(answers)), lambda step: answers[step], guess)
    if found is None:
        assert not answers[-1]
    else:
        assert answers[found]
        assert found == 0 or not answers[found - 1]


NAMES = [member.name for member in PEOPLE]


def test_reasons_never_name_people_whatever_the_words() -> None:
    found = explain(SHORT, words=WORDS)
    texts = [reason.text for goal in found.postponed for reason in goal.days]
    assert texts != []
    assert not any(name in text for name in NAMES for text in texts)


def test_without_persons_nothing_is_left_of_others() -> None:
    people = (*PEOPLE[:3], replace(PEOPLE[3], own_weekly_minutes=60))
    asked = problem(
        {("a", "assistent"): 150, ("b", "assistent"): 500, ("b", "leerkracht"): 10},
        [day("nov", NOV)],
        people=people,
    )
    found = explain(asked, words=replace(WORDS, names=False))
    stripped = without_persons(found)
    shown = repr(stripped)
    assert stripped.postponed != ()
    assert not any(member.id in shown or member.name in shown for member in people)
    assert any("één persoon" in one.text for goal in stripped.postponed for one in goal.helps)
    own = without_persons(explain(LEFT_BEHIND, words=replace(WORDS, names=False)), "sam")
    assert [person.member_id for person in own.people] == ["sam"]
    assert own.people[0].helps[0].changes == (MoreWeeklyMinutes(20, member="sam"),)


# --- Against random problems ---------------------------------------------------------------------
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_every_help_helps_in_any_school(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  (nothing here is a secret)
    asked = random_school(dice.choice([2, 3, 4]), dice.choice([1, 2, 3]), 4, 4, seed)
    asked = replace(
        asked,
        settings=replace(
            asked.settings,
            wait_for_all=dice.random() < 0.5,
            team_weekly_minutes=dice.choice([30, 60, 100]),
            goals_per_day=dice.choice([1, 2]),
        ),
    )
    checked(asked, work=10**9)


@settings(max_examples=60, deadline=None)
@given(source=st.randoms(use_true_random=False), evens=st.booleans())
def test_every_help_helps_in_any_routekaart(source: random.Random, evens: bool) -> None:
    asked = Dice(source).problem()
    checked(evened(asked) if evens else asked, evens=evens)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_every_help_helps_halfway_through_the_year(seed: int) -> None:
    """Beside a published plan, of which the first months lie behind."""
    asked = random_school(4, 3, 6, 3, seed)
    tight = replace(asked.settings, team_weekly_minutes=45, goals_per_day=1)
    published = plan_optimally(replace(asked, settings=tight))
    now = replace(asked, settings=tight, members=asked.members[:-1], plan_from=date(2027, 1, 18))
    found = explain(now, published)
    assert Promises(now, published).broken(found) == []


@settings(max_examples=150, deadline=None)
@given(source=st.randoms(use_true_random=False))
def test_who_is_short_is_what_the_conditions_say(source: random.Random) -> None:
    draft = draft_of(Dice(source).problem())
    question = draft.question
    # Only the conditions on time: room for all, no order, every candidate.
    alone = replace(
        question,
        slots=tuple(Slot(slot.date, 99, slot.group) for slot in question.slots),
        after=(),
        choices=(),
    )
    fit, referee = Fit.of(draft), Referee(alone)
    for _ in range(5):
        places = {
            goal: source.randrange(len(alone.slots))
            for goal in alone.goals
            if alone.slots and source.random() < 0.7
        }
        assert fit.fits(places) is referee.is_right(places)
        assert fit.fits(places) is (fit.shorts(places) == [])


@pytest.mark.parametrize("seed", range(3))
def test_a_team_of_six_goals_is_explained_within_the_limit(seed: int) -> None:
    asked = random_school(6, 3, 20, 8, seed)
    asked = replace(
        asked, settings=replace(asked.settings, team_weekly_minutes=60, goals_per_day=2)
    )
    found = explain(asked)
    assert found.postponed != ()
    assert all(goal.helps for goal in found.postponed)


def test_the_example_date_leaves_the_other_goals_where_they_are() -> None:
    """A day before the one of ‘a’ would have ‘a’ move to it."""
    asked = problem(
        {("a", "leerkracht"): 30, ("b", "leerkracht"): 30},
        [day("feb", FEB)],
        goals=(Goal("a", "Wij leren a", 1), Goal("b", "Wij leren b", 2)),
        goals_per_day=1,
    )
    [goal] = explain(asked, words=WORDS).postponed
    [one] = [item for item in goal.helps if item.kind is HelpKind.STUDY_AFTERNOON]
    assert [move.goal_id for move in one.moves] == ["b"]
    [change] = one.changes
    assert isinstance(change, AddStudyDay)
    assert change.date > FEB
