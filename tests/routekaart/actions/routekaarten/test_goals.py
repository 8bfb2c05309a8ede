"""Goals, and answers to attention points."""

from typing import Any
from uuid import uuid4

import pytest

from courses.advice import UnknownSlug
from courses.catalogue import current_catalogue
from routekaart.access import Forbidden, NotFound, Role
from routekaart.actions.routekaarten.goals import (
    GivenAnswer,
    PickedCourse,
    change_goal,
    move_goal,
    remove_goal,
    save_answers,
)
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import Answer, AuditEntry, Goal
from routekaart.queries.routekaarten.routekaarten import goal_detail, goals_of
from tests.makers import access_for, make_colleague, make_team
from tests.stages import INTERVENTION, Interrupted, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def described(stage: Stage) -> list[tuple[str, int, list[str], list[tuple[str, str]]]]:
    by = stage.as_lead
    with by.entered():
        return [
            (
                goal.wording,
                goal.priority,
                [row.intervention_id for row in goal.goal_interventions.all()],
                [(row.course_id, row.reason) for row in goal.goal_courses.all()],
            )
            for goal in goals_of(by=by, routekaart_id=stage.routekaart.pk)
        ]


class TestGoals:
    def test_a_goal_comes_last_unless_it_says_where(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION)
        stage.add_goal(wording="midden", priority=5)
        stage.add_goal(wording="achteraan", interventions=[])
        stage.add_goal(wording="voorop", priority=1)
        assert [(wording, priority) for wording, priority, _, _ in described(stage)] == [
            ("voorop", 1),
            ("midden", 5),
            ("achteraan", 6),
        ]

    def test_lists_replace_what_stood_there_and_keep_their_order(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION, "directe-instructie")
        courses = [course.slug for course in current_catalogue().courses[:2]]
        goal = stage.add_goal(
            wording="Wij leren.",
            interventions=["directe-instructie", INTERVENTION, "directe-instructie"],
            courses=[PickedCourse(courses[1], "eerst"), PickedCourse(courses[0])],
        )
        assert described(stage) == [
            (
                "Wij leren.",
                1,
                ["directe-instructie", INTERVENTION],
                [(courses[1], "eerst"), (courses[0], "")],
            )
        ]
        change_goal(
            by=stage.as_member,
            goal_id=goal.pk,
            values={"interventions": [INTERVENTION], "courses": [], "priority": 7},
        )
        assert described(stage) == [("Wij leren.", 7, [INTERVENTION], [])]

    def test_what_is_not_named_stays(self) -> None:
        stage = Stage().filled()
        change_goal(by=stage.as_lead, goal_id=stage.goal.pk, values={"indicator": "Lesbezoek."})
        goal = goal_detail(by=stage.as_lead, goal_id=stage.goal.pk)
        assert (goal.wording, goal.indicator) == ("Wij leren feedback geven.", "Lesbezoek.")
        assert described(stage) == [("Wij leren feedback geven.", 1, [INTERVENTION], [])]

    @pytest.mark.parametrize(
        ("values", "error", "field"),
        [
            ({"interventions": ["directe-instructie"]}, BadInput, "interventions"),
            ({"interventions": ["bestaat-niet"]}, UnknownSlug, "interventions"),
            ({"courses": [PickedCourse("bestaat-niet")]}, UnknownSlug, "courses"),
        ],
    )
    def test_what_cannot_be_linked_changes_nothing(
        self, values: dict[str, Any], error: type[Exception], field: str
    ) -> None:
        stage = Stage().filled()
        before = (described(stage), stage.fresh().revision)
        with pytest.raises(error) as caught:
            change_goal(
                by=stage.as_lead, goal_id=stage.goal.pk, values={"wording": "half"} | values
            )
        named: Any = caught.value
        assert named.field == field
        assert (described(stage), stage.fresh().revision) == before

    def test_an_intervention_must_be_chosen_first(self) -> None:
        stage = Stage().filled()
        with pytest.raises(BadInput) as caught:
            stage.add_goal(interventions=["directe-instructie"])
        assert caught.value.code == "intervention_not_chosen"
        assert caught.value.message == (
            "‘Directe instructie’ is nog niet gekozen in deze routekaart. "
            "Kies de interventie eerst, of haal haar hier weg."
        )
        assert len(described(stage)) == 1

    def test_a_goal_comes_after_others_of_its_own_routekaart(self) -> None:
        stage = Stage().filled()
        first, elsewhere = stage.goal, Stage(stage.school, "Bovenbouw").filled().goal
        second = stage.add_goal(wording="daarna", after=[first.pk])
        third = stage.add_goal(wording="laatst", after=[second.pk, first.pk])

        def after(goal: Goal) -> list[Goal]:
            found = goal_detail(by=stage.as_lead, goal_id=goal.pk)
            return list(found.after.all())

        # By priority, in whatever order they were named.
        assert [after(goal) for goal in (first, second, third)] == [[], [first], [first, second]]
        for earlier, code in (
            (third.pk, "goal_after_itself"),
            (elsewhere.pk, "unknown_goal"),
            (uuid4(), "unknown_goal"),
        ):
            with pytest.raises(BadInput) as caught:
                change_goal(
                    by=stage.as_lead, goal_id=third.pk, values={"after": [first.pk, earlier]}
                )
            assert (caught.value.field, caught.value.code) == ("after", code)
        assert after(third) == [first, second]
        # A draft may hold a circle: the rules say so.
        change_goal(by=stage.as_lead, goal_id=first.pk, values={"after": [third.pk]})
        assert after(first) == [third]
        remove_goal(by=stage.as_lead, goal_id=third.pk)
        assert after(first) == []

    def test_a_removed_goal_is_gone_once(self) -> None:
        stage = Stage().filled()
        remove_goal(by=stage.as_lead, goal_id=stage.goal.pk)
        assert described(stage) == []
        for again in (
            lambda: remove_goal(by=stage.as_lead, goal_id=stage.goal.pk),
            lambda: change_goal(by=stage.as_lead, goal_id=stage.goal.pk, values={"wording": "x"}),
        ):
            with pytest.raises(NotFound):
                again()
        assert described(stage) == []

    def test_only_in_a_draft_and_only_by_the_team(self) -> None:
        stage = Stage().submitted()
        for by, error in (
            (stage.as_lead, Conflict),
            (stage.as_trainer, Forbidden),
            (access_for(make_colleague(make_team(), Role.TEAM_LEAD)), NotFound),
        ):
            with pytest.raises(error):
                change_goal(by=by, goal_id=stage.goal.pk, values={"wording": "x"})
            with pytest.raises(error):
                remove_goal(by=by, goal_id=stage.goal.pk)
        with pytest.raises(Conflict):
            stage.add_goal()
        with pytest.raises(NotFound):
            remove_goal(by=stage.as_lead, goal_id=uuid4())

    def test_every_action_is_logged_once(self) -> None:
        stage = Stage().filled()
        change_goal(by=stage.as_lead, goal_id=stage.goal.pk, values={"wording": "x"})
        remove_goal(by=stage.as_lead, goal_id=stage.goal.pk)
        with stage.as_lead.entered():
            logged = AuditEntry.objects.order_by("pk").values_list("action", "object_kind")
            assert list(logged) == [
                ("change", "Routekaart"),
                ("add_goal", "Routekaart"),
                ("add_study_day", "Routekaart"),
                ("change_goal", "Routekaart"),
                ("remove_goal", "Routekaart"),
            ]


