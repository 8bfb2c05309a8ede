"""The difference between two plans: as data, in words, who is told, and how much stays."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.calendar import Closure, ClosureKind
from routekaart.domain.people import Leave, Member
from routekaart.domain.planner.changes import (
    AddMember,
    AddStudyDay,
    Change,
    ChangeSettings,
    CloseDays,
    CompleteCourse,
    MemberLeave,
    MoreWeeklyMinutes,
    MoveStudyDay,
    RemoveGoal,
    RemoveMember,
    RemoveStudyDay,
    WithdrawPreparation,
    changed,
)
from routekaart.domain.planner.diff import (
    ChangeKind,
    CourseChange,
    DayChange,
    DayTimes,
    GoalChange,
    GoalKind,
    Moment,
    MomentChange,
    PlanDifference,
    ShortageKind,
    Stability,
    WeekChanges,
    difference,
    only_own,
    published_items,
    sentences,
    stability,
)
from routekaart.domain.planner.greedy import plan_greedily
from routekaart.domain.planner.plan import Code, NotPlaced, Plan, Subject
from routekaart.domain.planner.problem import (
    Goal,
    JointActivity,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.plg import PlgMeeting
from tests.problems import NOORD, Dice

SAM, KIM = Member("sam", "Sam"), Member("kim", "Kim")
NAMES = {"sam": "Sam", "kim": "Kim"}
LOOK, TALK = Goal("look", "Wij leren kijken", 1), Goal("talk", "Wij leren praten", 2)
# Tuesday 3 November, its deadline is 27 October; Thursday 4 February, its deadline is 28 January.
NOVEMBER = StudyDay("nov", date(2026, 11, 3), StudyDayKind.DAY, time(8, 30), 360)
FEBRUARY = StudyDay("feb", date(2027, 2, 4), StudyDayKind.AFTERNOON, time(13), 180)
# Its deadline is Wednesday 2 December.
DECEMBER = date(2026, 12, 9)
PROBLEM = Problem(
    calendar=NOORD,
    members=(SAM, KIM),
    goals=(LOOK, TALK),
    preparations=tuple(
        Preparation(goal, member, course, f"Cursus {course}", 60)
        for goal, course in (("look", "a"), ("talk", "b"))
        for member in ("sam", "kim")
    ),
    study_days=(NOVEMBER, FEBRUARY),
    # One meeting after each study day, so that a change shows what it does and no more.
    settings=Settings(goals_per_day=1, plg_rhythm_weeks=60),
)
PLAN = plan_greedily(PROBLEM)


def after(*changes: Change, before: Problem = PROBLEM) -> PlanDifference:
    problem = changed(before, changes)
    return difference(plan_greedily(before), plan_greedily(problem), problem.calendar)


def said(*changes: Change, **options: Any) -> tuple[str, ...]:
    return sentences(after(*changes), **options)


def moved(**values: Any) -> PlanDifference:
    return difference(PLAN, replace(PLAN, **values))


# --- As data -------------------------------------------------------------------------------------
def test_the_same_plan_has_no_difference() -> None:
    found = difference(PLAN, PLAN)
    size = len(published_items(PLAN))
    assert found == PlanDifference(
        (), (), (), WeekChanges(), (), (), frozenset(), 0, Stability(size, size, size)
    )
    assert found.is_empty
    assert sentences(found) == ()


def test_how_a_plan_was_made_is_no_difference() -> None:
    assert moved(method="other", optimal=True, assumptions=()).is_empty


def test_a_study_day_moves_and_takes_its_goal_and_deadlines_along() -> None:
    found = after(MoveStudyDay("nov", DECEMBER))
    assert found.goals == (
        GoalChange("look", LOOK.title, GoalKind.MOVED, NOVEMBER.date, DECEMBER, along=True),
    )
    assert found.study_days == (
        DayChange(
            "nov",
            ChangeKind.MOVED,
            DayTimes(NOVEMBER.date, StudyDayKind.DAY, time(8, 30), 360),
            DayTimes(DECEMBER, StudyDayKind.DAY, time(8, 30), 360),
            (LOOK.title,),
        ),
    )
    assert found.courses == (
        CourseChange(
            course="a",
            title="Cursus a",
            kind=ChangeKind.MOVED,
            old=(date(2026, 10, 27),),
            new=(date(2026, 12, 2),),
            done=False,
            people=2,
            member_ids=("kim", "sam"),
        ),
    )
    assert found.weeks.people == 2
    assert {(item.moment, item.kind, item.about) for item in found.moments} >= {
        (Moment.FOLLOW_UP, ChangeKind.MOVED, "nov"),
        (Moment.EVALUATION, ChangeKind.MOVED, "nov"),
    }
    assert not found.shortages
    assert found.affected == {"sam", "kim"}
    assert found.affected_people == 2


def test_a_goal_that_gets_no_day_any_more() -> None:
    found = after(RemoveStudyDay("feb"))
    (goal,) = found.goals
    assert (goal.goal_id, goal.kind, goal.old_date, goal.new_date) == (
        "talk",
        GoalKind.POSTPONED,
        FEBRUARY.date,
        None,
    )
    assert [(item.course, item.kind) for item in found.courses] == [("b", ChangeKind.REMOVED)]
    back = difference(plan_greedily(changed(PROBLEM, [RemoveStudyDay("feb")])), PLAN)
    assert [(item.goal_id, item.kind, item.new_date) for item in back.goals] == [
        ("talk", GoalKind.PLACED, FEBRUARY.date)
    ]


def test_a_goal_that_waits_for_another_reason() -> None:
    one = plan_greedily(replace(PROBLEM, study_days=(NOVEMBER,)))
    none = plan_greedily(replace(PROBLEM, study_days=()))
    found = {item.goal_id: (item.kind, item.code) for item in difference(one, none).goals}
    assert found == {
        "look": (GoalKind.POSTPONED, Code.NO_STUDY_DAY),
        "talk": (GoalKind.REASON, Code.NO_STUDY_DAY),
    }


def test_a_course_in_two_parts_has_two_deadlines() -> None:
    first, *rest = PLAN.preparation_weeks
    later = replace(first, week=date(2027, 1, 25), deadline=date(2027, 1, 28))
    (found,) = moved(preparation_weeks=(first, later, *rest)).courses
    assert (found.kind, found.old, found.new) == (
        ChangeKind.MOVED,
        (date(2026, 10, 27),),
        (date(2026, 10, 27), date(2027, 1, 28)),
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # Within three weeks it is the same meeting, further on it is another one.
        (date(2027, 3, 24), [(ChangeKind.MOVED, date(2027, 3, 3), date(2027, 3, 24))]),
        (
            date(2027, 3, 25),
            [
                (ChangeKind.REMOVED, date(2027, 3, 3), None),
                (ChangeKind.ADDED, None, date(2027, 3, 25)),
            ],
        ),
    ],
)
def test_a_plg_meeting_moves_or_is_another_one(day: date, expected: list[Any]) -> None:
    meeting = PlgMeeting(date(2027, 3, 3), 90, ("look",), ("Terugblik",))
    before = replace(PLAN, plg_meetings=(meeting,))
    found = difference(before, replace(before, plg_meetings=(replace(meeting, date=day),)))
    assert [(item.kind, item.old, item.new) for item in found.moments] == expected


def test_the_nearest_plg_meetings_are_taken_for_the_same() -> None:
    meeting = PlgMeeting(date(2027, 3, 3), 90, ("look",), ("Terugblik",))
    before = replace(PLAN, plg_meetings=(meeting, replace(meeting, date=date(2027, 3, 17))))
    late = replace(meeting, date=date(2027, 3, 18))
    found = difference(before, replace(before, plg_meetings=(late,)))
    assert [(item.kind, item.old, item.new) for item in found.moments] == [
        (ChangeKind.REMOVED, date(2027, 3, 3), None),
        (ChangeKind.MOVED, date(2027, 3, 17), date(2027, 3, 18)),
    ]


def test_a_meeting_on_its_date_may_be_about_something_else() -> None:
    first, *rest = PLAN.plg_meetings
    found = moved(plg_meetings=(replace(first, minutes=30), *rest))
    assert found.moments == (
        MomentChange(Moment.PLG_MEETING, ChangeKind.CHANGED, first.date, first.date),
    )
    assert found.affected == frozenset()


@pytest.mark.parametrize(
    ("changes", "kind", "minutes"),
    [
        # Four weeks of 60 minutes lie before the deadline, so 400 minutes never fit.
        ([MemberLeave("sam", date(2026, 10, 5), date(2026, 10, 9))], ShortageKind.CHANGED, True),
        ([MoreWeeklyMinutes(400)], ShortageKind.SOLVED, False),
        ([WithdrawPreparation("c")], ShortageKind.LAPSED, False),
        ([CompleteCourse("sam", "c")], ShortageKind.SOLVED, False),
        ([RemoveMember("sam")], ShortageKind.LAPSED, False),
    ],
)
def test_what_did_not_fit(changes: list[Change], kind: ShortageKind, minutes: bool) -> None:
    before = replace(
        PROBLEM,
        goals=(LOOK,),
        preparations=(Preparation("look", "sam", "c", "Cursus c", 400),),
        study_days=(NOVEMBER,),
    )
    (found,) = after(*changes, before=before).shortages
    assert (found.subject, found.kind, found.course, found.member_id, found.on) == (
        Subject.PREPARATION,
        kind,
        "c",
        "sam",
        NOVEMBER.date,
    )
    assert (found.new_minutes > found.old_minutes > 0) is minutes


# --- Who is told ---------------------------------------------------------------------------------
def test_only_who_has_other_deadlines_is_told() -> None:
    assert after(WithdrawPreparation("a", member="sam")).affected == {"sam"}


def test_other_weeks_for_the_same_deadline_are_counted_and_told_to_nobody() -> None:
    first = PLAN.preparation_weeks[0]
    one = replace(first, week=date(2026, 10, 5))
    other = replace(first, week=date(2026, 10, 19))
    both = replace(one, minutes=one.minutes - 15), replace(other, minutes=15)
    before = replace(PLAN, preparation_weeks=(one,))
    moves = difference(before, replace(PLAN, preparation_weeks=(other,)))
    parts = difference(before, replace(PLAN, preparation_weeks=both))
    for found in (moves, parts):
        assert (found.weeks, found.affected) == (WeekChanges(2, 1), frozenset())
        assert sentences(found) == ("De weekplanning verandert bij enkele collega’s.",)
        assert sentences(found, NAMES) == (
            "De weekplanning verandert bij 1 persoon, samen in 2 weken.",
        )
    # The same minutes in two rows are the same week.
    halves = (replace(one, minutes=20), replace(one, minutes=one.minutes - 20))
    assert difference(before, replace(PLAN, preparation_weeks=halves)).is_empty


def test_who_takes_no_part_in_a_meeting_is_not_told_of_it() -> None:
    # Away from the first study day to the end of the year: no meeting of any kind.
    away = replace(KIM, leave=(Leave(date(2026, 11, 1), date(2027, 7, 31)),))
    before = replace(PROBLEM, members=(SAM, away))
    assert after(ChangeSettings.of(follow_up_weeks=6), before=before).affected == {"sam"}


def test_who_joins_and_who_leaves_is_told() -> None:
    assert after(AddMember(Member("new", "Iris"))).affected == {"new"}
    assert after(RemoveMember("kim")).affected == {"kim"}


def test_a_reader_sees_the_counts_and_only_the_own_part() -> None:
    before = replace(
        PROBLEM, preparations=(*PROBLEM.preparations, Preparation("look", "sam", "c", "C", 900))
    )
    found = after(MoveStudyDay("nov", DECEMBER), before=before)
    assert {item.member_id for item in found.shortages} == {"sam"}
    nobody, kim = only_own(found), only_own(found, "kim")
    assert {item.member_ids for item in nobody.courses} == {()}
    assert [item.people for item in nobody.courses] == [item.people for item in found.courses]
    assert not nobody.shortages
    assert (nobody.affected, nobody.affected_people) == (frozenset(), 2)
    assert ("kim",) in {item.member_ids for item in kim.courses}
    assert not kim.shortages
    assert kim.affected == {"kim"}
    assert only_own(found, "sam").shortages == found.shortages


# --- In words ------------------------------------------------------------------------------------
def test_a_moved_day_in_words() -> None:
    told = said(MoveStudyDay("nov", DECEMBER))
    assert (
        "De studiedag van dinsdag 3 november 2026 verschuift naar woensdag 9 december 2026, met "
        "‘Wij leren kijken’."
    ) in told
    assert (
        "Cursus ‘Cursus a’: nieuwe deadline 2 december 2026 voor enkele collega’s (was 27 oktober "
        "2026)."
    ) in told
    assert told[-1] == "De weekplanning verandert bij enkele collega’s."
    assert not any("Sam" in line or "Kim" in line for line in told)


def test_with_names_for_who_may_see_them() -> None:
    change = MoveStudyDay("nov", DECEMBER)
    assert (
        "Cursus ‘Cursus a’: nieuwe deadline 2 december 2026 voor Kim en Sam (was 27 oktober 2026)."
    ) in said(change, names=NAMES)
    assert (
        "Cursus ‘Cursus a’: nieuwe deadline 2 december 2026 voor Kim en 1 ander (was 27 oktober "
        "2026)."
    ) in said(change, names={"kim": "Kim"})


def test_many_names_are_counted() -> None:
    people = tuple(Member(f"m{number}", f"Persoon {number}") for number in range(9))
    before = replace(
        PROBLEM,
        members=people,
        goals=(LOOK,),
        preparations=tuple(Preparation("look", m.id, "a", "A", 60) for m in people),
    )
    names = {member.id: member.name for member in people}
    told = sentences(after(WithdrawPreparation("a"), before=before), names)
    assert told[0] == (
        "Cursus ‘A’: vervalt voor Persoon 0, Persoon 1, Persoon 2, Persoon 3, Persoon 4, "
        "Persoon 5 en 3 anderen (was: deadline 27 oktober 2026)."
    )


def test_an_extra_day_in_words() -> None:
    before = replace(PROBLEM, study_days=(NOVEMBER,))
    extra = AddStudyDay(date(2027, 2, 3), StudyDayKind.AFTERNOON, time(13), 180)
    told = sentences(after(extra, before=before), NAMES)
    assert told[:3] == (
        "Nieuw: een studiemiddag op woensdag 3 februari 2027, van 13.00 tot 16.00 uur.",
        "‘Wij leren praten’ staat nu op woensdag 3 februari 2027.",
        "Cursus ‘Cursus b’: nieuw voor Kim en Sam, deadline 27 januari 2027.",
    )
    assert {line.split(" op ")[0] for line in told if line.startswith("Nieuw: een ")} == {
        "Nieuw: een studiemiddag",
        "Nieuw: een vervolgbijeenkomst",
        "Nieuw: een evaluatie",
        "Nieuw: een PLG-bijeenkomst",
    }


def test_a_closed_day_says_once_why_it_is_not_used() -> None:
    told = said(CloseDays(FEBRUARY.date, FEBRUARY.date, "Staking"))
    about = [line for line in told if line.startswith("De studiemiddag van donderdag 4 februari")]
    assert about == [
        (
            "De studiemiddag van donderdag 4 februari 2027 is niet gebruikt: de school is dan "
            "dicht (Staking); kies een andere datum."
        )
    ]
    postponed = next(line for line in told if line.startswith("‘Wij leren praten’"))
    assert postponed.endswith(" Het stond op donderdag 4 februari 2027.")


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (RemoveStudyDay("feb"), "De studiemiddag van donderdag 4 februari 2027 vervalt."),
        (
            RemoveGoal("talk"),
            "‘Wij leren praten’ staat niet meer in het plan (was donderdag 4 februari 2027).",
        ),
        (
            CompleteCourse("sam", "a"),
            "Cursus ‘Cursus a’: klaar bij enkele collega’s (was: deadline 27 oktober 2026).",
        ),
        (
            ChangeSettings.of(follow_up_weeks=5),
            (
                "De vervolgbijeenkomst van dinsdag 1 december 2026 verschuift naar dinsdag "
                "8 december 2026."
            ),
        ),
        (
            ChangeSettings.of(plg_minutes=30),
            "Bij 1 bijeenkomst veranderen alleen de doelen of de duur.",
        ),
    ],
)
def test_other_changes_in_words(change: Change, line: str) -> None:
    assert line in said(change)


@pytest.mark.parametrize(
    ("values", "line"),
    [
        (
            {"start": time(9), "minutes": 300},
            (
                "De studiedag van dinsdag 3 november 2026 is nu van 09.00 tot 14.00 uur (was van "
                "08.30 tot 14.30 uur)."
            ),
        ),
        (
            {"kind": StudyDayKind.AFTERNOON},
            "De studiedag van dinsdag 3 november 2026 wordt een studiemiddag.",
        ),
        (
            {"date": DECEMBER, "start": time(9)},
            (
                "De studiedag van dinsdag 3 november 2026 verschuift naar woensdag "
                "9 december 2026, van 09.00 tot 15.00 uur, met ‘Wij leren kijken’."
            ),
        ),
    ],
)
def test_other_times_in_words(values: dict[str, Any], line: str) -> None:
    other = plan_greedily(replace(PROBLEM, study_days=(replace(NOVEMBER, **values), FEBRUARY)))
    assert line in sentences(difference(PLAN, other))


def test_shortages_in_words() -> None:
    before = replace(
        PROBLEM,
        goals=(LOOK,),
        preparations=tuple(
            Preparation("look", member, "c", "Cursus c", 240) for member in ("sam", "kim")
        ),
        study_days=(NOVEMBER,),
    )
    away = [MemberLeave(who, date(2026, 10, 19), date(2026, 10, 27)) for who in ("sam", "kim")]
    (change, _) = after(*away, before=before).shortages
    short = 2 * change.new_minutes
    assert short == 240
    course = "Cursus ‘Cursus c’"
    assert f"{course} past nu niet helemaal bij Kim en Sam: samen 4 uur te weinig." in sentences(
        after(*away, before=before), NAMES
    )
    tight = changed(before, away)
    assert f"{course} past nu wel bij enkele collega’s." in sentences(
        after(MoreWeeklyMinutes(200), before=tight)
    )
    less = after(MoreWeeklyMinutes(10), before=tight)
    part = f"{course} past nog niet helemaal bij"
    assert f"{part} enkele collega’s: het tekort is kleiner." in sentences(less)
    assert f"{part} Kim en Sam: het tekort is 40 minuten kleiner." in sentences(less, NAMES)
    assert f"{course} hoeft nu niet bij enkele collega’s: het tekort vervalt." in sentences(
        after(WithdrawPreparation("c"), before=tight)
    )


def test_a_course_that_fits_nowhere_has_the_title_that_is_given() -> None:
    none = replace(SAM, own_weekly_minutes=0)
    before = replace(
        PROBLEM, members=(none,), goals=(LOOK,), preparations=(), study_days=(NOVEMBER,)
    )
    row = Preparation("look", "sam", "c", "Cursus c", 60)
    found = difference(plan_greedily(before), plan_greedily(replace(before, preparations=(row,))))
    rest = "past nu niet helemaal bij enkele collega’s."
    assert sentences(found) == (f"Een cursus {rest}",)
    assert sentences(found, courses={"c": "Cursus c"}) == (f"Cursus ‘Cursus c’ {rest}",)


def test_joint_activities_in_words() -> None:
    activity = JointActivity("film", "Samen kijken", ("talk",))
    before = replace(
        PROBLEM, activities=(activity,), settings=replace(PROBLEM.settings, plg_rhythm_weeks=6)
    )
    found = after(MoveStudyDay("feb", date(2027, 4, 6)), before=before)
    (change,) = [item for item in found.moments if item.moment is Moment.ACTIVITY]
    assert (change.kind, change.about, change.title) == (ChangeKind.MOVED, "film", "Samen kijken")
    assert any(
        line.startswith("‘Samen kijken’ verschuift van de PLG-") for line in sentences(found)
    )
    gone = sentences(after(RemoveGoal("talk"), before=before))
    assert any(line.startswith("‘Samen kijken’ vervalt in de PLG-bijeenkomst") for line in gone)


# --- What stays ----------------------------------------------------------------------------------
def test_items_are_what_people_were_told() -> None:
    plan = replace(PLAN, plg_meetings=PLAN.plg_meetings[:1])
    assert published_items(plan) == {
        ("goal", "look", "nov"),
        ("goal", "talk", "feb"),
        ("course", "sam", "a", "2026-10-27"),
        ("course", "kim", "a", "2026-10-27"),
        ("course", "sam", "b", "2027-01-28"),
        ("course", "kim", "b", "2027-01-28"),
        ("follow_up", "nov", "2026-12-01"),
        ("follow_up", "feb", PLAN.follow_ups[1].date.isoformat()),
        ("evaluation", "nov", "2027-01-12"),
        ("evaluation", "feb", PLAN.evaluations[1].date.isoformat()),
        ("plg_meeting", PLAN.plg_meetings[0].date.isoformat()),
    }


@pytest.mark.parametrize(
    ("changes", "lost"),
    [
        # Who leaves takes two courses along.
        ([RemoveMember("sam")], 2),
        ([WithdrawPreparation("a", member="sam")], 1),
        ([CompleteCourse("sam", "a")], 1),
        # The goal stays on its day, but two deadlines, the follow-up and the evaluation move.
        ([MoveStudyDay("nov", DECEMBER)], 4),
        # The goal, two courses, the follow-up and the evaluation.
        ([RemoveStudyDay("feb")], 5),
        ([RemoveGoal("talk")], 5),
        # 1 December is the day of a follow-up.
        ([CloseDays(date(2026, 12, 1), date(2026, 12, 1), "Staking")], 1),
    ],
)
def test_what_could_not_stay_does_not_count(changes: list[Change], lost: int) -> None:
    found = after(*changes).stability
    assert (found.published, found.could_stay) == (
        len(published_items(PLAN)),
        found.published - lost,
    )


def test_what_could_have_stayed_counts_as_changed() -> None:
    # Both goals swap days for no reason at all.
    swap = {"look": "talk", "talk": "look"}
    other = plan_greedily(
        replace(
            PROBLEM,
            goals=(replace(LOOK, priority=2), replace(TALK, priority=1)),
        )
    )
    assert {item.goal_id: swap[item.goal_id] for item in other.placements} == swap
    found = stability(PLAN, other)
    assert (found.could_stay, found.changed) == (found.published, 6)
    assert found.share == (found.published - 6) / found.published


def test_nothing_published_is_wholly_kept() -> None:
    empty = plan_greedily(replace(PROBLEM, study_days=()))
    assert stability(empty, PLAN) == Stability(0, 0, 0)
    assert stability(empty, PLAN).share == 1


# --- Any two plans -------------------------------------------------------------------------------
def two_plans(source: random.Random) -> tuple[Problem, Plan, Plan]:
    """A plan, and that of the same team after something has changed."""
    problem = Dice(source).problem()
    other = Dice(source).problem()
    parts = source.sample(["members", "preparations", "study_days", "settings", "calendar"], 2)
    mixed = replace(problem, **{name: getattr(other, name) for name in parts})
    return problem, plan_greedily(problem), plan_greedily(mixed)


def own_items(plan: Plan, member: str) -> Counter[object]:
    """What a member is told, counted one by one and without the code that is tested."""
    found: Counter[object] = Counter(
        {
            (week.course, week.deadline)
            for week in plan.preparation_weeks
            if week.member_id == member
        }
    )
    for hours in plan.hours:
        for line in hours.lines if hours.member_id == member else ():
            kind = line.activity.value
            if kind == "study_day":
                found.update({(kind, day.date) for day in plan.study_days})
            if kind == "plg":
                found.update({(kind, item.date) for item in plan.plg_meetings})
            if kind == "follow_up":
                found.update({(kind, item.date) for item in plan.follow_ups})
            if kind == "evaluation":
                found.update({(kind, item.date) for item in plan.evaluations})
    return found


def counts(found: PlanDifference) -> tuple[Counter[object], Counter[object]]:
    """What came and what went."""
    came: Counter[object] = Counter()
    went: Counter[object] = Counter()
    for goal in found.goals:
        if goal.kind not in (GoalKind.MOVED, GoalKind.REASON):
            came["goal"] += goal.kind is GoalKind.PLACED
            went["goal"] += goal.old_date is not None
    for day in found.study_days:
        came["day"] += day.kind is ChangeKind.ADDED
        went["day"] += day.kind is ChangeKind.REMOVED
    for course in found.courses:
        came["course"] += course.people if course.kind is ChangeKind.ADDED else 0
        went["course"] += course.people if course.kind is ChangeKind.REMOVED else 0
    for moment in found.moments:
        came[moment.moment] += moment.kind is ChangeKind.ADDED
        went[moment.moment] += moment.kind is ChangeKind.REMOVED
    for shortage in found.shortages:
        came["shortage"] += shortage.kind is ShortageKind.NEW
        went["shortage"] += shortage.kind in (ShortageKind.SOLVED, ShortageKind.LAPSED)
    return +came, +went


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=True))
def test_the_way_back_takes_away_what_the_way_there_brought(source: random.Random) -> None:
    _, old, new = two_plans(source)
    there, back = difference(old, new), difference(new, old)
    came, went = counts(there)
    assert counts(back) == (went, came)
    assert there.weeks == back.weeks
    assert there.affected == back.affected
    moves = Counter((m.moment, m.old, m.new) for m in there.moments if m.kind is ChangeKind.MOVED)
    assert moves == Counter(
        (m.moment, m.new, m.old) for m in back.moments if m.kind is ChangeKind.MOVED
    )


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=True))
def test_told_are_just_those_whose_items_differ(source: random.Random) -> None:
    problem, old, new = two_plans(source)
    members = {hours.member_id for plan in (old, new) for hours in plan.hours}
    found = difference(old, new)
    assert found.affected == {m for m in members if own_items(old, m) != own_items(new, m)}
    assert found.affected_people == len(found.affected)
    assert difference(old, old).is_empty
    assert found.is_empty is (found == replace(difference(old, old), stability=found.stability))
    gone, kept = published_items(old) - published_items(new), found.stability.kept
    assert kept == len(published_items(old)) - len(gone)
    assert kept <= found.stability.could_stay <= found.stability.published
    names = {member.id: member.name for member in problem.members}
    for told in (sentences(found), sentences(found, names)):
        assert len(set(told)) == len(told)
        assert all(line.endswith(".") and line[0] in "‘ABCDEFGHIJKLMNOPQRSTUVWXYZ" for line in told)
    assert not any("Persoon" in line for line in sentences(found))


def test_a_closed_deadline_could_not_stay() -> None:
    closed = replace(
        NOORD,
        closures=(
            *NOORD.closures,
            Closure(date(2026, 10, 27), date(2026, 10, 27), "Staking", ClosureKind.OWN),
        ),
    )
    assert stability(PLAN, PLAN, closed) == stability(PLAN, PLAN)
    other = plan_greedily(replace(PROBLEM, calendar=closed))
    assert stability(PLAN, other, closed).could_stay == len(published_items(PLAN)) - 2


# --- True sentences ------------------------------------------------------------------------------
def test_a_course_that_no_longer_fits_is_not_said_to_lapse() -> None:
    away = MemberLeave("kim", date(2026, 8, 1), date(2027, 7, 31))
    found = [text for text in sentences(after(away), NAMES) if "Cursus ‘Cursus a’" in text]
    assert found == ["Cursus ‘Cursus a’ past nu niet bij Kim: 1 uur te weinig."]


def test_another_study_day_at_the_same_hours_is_nothing_new() -> None:
    before = replace(PROBLEM, goals=(LOOK,), study_days=(NOVEMBER,))
    other = replace(before, study_days=(replace(NOVEMBER, id="other"),))
    found = difference(plan_greedily(before), plan_greedily(other))
    assert sentences(found, NAMES) == (
        "‘Wij leren kijken’ staat op een andere studiedag van dinsdag 3 november 2026.",
    )


def test_a_course_for_two_goals_is_missed_once() -> None:
    before = replace(
        PROBLEM,
        preparations=tuple(
            Preparation(goal, "kim", "c", "Cursus c", 240) for goal in ("look", "talk")
        ),
    )
    away = MemberLeave("kim", date(2026, 8, 1), date(2027, 7, 31))
    found = [text for text in sentences(after(away, before=before), NAMES) if "past nu" in text]
    assert found == ["Cursus ‘Cursus c’ past nu niet bij Kim: 4 uur te weinig."]


def test_a_course_that_is_counted_with_another_of_its_goals_misses_as_much() -> None:
    first = NotPlaced(
        Subject.PREPARATION,
        Code.NO_ROOM_BEFORE_DAY,
        "Kim komt tekort.",
        goal_id="look",
        member_id="kim",
        course="c",
        missing_minutes=240,
    )
    second = replace(first, goal_id="talk", text="Ook voor praten.", missing_minutes=0)
    alone = replace(second, text="Kim komt tekort.", missing_minutes=240)
    old, new = (replace(PLAN, not_placed=rows) for rows in ((first, second), (alone,)))

    def minutes(one: Plan, other: Plan) -> list[object]:
        found = difference(one, other).shortages
        return [(row.goal_id, row.kind, row.old_minutes, row.new_minutes) for row in found]

    talk = ("talk", ShortageKind.CHANGED, 240, 240)
    assert minutes(old, new) == [("look", ShortageKind.LAPSED, 240, 0), talk]
    assert minutes(new, old) == [("look", ShortageKind.NEW, 0, 240), talk]


def test_a_plan_tells_once_how_long_a_course_for_two_goals_takes() -> None:
    before = replace(
        PROBLEM,
        members=(replace(KIM, own_weekly_minutes=0),),
        preparations=tuple(
            Preparation(goal, "kim", "c", "Cursus c", 240) for goal in ("look", "talk")
        ),
    )
    why = (
        "er is geen studietijd per week; laat de schoolbeheerder de aanstelling invullen, of "
        "spreek studieminuten af."
    )
    assert [(row.text, row.missing_minutes) for row in plan_greedily(before).not_placed] == [
        (f"Kim komt voor ‘Cursus c’ 4 uur tekort: {why}", 240),
        (f"Ook voor ‘Wij leren praten’ is Kim niet klaar met ‘Cursus c’: {why}", 0),
    ]


def test_a_day_that_is_closed_is_told_before_what_follows_from_it() -> None:
    closed = CloseDays(date(2026, 11, 3), date(2026, 11, 3), "Extra vrij")
    found = sentences(after(closed), NAMES)
    assert found[0].startswith("De studiedag van dinsdag 3 november 2026 is niet gebruikt")


def test_meetings_that_go_together_are_one_sentence() -> None:
    often = replace(PROBLEM, settings=replace(PROBLEM.settings, plg_rhythm_weeks=4))
    found = sentences(after(RemoveStudyDay("nov"), RemoveStudyDay("feb"), before=often), NAMES)
    assert len([text for text in found if text.startswith("De PLG-bijeenkomsten van ")]) == 1
    assert not [text for text in found if "PLG" in text and "vervalt" in text]
