"""What a change makes of a problem, how it is said, and what is refused."""

import random
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.calendar import Override, Region, SchoolYear
from routekaart.domain.errors import DomainError
from routekaart.domain.people import Leave, Member, weekly_minutes
from routekaart.domain.planner.changes import (
    AddGoal,
    AddMember,
    AddStudyDay,
    AskedCourse,
    Change,
    ChangeSettings,
    CloseDays,
    CompleteCourse,
    CourseVoluntary,
    GoalPriority,
    ImpossibleChange,
    MemberLeave,
    MoreWeeklyMinutes,
    MoveStudyDay,
    RemoveGoal,
    RemoveMember,
    RemoveStudyDay,
    WithdrawPreparation,
    Words,
    changed,
    described,
)
from routekaart.domain.planner.problem import (
    Goal,
    JointActivity,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.school_holidays import school_calendar
from tests.problems import NOORD, Dice

SAM = Member("sam", "Sam", ("leerkracht",))
KIM = Member("kim", "Kim", ("onderwijsassistent",), fte=Decimal("0.55"), working_days=(1, 2, 3))
NOOR = Member("noor", "Noor", ("onderwijsassistent", "leerkracht"), own_weekly_minutes=20)
LOOK = Goal("look", "Wij leren kijken", 1)
TALK = Goal("talk", "Wij leren praten", 2, after=("look",))
NOVEMBER = StudyDay("nov", date(2026, 11, 3), StudyDayKind.DAY, time(8, 30), 360)
FEBRUARY = StudyDay("feb", date(2027, 2, 4), StudyDayKind.AFTERNOON, time(13), 180)
WORDS = Words({"onderwijsassistent": "Onderwijsassistenten"})


def course(goal: Goal, slug: str, who: Member, **more: Any) -> Preparation:
    return Preparation(goal.id, who.id, slug, f"Cursus {slug}", 60, **more)


A_SAM, A_KIM, A_TALK, B_SAM = (
    course(LOOK, "a", SAM),
    course(LOOK, "a", KIM),
    course(TALK, "a", SAM),
    course(TALK, "b", SAM),
)
BOTH = JointActivity("both", "Samen kijken", ("look", "talk"))
ONE = JointActivity("one", "Samen praten", ("talk",))
TEAM = JointActivity("team", "Samen eten")
PROBLEM = Problem(
    calendar=NOORD,
    members=(SAM, KIM, NOOR),
    goals=(LOOK, TALK),
    preparations=(A_SAM, A_KIM, A_TALK, B_SAM),
    study_days=(NOVEMBER, FEBRUARY),
    activities=(BOTH, ONE, TEAM),
)
WEDNESDAY = date(2027, 2, 3)
AFTERNOON = AddStudyDay(WEDNESDAY, StudyDayKind.AFTERNOON, time(13), 180)


def after(*changes: Change) -> Problem:
    return changed(PROBLEM, changes)


def refusal(*changes: Change) -> tuple[str, str]:
    with pytest.raises(ImpossibleChange) as caught:
        changed(PROBLEM, changes)
    assert isinstance(caught.value, DomainError)
    assert caught.value.message.endswith(".")
    return caught.value.field, caught.value.code


# --- Study days and closed days ------------------------------------------------------------------
def test_a_study_day_is_added() -> None:
    new = StudyDay("new-2027-02-03", WEDNESDAY, StudyDayKind.AFTERNOON, time(13), 180)
    assert after(AFTERNOON) == replace(PROBLEM, study_days=(NOVEMBER, FEBRUARY, new))
    candidate = replace(AFTERNOON, fixed=False, id="x", title="Kans", resources=("aula",))
    assert after(candidate).study_days[-1] == replace(
        new, id="x", fixed=False, title="Kans", resources=("aula",)
    )


def test_a_study_day_is_moved_and_removed() -> None:
    moved = replace(FEBRUARY, date=WEDNESDAY)
    assert after(MoveStudyDay("feb", WEDNESDAY)).study_days == (NOVEMBER, moved)
    assert after(MoveStudyDay("feb", FEBRUARY.date)) == PROBLEM
    assert after(RemoveStudyDay("nov")).study_days == (FEBRUARY,)


def test_closing_days_gives_the_calendar_that_the_school_would_have() -> None:
    own = [
        Override(date(2026, 12, 1), date(2026, 12, 2), "Later"),
        Override(date(2026, 9, 1), date(2026, 9, 1), "Toch open", closed=False),
        Override(date(2026, 8, 24), date(2026, 8, 24), "Eerder"),
    ]
    new = Override(date(2026, 11, 2), date(2026, 11, 4), "Verbouwing")
    year = SchoolYear(2026)
    before = replace(PROBLEM, calendar=school_calendar(year, Region.ZUID, overrides=own))
    assert before.calendar.is_open(NOVEMBER.date)
    found = changed(before, [CloseDays(new.first, new.last, new.title)])
    assert found.calendar == school_calendar(year, Region.ZUID, overrides=[*own, new])
    assert found.calendar.why_closed(NOVEMBER.date) == "Verbouwing"
    assert replace(found, calendar=before.calendar) == before


# --- People --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (MoreWeeklyMinutes(30), {"sam": 90, "kim": 63, "noor": 50}),
        (
            MoreWeeklyMinutes(30, function="onderwijsassistent"),
            {"sam": 60, "kim": 63, "noor": 50},
        ),
        (MoreWeeklyMinutes(30, member="kim"), {"sam": 60, "kim": 63, "noor": 20}),
    ],
)
def test_everyone_concerned_gets_just_these_minutes_more(
    change: MoreWeeklyMinutes, expected: dict[str, int]
) -> None:
    found = after(change)
    minutes = {
        member.id: weekly_minutes(member, found.settings.team_weekly_minutes)
        for member in found.members
    }
    assert minutes == expected
    assert found.settings == PROBLEM.settings