class TestOrder:
    def test_one_place_at_a_time_and_numbered_anew(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION)
        first, second, third = (
            stage.add_goal(wording=name, priority=priority)
            for name, priority in (("a", 1), ("b", 5), ("c", 5))
        )

        def order() -> list[tuple[str, int]]:
            return [(wording, priority) for wording, priority, *_ in described(stage)]

        # Equal ones have an order too: that of their ids.
        middle, last = sorted((second, third), key=lambda goal: goal.pk)
        move_goal(by=stage.as_member, goal_id=last.pk, up=True)
        assert order() == [("a", 1), (last.wording, 2), (middle.wording, 3)]
        move_goal(by=stage.as_member, goal_id=first.pk, up=False)
        assert order() == [(last.wording, 1), ("a", 2), (middle.wording, 3)]
        move_goal(by=stage.as_member, goal_id=last.pk, up=True)
        move_goal(by=stage.as_member, goal_id=middle.pk, up=False)
        assert order() == [(last.wording, 1), ("a", 2), (middle.wording, 3)]

    def test_who_and_when(self) -> None:
        stage = Stage().filled()
        other = make_colleague(make_team(stage.school, "Bovenbouw"), Role.TEAM_LEAD)
        with pytest.raises(NotFound):
            move_goal(by=access_for(other), goal_id=stage.goal.pk, up=True)
        with pytest.raises(Forbidden):
            move_goal(by=stage.as_trainer, goal_id=stage.goal.pk, up=True)
        submitted = Stage().submitted()
        with pytest.raises(Conflict):
            move_goal(by=submitted.as_lead, goal_id=submitted.goal.pk, up=True)


