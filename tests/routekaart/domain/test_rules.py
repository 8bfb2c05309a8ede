"""The rules of a routekaart: code, severity, what they hold back, and when they are silent."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from courses.entities import (
    AttentionPoint,
    Claim,
    ConsiderFirst,
    Parameter,
    PointKind,
    Programme,
    WellbeingFrame,
)
from courses.findings import Finding, Severity
from routekaart.domain.calendar import Region, SchoolYear
from routekaart.domain.dates import Situation, TeamDay
from routekaart.domain.rules import (
    Answer,
    Choice,
    FacilityLink,
    Funding,
    GoalView,
    MandatoryCourse,
    MemberView,
    Plannable,
    RoutekaartView,
    Transition,
    blocked_transitions,
    blocking,
    check,
    mandatory_course_finding,
    plannable,
    question_progress,
)
from routekaart.domain.rules.wording import is_performance_only
from routekaart.domain.school_holidays import school_calendar
from tests.small_catalogue import SPRING_2022, TODAY, catalogue, intervention, mention, question

WELLBEING = WellbeingFrame((), (), (), (), ())
SMALL = catalogue(
    intervention("feedback", mention("cursus"), training_required=True),
    intervention("rekenen", mention("cursus")),
    intervention(
        "begeleiding",
        mention("plus", package="pluspakket"),
        mention("ster", starred=True),
        consider_first=(
            ConsiderFirst(
                "eerst-groepjes", "Hebben jullie groepjes bekeken?", "bron", ("rekenen",)
            ),
        ),
        claims=(
            Claim("sessions-per-week", "bron", 3, 5),
            Claim("sessions-per-week", "tweede", 4, None),
            Claim("sessions-per-week", "tweede", 1, 1, scope=(("form", "digitaal"),)),
            Claim("session-minutes", "bron", 30, 30, approximate=True),
            Claim("duration-weeks", "bron", None, 10),
            Claim("effect", "bron", label="Groot"),
            Claim("group-size", "bron", 2, 6, scope=(("form", "tutoring"),)),
        ),
    ),
    intervention(
        "welbevinden",
        mention("cursus"),
        category="C",
        wellbeing=WELLBEING,
        attention_points=(
            question("een", required=True),
            question("twee", required=True),
            question("vrijblijvend"),
            AttentionPoint("feit", PointKind.FACT, "Een feit.", "bron"),
        ),
    ),
    intervention("leermiddelen", category="F"),
    intervention("professionalisering", category="F"),
    general=[mention("algemeen")],
)
GOAL = GoalView(
    "d1", "Wij leren feedback te geven waar leerlingen iets mee kunnen.", "", ("rekenen",)
)
GOOD = RoutekaartView(
    today=TODAY,
    choices=(Choice("rekenen"),),
    functions=("leerkracht",),
    goals=(GOAL,),
    packages=("academie",),
)


def codes(view: RoutekaartView) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity.value) for finding in check(SMALL, view)]


def choosing(*slugs: str, view: RoutekaartView = GOOD) -> RoutekaartView:
    return replace(view, choices=tuple(Choice(slug) for slug in slugs))


def test_a_sound_routekaart_has_no_findings() -> None:
    assert check(SMALL, GOOD) == ()


class TestFacilities:
    """S07: an option of F always goes with an intervention of A to E that asks for it."""

    def test_only_facilities_is_an_error(self) -> None:
        goal = replace(GOAL, interventions=(), courses=("cursus",), forms=("coaching",))
        found = check(SMALL, replace(choosing("leermiddelen"), goals=(goal,)))
        assert [(one.code, one.severity) for one in found] == [
            ("f_requires_a_to_e", Severity.ERROR)
        ]
        assert found[0].field == "interventions"

    def test_a_facility_must_be_linked_with_a_reason_to_what_was_chosen(self) -> None:
        both = choosing("rekenen", "leermiddelen")
        assert codes(both) == [("f_not_linked", "error")]
        for link in (
            FacilityLink("leermiddelen", "rekenen", "  "),
            FacilityLink("leermiddelen", "feedback", "Feedback is niet gekozen"),
            FacilityLink("leermiddelen", "leermiddelen", "Naar zichzelf"),
            FacilityLink("professionalisering", "rekenen", "Een andere keuze"),
        ):
            assert codes(replace(both, facility_links=(link,))) == [("f_not_linked", "error")]
        good = FacilityLink("leermiddelen", "rekenen", "We missen materiaal")
        assert codes(replace(both, facility_links=(good,))) == []

    def test_taking_away_the_last_asker_brings_the_error_back(self) -> None:
        linked = replace(
            choosing("leermiddelen"),
            goals=(replace(GOAL, interventions=("leermiddelen",)),),
            facility_links=(FacilityLink("leermiddelen", "rekenen", "We missen materiaal"),),
        )
        assert codes(linked) == [("f_requires_a_to_e", "error")]

    def test_an_intervention_of_a_goal_counts_as_chosen(self) -> None:
        assert GOOD.interventions == ("rekenen",)
        assert codes(choosing("leermiddelen")) == [("f_not_linked", "error")]


class TestGoals:
    def test_no_goal(self) -> None:
        assert codes(replace(GOOD, goals=())) == [("no_goal", "error")]
        blank = replace(GOAL, wording=" \n")
        (finding,) = check(SMALL, replace(GOOD, goals=(blank,)))
        assert (finding.code, finding.goal, finding.field) == ("no_goal", "d1", "wording")

    def test_more_than_three_goals_warns(self) -> None:
        goals = tuple(replace(GOAL, key=f"d{number}") for number in range(4))
        assert codes(replace(GOOD, goals=goals[:3])) == []
        assert codes(replace(GOOD, goals=goals)) == [("too_many_goals", "warning")]

    def test_goals_that_wait_for_each_other_warn(self) -> None:
        one, two, three, four = (replace(GOAL, key=f"d{number}") for number in range(1, 5))
        in_order = (one, replace(two, after=("d1",)), replace(three, after=("d1", "d2")))
        assert codes(replace(GOOD, goals=in_order)) == []
        # A goal that is no longer there keeps nobody waiting.
        assert codes(replace(GOOD, goals=(replace(one, after=("weg",)),))) == []
        circle = (
            replace(one, after=("d2",)),
            replace(two, after=("d3",)),
            replace(three, after=("d1",)),
            replace(four, after=("d1",)),
        )
        found = [
            finding
            for finding in check(SMALL, replace(GOOD, goals=circle))
            if finding.code == "goal_order_cycle"
        ]
        assert [(finding.goal, finding.severity, finding.field) for finding in found] == [
            (key, Severity.WARNING, "after") for key in ("d1", "d2", "d3")
        ]

    def test_a_goal_that_holds_nothing_warns(self) -> None:
        empty = replace(GOAL, interventions=())
        assert codes(replace(GOOD, goals=(empty,))) == [("goal_without_content", "warning")]

    def test_only_courses_is_noticed_until_there_is_another_form(self) -> None:
        picked = replace(GOAL, courses=("cursus",))
        assert codes(replace(GOOD, goals=(picked,))) == [("only_courses", "info")]
        trained = replace(picked, forms=("gerichte-scholing",))
        assert codes(replace(GOOD, goals=(trained,))) == [("only_courses", "info")]
        coached = replace(picked, forms=("gerichte-scholing", "coaching"))
        assert codes(replace(GOOD, goals=(coached,))) == []

    @pytest.mark.parametrize(
        "wording",
        [
            "Cito +10 %",
            "De scores op begrijpend lezen gaan omhoog",
            "80% van de leerlingen haalt 1F",
            "Hogere opbrengsten bij rekenen",
            "Onze leerlingen leren 10 procent beter lezen",
            "Kinderen in groep 5 leren rekenen op het landelijk gemiddelde",
            "Betere resultaten op de doorstroomtoets",
        ],
    )
    def test_results_only(self, wording: str) -> None:
        assert is_performance_only(wording)
        goal = replace(GOAL, wording=wording)
        (finding,) = check(SMALL, replace(GOOD, goals=(goal,)))
        assert (finding.code, finding.severity, finding.goal) == (
            "goal_is_performance_only",
            Severity.WARNING,
            "d1",
        )
        assert "Wij leren" in finding.message

    @pytest.mark.parametrize(
        "wording",
        [
            "Wij leren feedback te geven tijdens de les",
            "Wij leren uit toetsen af te lezen wat een leerling nodig heeft",
            "We onderzoeken waarom de scores bij spelling dalen",
            "Wij oefenen met EDI, zodat 80% van de leerlingen het lesdoel haalt",
            "Meer rust in de klas",
            "De leerkrachten leren hoe leerlingen leren en scoren",
            "",
        ],
    )
    def test_learning_or_neither(self, wording: str) -> None:
        assert not is_performance_only(wording)


class TestPlanning:
    """What the planner will run into: said at entry, never in the way."""

    WORKS = MemberView(("leerkracht",), (1, 2, 3, 4, 5), 60, minutes_left=2400, asked_minutes=2400)

    def found(self, *members: MemberView) -> list[Finding]:
        return list(check(SMALL, replace(GOOD, members=members)))

    def test_who_can_do_what_is_asked_is_silent(self) -> None:
        assert self.found() == []
        assert self.found(self.WORKS, self.WORKS) == []

    @pytest.mark.parametrize(
        ("values", "code", "words"),
        [
            ({"functions": ()}, "member_without_function", "staat geen functie"),
            ({"working_days": ()}, "member_without_working_days", "staan geen werkdagen"),
            ({"weekly_minutes": 0}, "member_without_hours", "is er geen studietijd"),
            ({"asked_minutes": 2401}, "hours_exceed_year", "tot 1 minuut te veel"),
        ],
    )
    def test_counted_and_never_named(self, values: dict[str, Any], code: str, words: str) -> None:
        broken = replace(self.WORKS, **values)
        [one] = self.found(self.WORKS, broken)
        [two] = self.found(broken, self.WORKS, broken)
        for finding, who in ((one, "bij 1 collega"), (two, "bij 2 collega’s")):
            assert (finding.code, finding.severity, finding.field) == (
                code,
                Severity.WARNING,
                "members",
            )
            assert who in finding.message.lower()
            assert words in finding.message
            assert blocked_transitions(finding) == frozenset()

    def test_the_largest_shortage_is_said(self) -> None:
        [finding] = self.found(
            replace(self.WORKS, asked_minutes=2430), replace(self.WORKS, asked_minutes=2535)
        )
        assert "tot 2 uur 15 min te veel" in finding.message

    def test_who_has_no_time_at_all_is_said_once(self) -> None:
        nobody = MemberView(("leerkracht",), (1,), 0, minutes_left=0, asked_minutes=60)
        idle = MemberView(("leerkracht",), (), 60, minutes_left=0, asked_minutes=60)
        assert [one.code for one in self.found(nobody, idle)] == [
            "member_without_hours",
            "member_without_working_days",
        ]

    def test_no_study_days(self) -> None:
        calendar = school_calendar(SchoolYear(2026), Region.NOORD)
        none = Situation(calendar=calendar, sector="po")
        [finding] = check(SMALL, replace(GOOD, dates=none))
        assert (finding.code, finding.severity, finding.field) == (
            "no_study_days",
            Severity.WARNING,
            "study_days",
        )
        candidate = TeamDay(date(2026, 11, 4), fixed=False)
        assert check(SMALL, replace(GOOD, dates=replace(none, own_days=(candidate,)))) == ()


class TestQuestions:
    def test_consider_first_wants_an_answer(self) -> None:
        asked = choosing("begeleiding")
        (finding,) = check(SMALL, asked)
        assert (finding.code, finding.severity, finding.intervention, finding.point) == (
            "consider_first_unanswered",
            Severity.QUESTION,
            "begeleiding",
            "eerst-groepjes",
        )
        assert finding.message == (
            "Overweeg eerst bij 'Begeleiding': Hebben jullie groepjes bekeken? Schrijf op waarom "
            "jullie hiervoor kiezen, of kies liever 'Rekenen'."
        )
        for answer, left in ((" ", 1), ("Overwogen, want …", 0)):
            given_ = (Answer("begeleiding", "eerst-groepjes", answer),)
            assert len(check(SMALL, replace(asked, answers=given_))) == left
        elsewhere = (Answer("rekenen", "eerst-groepjes", "Bij een andere interventie"),)
        assert len(check(SMALL, replace(asked, answers=elsewhere))) == 1

    def test_the_questions_of_wellbeing_want_answers(self) -> None:
        asked = choosing("welbevinden")
        assert [(one.code, one.point) for one in check(SMALL, asked)] == [
            ("wellbeing_question_unanswered", "een"),
            ("wellbeing_question_unanswered", "twee"),
        ]
        answered = replace(asked, answers=(Answer("welbevinden", "een", "Zo."),))
        assert [(one.severity, one.point) for one in check(SMALL, answered)] == [
            (Severity.QUESTION, "twee")
        ]

    def test_progress_counts_questions_only(self) -> None:
        asked = replace(
            choosing("welbevinden", "rekenen"),
            answers=(Answer("welbevinden", "vrijblijvend", "Ja."),),
        )
        progress = question_progress(SMALL, asked)
        assert (progress.asked, progress.answered, progress.percent) == (3, 1, 33)
        assert [(slug, point.slug) for slug, point in progress.open] == [
            ("welbevinden", "een"),
            ("welbevinden", "twee"),
        ]
        assert question_progress(SMALL, GOOD).percent == 100


class TestMoney:
    """S08: NPO pays for what is rated effective, not for what is rated well founded."""

    @pytest.mark.parametrize(
        ("funding", "recognition", "expected"),
        [
            (Funding.NPO, "goed onderbouwd", [("not_fundable", "error")]),
            (Funding.NPO, " Goed  Onderbouwd ", [("not_fundable", "error")]),
            (Funding.NPO, "effectief", []),
            (Funding.NPO, "", []),
            (Funding.OWN, "goed onderbouwd", [("programme_well_founded", "info")]),
            (Funding.OTHER, "goed onderbouwd", [("programme_well_founded", "info")]),
        ],
    )
    def test_recognition(
        self, funding: Funding, recognition: str, expected: list[tuple[str, str]]
    ) -> None:
        choice = Choice("rekenen", programme="Programma X", recognition=recognition)
        assert codes(replace(GOOD, choices=(choice,), funding=funding)) == expected


class TestTraining:
    """S09: an intervention that needs training says so until training is linked."""

    def test_no_training_linked(self) -> None:
        (finding,) = check(SMALL, choosing("feedback"))
        assert (finding.code, finding.severity, finding.intervention) == (
            "no_training_linked",
            Severity.WARNING,
            "feedback",
        )

    def test_any_training_will_do(self) -> None:
        bare = replace(GOAL, key="d2", interventions=("feedback",))
        asked = choosing("feedback", view=replace(GOOD, goals=(bare,)))
        assert codes(asked) == [("no_training_linked", "warning")]
        assert codes(replace(asked, trained=frozenset({"feedback"}))) == []
        coached = replace(bare, forms=("coaching",))
        assert codes(replace(asked, goals=(coached,))) == []
        picked = replace(bare, courses=("cursus",))
        assert codes(replace(asked, goals=(picked,))) == [("only_courses", "info")]

    def test_professionalisation_linked_to_it_counts(self) -> None:
        asked = replace(
            choosing("feedback", "professionalisering"),
            facility_links=(FacilityLink("professionalisering", "feedback", "Training nodig"),),
        )
        assert codes(asked) == []
        elsewhere = FacilityLink("professionalisering", "rekenen", "Training nodig")
        assert codes(replace(asked, facility_links=(elsewhere,))) == [
            ("no_training_linked", "warning")
        ]


class TestFramework:
    def test_historic_from_the_day_after_its_last(self) -> None:
        assert codes(replace(GOOD, today=date(2025, 7, 31))) == []
        (finding,) = check(SMALL, replace(GOOD, today=date(2025, 8, 1)))
        assert (finding.code, finding.severity) == ("framework_historic", Severity.WARNING)
        assert finding.message.startswith("Menukaart liep tot en met 31 juli 2025")

    def test_once_per_framework(self) -> None:
        late = choosing("rekenen", "welbevinden", view=replace(GOOD, today=date(2026, 1, 1)))
        found = [one.code for one in check(SMALL, late)]
        assert found.count("framework_historic") == 1


class TestParameters:
    """S10: figures outside what every source names, with the sources' own range."""

    def messages(self, *parameters: tuple[str, float], programme: str = "") -> list[str]:
        choice = Choice("begeleiding", programme=programme, parameters=parameters)
        view = replace(
            GOOD,
            choices=(choice,),
            answers=(Answer("begeleiding", "eerst-groepjes", "Overwogen."),),
        )
        found = check(SMALL, view)
        assert {(one.code, one.severity) for one in found} <= {
            ("parameter_out_of_range", Severity.WARNING)
        }
        return [one.message for one in found]

    def test_names_the_ranges_of_the_sources(self) -> None:
        (message,) = self.messages(("sessions-per-week", 2))
        assert message == (
            "Begeleiding, sessies per week: jullie plannen 2, de bron noemt 3 tot 5 "
            "(De handreiking) of minstens 4 (De praktijkkaart). Pas het aan, of schrijf op "
            "waarom jullie afwijken."
        )

    @pytest.mark.parametrize(
        ("parameter", "value", "warns"),
        [
            ("sessions-per-week", 3, False),
            ("sessions-per-week", 7, False),  # the second source names no upper bound
            ("sessions-per-week", 2.5, True),
            ("duration-weeks", 10, False),
            ("duration-weeks", 11, True),
            ("session-minutes", 25, False),  # about 30
            ("session-minutes", 36, False),
            ("session-minutes", 45, True),
            ("group-size", 6, False),  # only a narrower claim speaks of it
            ("group-size", 7, True),
            ("effect", 99, False),  # no figures to measure by
            ("onbekend", 1, False),
        ],
    )
    def test_range(self, parameter: str, value: float, warns: bool) -> None:
        assert len(self.messages((parameter, value))) == warns

    def test_a_known_programme_has_its_own_figures(self) -> None:
        reach = Programme("reach", "REACH", "", (Claim("sessions-per-week", "tweede", 3, 3),))
        begeleiding = replace(SMALL.intervention_by_slug["begeleiding"], programmes=(reach,))
        known = replace(SMALL, interventions=(begeleiding,))

        def warns(programme: str, parameter: str, value: float) -> bool:
            choice = Choice("begeleiding", programme, parameters=((parameter, value),))
            view = replace(GOOD, choices=(choice,))
            return any(one.code == "parameter_out_of_range" for one in check(known, view))

        assert warns("Reach", "sessions-per-week", 5)
        assert not warns("Reach", "sessions-per-week", 3)
        assert not warns("Iets anders", "sessions-per-week", 5)
        assert warns("Reach", "duration-weeks", 11)  # not in the programme: the intervention's

    def test_what_a_team_can_plan_and_what_the_sources_name(self) -> None:
        sessions = SMALL.parameters[0]
        minutes = Parameter("session-minutes", "Lengte van een sessie", "minuten")
        # The effect is found in research and not planned.
        known = replace(
            SMALL, parameters=(Parameter("effect", "Leerwinst", "maanden"), minutes, sessions)
        )
        assert plannable(known, Choice("begeleiding")) == (
            Plannable(sessions, ("3 tot 5 (De handreiking)", "minstens 4 (De praktijkkaart)")),
            Plannable(minutes, ("ongeveer 30 (De handreiking)",)),
        )
        assert plannable(SMALL, Choice("onbekend")) == ()