def test_somebody_joins_with_the_courses_of_a_colleague() -> None:
    before = replace(
        PROBLEM,
        preparations=(replace(A_SAM, completed=True, on_individual_hours=True), A_KIM, B_SAM),
    )
    new = Member("new", "Iris")
    extra = course(LOOK, "c", new)
    found = changed(before, [AddMember(new, (extra,), same_as="sam")])
    assert found.members == (*PROBLEM.members, new)
    assert found.preparations == (
        *before.preparations,
        extra,
        course(LOOK, "a", new),
        course(TALK, "b", new),
    )


def test_who_leaves_takes_the_preparation_along() -> None:
    assert after(RemoveMember("sam")) == replace(
        PROBLEM, members=(KIM, NOOR), preparations=(A_KIM,)
    )


def test_leave_is_added() -> None:
    first, last = date(2026, 10, 1), date(2026, 10, 9)
    found = after(MemberLeave("sam", first, first), MemberLeave("sam", first, last))
    assert found.members[0] == replace(SAM, leave=(Leave(first, first), Leave(first, last)))
    assert found.members[1:] == PROBLEM.members[1:]


# --- Courses -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "voluntary"),
    [
        (CourseVoluntary("a"), [A_SAM, A_KIM, A_TALK]),
        (CourseVoluntary("a", member="sam"), [A_SAM, A_TALK]),
        (CourseVoluntary("a", function="onderwijsassistent"), [A_KIM]),
    ],
)
def test_a_course_becomes_voluntary(change: CourseVoluntary, voluntary: list[Preparation]) -> None:
    assert after(change).preparations == tuple(
        replace(row, mandatory=row not in voluntary) for row in PROBLEM.preparations
    )


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (WithdrawPreparation("a"), (B_SAM,)),
        (WithdrawPreparation("a", member="sam"), (A_KIM, B_SAM)),
        (WithdrawPreparation("a", goal="look"), (A_TALK, B_SAM)),
        (WithdrawPreparation("a", member="sam", goal="talk"), (A_SAM, A_KIM, B_SAM)),
    ],
)
def test_a_preparation_is_withdrawn(
    change: WithdrawPreparation, left: tuple[Preparation, ...]
) -> None:
    assert after(change).preparations == left


def test_what_is_done_is_not_withdrawn() -> None:
    done = changed(PROBLEM, [CompleteCourse("sam", "a")])
    assert done.preparations == (
        replace(A_SAM, completed=True),
        A_KIM,
        replace(A_TALK, completed=True),
        B_SAM,
    )
    left = changed(done, [WithdrawPreparation("a")])
    assert left.preparations == (done.preparations[0], done.preparations[2], B_SAM)


# --- Goals ---------------------------------------------------------------------------------------
def test_goals_are_ranked_and_added() -> None:
    assert after(GoalPriority("talk", 1)).goals == (LOOK, replace(TALK, priority=1))
    new = Goal("new", "Wij leren lachen", 3, after=("talk",))
    row = course(new, "c", KIM)
    assert after(AddGoal(new, (row,))) == replace(
        PROBLEM, goals=(LOOK, TALK, new), preparations=(*PROBLEM.preparations, row)
    )