class TestAnswers:
    @staticmethod
    def points(slug: str = INTERVENTION) -> list[str]:
        return [
            point.slug for point in current_catalogue().intervention_by_slug[slug].attention_points
        ]

    @staticmethod
    def save(stage: Stage, *answers: tuple[str, str, str]) -> None:
        save_answers(
            by=stage.as_member,
            routekaart_id=stage.routekaart.pk,
            answers=[GivenAnswer(*answer) for answer in answers],
        )

    @staticmethod
    def saved(stage: Stage) -> dict[tuple[str, str], str]:
        with stage.as_lead.entered():
            return {(row.intervention_id, row.point): row.text for row in Answer.objects.all()}

    def test_answers_are_added_changed_and_taken_back(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION)
        first, second, third = self.points()[:3]
        self.save(stage, (INTERVENTION, first, "een"), (INTERVENTION, second, "twee"))
        self.save(
            stage,
            (INTERVENTION, first, "anders"),
            (INTERVENTION, second, "  \n"),
            (INTERVENTION, third, "drie"),
        )
        assert self.saved(stage) == {
            (INTERVENTION, first): "anders",
            (INTERVENTION, third): "drie",
        }

    def test_the_last_word_on_a_point_counts(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION)
        point = self.points()[0]
        self.save(stage, (INTERVENTION, point, "eerst"), (INTERVENTION, point, "daarna"))
        assert self.saved(stage) == {(INTERVENTION, point): "daarna"}
        self.save(stage, (INTERVENTION, point, "weer"), (INTERVENTION, point, ""))
        assert self.saved(stage) == {}

    def test_a_consider_first_is_answered_in_the_same_way(self) -> None:
        stage = Stage()
        slug = "instructie-in-kleine-groepen"
        stage.choose(slug)
        first = current_catalogue().intervention_by_slug[slug].consider_first[0].slug
        self.save(stage, (slug, first, "Tweetallen lukten niet."))
        assert self.saved(stage) == {(slug, first): "Tweetallen lukten niet."}

    def test_nothing_is_saved_when_one_cannot_be(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION)
        good = (INTERVENTION, self.points()[0], "goed")
        for bad, code in (
            ((INTERVENTION, "bestaat-niet", "x"), "unknown_point"),
            (
                ("directe-instructie", self.points("directe-instructie")[0], "x"),
                "intervention_not_chosen",
            ),
        ):
            with pytest.raises(BadInput) as caught:
                self.save(stage, good, bad)
            assert (caught.value.field, caught.value.code) == ("answers", code)
        with pytest.raises(UnknownSlug):
            self.save(stage, good, ("bestaat-niet", "x", "x"))
        assert self.saved(stage) == {}

    def test_an_answer_out_of_sight_can_still_be_taken_back(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION)
        point = self.points()[0]
        self.save(stage, (INTERVENTION, point, "weg ermee"))
        stage.choose()
        self.save(stage, (INTERVENTION, point, ""))
        assert self.saved(stage) == {}

    def test_three_hundred_answers_take_as_many_queries_as_one(
        self, django_assert_num_queries: Any
    ) -> None:
        stage = Stage()
        slugs = ("feedback", "directe-instructie", "samenwerkend-leren")
        stage.choose(*slugs)
        by = stage.as_member
        one = [GivenAnswer(INTERVENTION, self.points()[0], "een")]
        many = [GivenAnswer(slug, point, "ja") for slug in slugs for point in self.points(slug)]
        assert len(many) > 10
        for answers in (one, many):
            with django_assert_num_queries(8):
                save_answers(by=by, routekaart_id=stage.routekaart.pk, answers=answers)


class TestBetweenLookAndLock:
    """What was read before the lock is old by then."""

    def test_what_somebody_else_wrote_meanwhile_stays(self) -> None:
        stage = Stage().filled()
        by = Interrupted.by(
            stage.as_lead,
            lambda: change_goal(
                by=stage.as_member, goal_id=stage.goal.pk, values={"noticeable": "Rust."}
            ),
        )
        change_goal(by=by, goal_id=stage.goal.pk, values={"indicator": "Lesbezoek."})
        goal = goal_detail(by=stage.as_lead, goal_id=stage.goal.pk)
        assert (goal.noticeable, goal.indicator) == ("Rust.", "Lesbezoek.")

    def test_what_somebody_else_removed_meanwhile_is_not_brought_back(self) -> None:
        stage = Stage().filled()
        by = Interrupted.by(
            stage.as_lead, lambda: remove_goal(by=stage.as_member, goal_id=stage.goal.pk)
        )
        with pytest.raises(NotFound):
            change_goal(by=by, goal_id=stage.goal.pk, values={"wording": "terug"})
        with stage.as_lead.entered():
            assert Goal.objects.count() == 0

    def test_who_removes_it_second_removes_nothing(self) -> None:
        stage = Stage().filled()
        by = Interrupted.by(
            stage.as_lead, lambda: remove_goal(by=stage.as_member, goal_id=stage.goal.pk)
        )
        with pytest.raises(NotFound):
            remove_goal(by=by, goal_id=stage.goal.pk)