class TestMandatoryCourses:
    """S19, S20: what cannot be opened on the day cannot be made mandatory."""

    def finding(
        self, course: str, *, today: date = TODAY, deadline: date | None = None
    ) -> Finding | None:
        return mandatory_course_finding(
            SMALL,
            MandatoryCourse(course, deadline),
            platforms=(),
            packages=("academie",),
            today=today,
        )

    def test_offered_may(self) -> None:
        assert self.finding("cursus") is None

    @pytest.mark.parametrize(
        ("course", "words"),
        [
            ("plus", "zit niet in jullie academie"),
            ("ster", "niemand heeft dat bevestigd"),
            ("vervallen", "staat niet meer in de catalogus"),
        ],
    )
    def test_may_not(self, course: str, words: str) -> None:
        finding = self.finding(course)
        assert finding is not None
        assert (finding.code, finding.severity, finding.course) == (
            "course_not_available",
            Severity.ERROR,
            course,
        )
        assert words in finding.message

    @pytest.mark.parametrize(
        ("deadline", "may"),
        [(None, False), (date(2022, 3, 19), False), (SPRING_2022, True), (date(2022, 6, 1), True)],
    )
    def test_before_its_date(self, deadline: date | None, may: bool) -> None:
        early = date(2022, 1, 10)
        assert (self.finding("ster", today=early, deadline=deadline) is None) is may

    def test_it_is_found_at_its_goal(self) -> None:
        goal = replace(GOAL, mandatory=(MandatoryCourse("plus"),), forms=("coaching",))
        (finding,) = check(SMALL, replace(GOOD, goals=(goal,)))
        assert (finding.code, finding.goal, finding.course) == (
            "course_not_available",
            "d1",
            "plus",
        )