def test_a_new_goal_may_ask_everyone_for_its_courses() -> None:
    new = Goal("new", "Wij leren lachen", 3)
    asked = (AskedCourse("c", "Cursus c", 60), AskedCourse("d", "Cursus d", 60))
    found = after(RemoveMember("noor"), AddGoal(new, courses=asked))
    assert found.preparations[len(PROBLEM.preparations) :] == (
        course(new, "c", SAM),
        course(new, "d", SAM, position=1),
        course(new, "c", KIM),
        course(new, "d", KIM, position=1),
    )


def test_a_goal_goes_with_what_only_it_asked_for() -> None:
    assert after(RemoveGoal("talk")) == replace(
        PROBLEM,
        goals=(LOOK,),
        preparations=(A_SAM, A_KIM),
        activities=(replace(BOTH, goal_ids=("look",)), TEAM),
    )
    assert after(RemoveGoal("look")).goals == (replace(TALK, after=()),)


def test_what_was_done_for_a_goal_that_goes_stays_done() -> None:
    before = replace(PROBLEM, preparations=(replace(A_SAM, completed=True), A_TALK, B_SAM))
    assert changed(before, [RemoveGoal("look")]).preparations == (
        replace(A_TALK, completed=True),
        B_SAM,
    )


# --- Settings ------------------------------------------------------------------------------------
def test_settings_change() -> None:
    change = ChangeSettings.of(window_weeks=8, wait_for_all=True, most_candidate_days=2)
    wanted = Settings(window_weeks=8, wait_for_all=True, most_candidate_days=2)
    assert after(change).settings == wanted
    assert after(change, ChangeSettings.of(most_candidate_days=None)).settings == replace(
        wanted, most_candidate_days=None
    )


def test_the_goals_a_day_can_be_left_to_us() -> None:
    change = ChangeSettings.of(goals_per_day=None, window_weeks=8)
    one_day = replace(PROBLEM, study_days=(NOVEMBER,), settings=Settings(goals_per_day=1))
    assert changed(one_day, [change]).settings == Settings(goals_per_day=2, window_weeks=8)


def test_every_setting_of_a_team_can_change_and_has_words() -> None:
    for item in fields(Settings):
        # Whether minutes are our assumption is no wish of a team.
        if item.name != "meetings_assumed":
            value = True if isinstance(item.default, bool) else 3
            change = ChangeSettings.of(**{item.name: value})
            assert getattr(after(change).settings, item.name) == value
            assert change.text(PROBLEM)


# --- In words ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "text"),
    [
        (AFTERNOON, "een extra studiemiddag op woensdag 3 februari 2027"),
        (
            AddStudyDay(WEDNESDAY, StudyDayKind.DAY, time(9), 300, fixed=False),
            "een mogelijke extra studiedag op woensdag 3 februari 2027",
        ),
        (
            MoveStudyDay("nov", WEDNESDAY),
            "de studiedag van dinsdag 3 november 2026 verplaatsen naar woensdag 3 februari 2027",
        ),
        (
            RemoveStudyDay("feb"),
            "de studiemiddag van donderdag 4 februari 2027 laten vervallen",
        ),
        (
            CloseDays(WEDNESDAY, WEDNESDAY, "Staking"),
            "een vrije dag op woensdag 3 februari 2027 (Staking)",
        ),
        (
            CloseDays(WEDNESDAY, FEBRUARY.date, "Staking"),
            "vrij van woensdag 3 februari 2027 tot en met donderdag 4 februari 2027 (Staking)",
        ),
        (MoreWeeklyMinutes(30), "30 minuten per week meer voor iedereen"),
        (
            MoreWeeklyMinutes(30, function="onderwijsassistent"),
            "30 minuten per week meer voor de onderwijsassistenten",
        ),
        (
            MoreWeeklyMinutes(30, function="leerkracht"),
            "30 minuten per week meer voor iedereen met de functie ‘leerkracht’",
        ),
        (MoreWeeklyMinutes(90, member="kim"), "1 uur 30 min per week meer voor Kim"),
        (CourseVoluntary("a"), "de cursus ‘Cursus a’ vrijwillig maken"),
        (CourseVoluntary("a", member="kim"), "de cursus ‘Cursus a’ vrijwillig maken voor Kim"),
        (
            CourseVoluntary("a", function="onderwijsassistent"),
            "de cursus ‘Cursus a’ vrijwillig maken voor de onderwijsassistenten",
        ),
        (WithdrawPreparation("a"), "de cursus ‘Cursus a’ intrekken"),
        (
            WithdrawPreparation("a", member="sam", goal="talk"),
            "de cursus ‘Cursus a’ intrekken bij Sam voor het doel ‘Wij leren praten’",
        ),
        (CompleteCourse("sam", "b"), "de cursus ‘Cursus b’ afgerond door Sam"),
        (AddMember(Member("new", "Iris")), "Iris erbij in het team"),
        (
            AddMember(Member("new", "Iris"), same_as="sam"),
            "Iris erbij in het team, met dezelfde cursussen als Sam",
        ),
        (RemoveMember("kim"), "Kim weg uit het team"),
        (MemberLeave("kim", WEDNESDAY, WEDNESDAY), "Kim afwezig op woensdag 3 februari 2027"),
        (
            MemberLeave("kim", WEDNESDAY, FEBRUARY.date),
            "Kim afwezig van woensdag 3 februari 2027 tot en met donderdag 4 februari 2027",
        ),
        (GoalPriority("talk", 1), "het doel ‘Wij leren praten’ prioriteit 1 geven"),
        (AddGoal(Goal("new", "Wij leren lachen", 3)), "een extra doel: ‘Wij leren lachen’"),
        (RemoveGoal("talk"), "het doel ‘Wij leren praten’ weghalen"),
        (
            ChangeSettings.of(window_weeks=8, goals_per_day=1, lesson_visits=False),
            (
                "hoogstens 1 doel per studiedag, geen lesbezoeken plannen en voorbereiden vanaf "
                "8 weken voor de studiedag"
            ),
        ),
        (ChangeSettings.of(plg_rhythm_weeks=1), "elke week een PLG-bijeenkomst"),
        (ChangeSettings.of(goals_per_day=None), "niet meer doelen per studiedag dan nodig"),
        (ChangeSettings.of(most_candidate_days=None), "alle kandidaatdata mogen gebruiken"),
    ],
)
def test_a_change_is_a_phrase_in_plain_dutch(change: Change, text: str) -> None:
    assert described(PROBLEM, [change], WORDS) == (text,)


def test_no_name_is_told_where_it_may_not_be() -> None:
    new = Member("new", "Iris")
    changes: list[Change] = [
        MoreWeeklyMinutes(30, member="kim"),
        CourseVoluntary("a", member="kim"),
        WithdrawPreparation("a", member="kim"),
        CompleteCourse("sam", "b"),
        MemberLeave("kim", WEDNESDAY, WEDNESDAY),
        AddMember(new, same_as="sam"),
        RemoveMember("sam"),
    ]
    told = described(PROBLEM, changes, Words(names=False))
    assert told[0] == "30 minuten per week meer voor één persoon"
    assert not {"Sam", "Kim", "Iris"} & set(" ".join(told).replace(",", "").split())


def test_a_phrase_is_about_what_the_changes_before_it_left() -> None:
    changes = [MoveStudyDay("feb", WEDNESDAY), MoveStudyDay("feb", date(2027, 3, 1))]
    assert described(PROBLEM, changes)[1] == (
        "de studiemiddag van woensdag 3 februari 2027 verplaatsen naar maandag 1 maart 2027"
    )
    assert changed(PROBLEM, changes).study_days[1].date == date(2027, 3, 1)