class TestTransitions:
    @pytest.mark.parametrize(
        ("code", "severity", "held_back"),
        [
            ("f_requires_a_to_e", Severity.ERROR, {"submit", "approve"}),
            ("f_not_linked", Severity.ERROR, {"submit", "approve"}),
            ("not_fundable", Severity.ERROR, {"submit", "approve"}),
            ("no_goal", Severity.ERROR, {"submit", "plan", "approve"}),
            ("course_not_available", Severity.ERROR, {"plan", "approve"}),
            ("nog_niet_geplaatst", Severity.ERROR, {"submit", "plan", "approve"}),
            ("consider_first_unanswered", Severity.QUESTION, {"submit"}),
            ("wellbeing_question_unanswered", Severity.QUESTION, {"submit"}),
            ("framework_historic", Severity.WARNING, set()),
            ("only_courses", Severity.INFO, set()),
        ],
    )
    def test_what_is_held_back(self, code: str, severity: Severity, held_back: set[str]) -> None:
        finding = Finding(code, severity, "")
        assert blocked_transitions(finding) == held_back
        for transition in Transition:
            assert bool(blocking([finding], transition)) is (transition in held_back)

    def test_blocking_names_all_of_them(self) -> None:
        view = replace(choosing("leermiddelen", "begeleiding"), goals=(), today=date(2026, 1, 1))
        found = check(SMALL, view)
        assert [one.code for one in blocking(found, Transition.SUBMIT)] == [
            "f_not_linked",
            "no_goal",
            "consider_first_unanswered",
        ]
        assert [one.code for one in found][3:] == ["framework_historic"]