# --- Refused -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        (MoveStudyDay("gone", WEDNESDAY), "study_day", "unknown_study_day"),
        (RemoveStudyDay("gone"), "study_day", "unknown_study_day"),
        (MoveStudyDay("feb", NOVEMBER.date), "date", "study_day_exists"),
        (MoveStudyDay("feb", date(2027, 8, 1)), "date", "outside_school_year"),
        (replace(AFTERNOON, date=NOVEMBER.date), "date", "study_day_exists"),
        (replace(AFTERNOON, date=date(2026, 7, 31)), "date", "outside_school_year"),
        (replace(AFTERNOON, minutes=30), "minutes", "study_day_length"),
        (replace(AFTERNOON, start=time(22)), "minutes", "study_day_length"),
        (replace(AFTERNOON, id="nov"), "id", "id_in_use"),
        (CloseDays(FEBRUARY.date, WEDNESDAY, "x"), "last_day", "period_reversed"),
        (CloseDays(date(2025, 1, 1), date(2026, 7, 31), "x"), "first_day", "outside_school_year"),
        (CloseDays(date(2027, 8, 1), date(2027, 8, 2), "x"), "first_day", "outside_school_year"),
        (MoreWeeklyMinutes(0), "minutes", "minutes_too_few"),
        (MoreWeeklyMinutes(5, member="gone"), "member", "unknown_member"),
        (MoreWeeklyMinutes(5, function="gone"), "function", "unknown_function"),
        (MoreWeeklyMinutes(5, "sam", "leerkracht"), "function", "member_or_function"),
        (CourseVoluntary("gone"), "course", "unknown_course"),
        (CourseVoluntary("b", member="kim"), "course", "unknown_course"),
        (WithdrawPreparation("a", member="noor"), "course", "unknown_course"),
        (WithdrawPreparation("a", member="gone"), "member", "unknown_member"),
        (WithdrawPreparation("a", goal="gone"), "goal", "unknown_goal"),
        (CompleteCourse("gone", "a"), "member", "unknown_member"),
        (CompleteCourse("kim", "b"), "course", "unknown_course"),
        (AddMember(SAM), "member", "id_in_use"),
        (AddMember(Member("new", "Iris"), same_as="gone"), "same_as", "unknown_member"),
        (AddMember(Member("new", "Iris"), (A_SAM,)), "preparations", "unknown_member"),
        (RemoveMember("gone"), "member", "unknown_member"),
        (MemberLeave("gone", WEDNESDAY, WEDNESDAY), "member", "unknown_member"),
        (MemberLeave("sam", FEBRUARY.date, WEDNESDAY), "last_day", "period_reversed"),
        (GoalPriority("gone", 1), "goal", "unknown_goal"),
        (GoalPriority("look", 0), "priority", "priority_too_low"),
        (AddGoal(LOOK), "goal", "id_in_use"),
        (AddGoal(Goal("new", "x", 1, after=("gone",))), "after", "unknown_goal"),
        (AddGoal(Goal("new", "x", 1), (A_SAM,)), "preparations", "unknown_goal"),
        (RemoveGoal("gone"), "goal", "unknown_goal"),
        (ChangeSettings(()), "", "no_setting"),
        (ChangeSettings.of(gone=1), "gone", "unknown_setting"),
        (ChangeSettings.of(wait_for_all=1), "wait_for_all", "unknown_setting"),
        (ChangeSettings.of(window_weeks=True), "window_weeks", "unknown_setting"),
        (ChangeSettings.of(window_weeks=None), "window_weeks", "unknown_setting"),
        (ChangeSettings.of(window_weeks=0), "window_weeks", "impossible_setting"),
        (ChangeSettings.of(window_weeks=10_001), "window_weeks", "impossible_setting"),
        (ChangeSettings.of(most_candidate_days=-1), "most_candidate_days", "impossible_setting"),
    ],
)
def test_what_cannot_be_is_refused_and_says_where(change: Change, field: str, code: str) -> None:
    assert refusal(change) == (f"changes.0.{field}".rstrip("."), code)
    assert refusal(MoreWeeklyMinutes(1), change) == (f"changes.1.{field}".rstrip("."), code)


# --- Any problem ---------------------------------------------------------------------------------
MAKERS: tuple[Callable[[Problem], Change], ...] = (
    lambda _: AFTERNOON,
    lambda p: MoveStudyDay(p.study_days[0].id, WEDNESDAY),
    lambda p: RemoveStudyDay(p.study_days[0].id),
    lambda _: CloseDays(WEDNESDAY, FEBRUARY.date, "Dicht"),
    lambda _: MoreWeeklyMinutes(15),
    lambda p: CourseVoluntary(p.preparations[0].course),
    lambda p: WithdrawPreparation(p.preparations[0].course),
    lambda p: CompleteCourse(p.preparations[0].member_id, p.preparations[0].course),
    lambda p: AddMember(Member("new", "Iris"), same_as=p.members[0].id),
    lambda p: RemoveMember(p.members[0].id),
    lambda p: MemberLeave(p.members[0].id, WEDNESDAY, FEBRUARY.date),
    lambda p: GoalPriority(p.goals[-1].id, 1),
    lambda _: AddGoal(Goal("new", "Wij leren", 4)),
    lambda p: RemoveGoal(p.goals[0].id),
    lambda _: ChangeSettings.of(window_weeks=9),
)


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=True))
def test_a_row_of_changes_is_one_after_the_other(source: random.Random) -> None:
    before = Dice(source).problem()
    steps: list[Change] = []
    now = before
    for maker in source.sample(MAKERS, 4):
        try:
            step = maker(now)
            now = step.apply(now)
        except (ImpossibleChange, IndexError):
            continue
        steps.append(step)
    assert changed(before, steps) == now
    assert len(described(before, steps)) == len(steps)
