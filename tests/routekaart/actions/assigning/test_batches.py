"""Assigning to many people in one action, and undoing it."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.advice import UnknownSlug
from routekaart.access import Forbidden, NotFound
from routekaart.actions.assigning.assignments import withdraw_assignment
from routekaart.actions.assigning.batches import (
    AskedCourse,
    BatchRequest,
    assign_batch,
    preview_batch,
)
from routekaart.actions.assigning.rules import remove_rule
from routekaart.actions.assigning.states import move_assignments
from routekaart.actions.assigning.storing import Stored
from routekaart.actions.assigning.targets import Target
from routekaart.actions.assigning.undo import Undone, undo_batch
from routekaart.actions.organisation.work_groups import add_work_group
from routekaart.actions.progress.progress import (
    reopen_assignment,
    start_assignment,
    waive_assignment,
)
from routekaart.clock import now
from routekaart.domain.assigning.undoing import Kept
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import (
    Assignment,
    AssignmentRule,
    AuditEntry,
    BatchItem,
    Person,
    Routekaart,
)
from routekaart.models.assignment_batches import TargetKind
from routekaart.queries.routekaarten.routekaarten import assignments_of
from tests.makers import employ, join, make_colleague, make_person
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

# For teachers, and for toddlers' teachers only; a package nobody has; not confirmed.
MINDSET = "de-mindset-theorie-van-carol-dweck"
PLAY = "spel-en-begeleiding"
LOCKED = "feedback-en-toetsen"
UNCONFIRMED = "notendop-feedback"
TEAM = Target(TargetKind.TEAM)


def request(stage: Stage, *courses: str, target: Target = TEAM, **values: Any) -> BatchRequest:
    asked = tuple(AskedCourse(course, (stage.goal.pk,)) for course in courses or [MINDSET])
    fields: dict[str, Any] = {"mandatory": True, "reason": "omdat: goed"}
    return BatchRequest(courses=asked, target=target, **fields | values)


def assign(stage: Stage, *courses: str, target: Target = TEAM, **values: Any) -> Stored:
    return assign_batch(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        request=request(stage, *courses, target=target, **values),
        today=TODAY,
    )


def persons(*people: Any) -> Target:
    return Target(TargetKind.PERSON, persons=tuple(person.pk for person in people))


def standing(stage: Stage) -> set[tuple[str, str]]:
    with stage.as_lead.entered():
        rows = Assignment.objects.filter(routekaart=stage.routekaart).exclude(state="withdrawn")
        return {(row.person.name, row.course_id) for row in rows}


def rules(stage: Stage) -> set[tuple[str, str]]:
    with stage.as_lead.entered():
        return set(AssignmentRule.objects.values_list("course_id", "function"))


def state_in(stage: Stage, state: str, **which: Any) -> None:
    with stage.as_lead.entered():
        Assignment.objects.filter(**which).update(state=state)


def outcomes(stage: Stage, *courses: str, **values: Any) -> dict[tuple[str, str], str]:
    found = preview_batch(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        request=request(stage, *courses, **values),
        today=TODAY,
    )
    return {
        (found.names[verdict.person], verdict.course): verdict.code or verdict.outcome.value
        for verdict in found.verdicts
    }


class TestAssigning:
    def test_to_the_team_is_by_rule_and_passes_over_other_functions(self) -> None:
        stage = Stage().accepted()
        make_colleague(stage.team, name="Kim Kleuter", functions=["kleuterleerkracht"])
        asked = (MINDSET, PLAY)
        assert outcomes(stage, *asked) == {
            ("Kim Kleuter", MINDSET): "new",
            ("Kim Kleuter", PLAY): "new",
            ("Lies Leider", MINDSET): "new",
            ("Lies Leider", PLAY): "outside_function",
            ("Mo Lid", MINDSET): "new",
            ("Mo Lid", PLAY): "outside_function",
        }
        assert standing(stage) == set()
        stored = assign(stage, *asked)
        assert (stored.created, stored.existing, stored.batch.title) == (
            4,
            0,
            "2 cursussen voor het team",
        )
        assert standing(stage) == {
            ("Kim Kleuter", MINDSET),
            ("Kim Kleuter", PLAY),
            ("Lies Leider", MINDSET),
            ("Mo Lid", MINDSET),
        }
        assert rules(stage) == {
            (MINDSET, "leerkracht"),
            (MINDSET, "kleuterleerkracht"),
            (PLAY, "kleuterleerkracht"),
            (PLAY, "pedagogisch-medewerker"),
        }
        with stage.as_lead.entered():
            row = Assignment.objects.filter(person=stage.member).get()
            assert (row.reason, row.mandatory, row.batch) == ("omdat: goed", True, stored.batch)
            assert [*row.goals.all()] == [stage.goal]
            entry = AuditEntry.objects.filter(routekaart=stage.routekaart).latest("pk")
            assert (entry.action, entry.person) == ("assign_batch", stage.lead)

    def test_by_name_it_may_be_outside_the_function_and_makes_no_rule(self) -> None:
        stage = Stage().accepted()
        stored = assign(stage, PLAY, target=persons(stage.member))
        assert standing(stage) == {("Mo Lid", PLAY)}
        assert stored.batch.title.endswith("’ voor Mo Lid")
        assert rules(stage) == set()

    def test_to_a_function_with_those_it_includes(self) -> None:
        stage = Stage().accepted()
        make_colleague(stage.team, name="Kim Kleuter", functions=["kleuterleerkracht"])
        make_colleague(stage.team, name="Ib Ber", functions=["intern-begeleider"])
        assign(stage, target=Target(TargetKind.FUNCTION, function="leerkracht"))
        assert {name for name, _ in standing(stage)} == {"Kim Kleuter", "Lies Leider", "Mo Lid"}
        assert rules(stage) == {(MINDSET, "leerkracht")}

    def test_to_a_work_group(self) -> None:
        stage = Stage().accepted()
        values = {"name": "Kijkgroep", "members": [stage.member.pk]}
        group = add_work_group(by=stage.as_lead, routekaart_id=stage.routekaart.pk, values=values)
        stored = assign(stage, target=Target(TargetKind.WORK_GROUP, work_group=group.pk))
        assert standing(stage) == {("Mo Lid", MINDSET)}
        assert stored.batch.title.endswith("voor werkgroep Kijkgroep")

    def test_once_also_for_a_second_goal_and_again(self) -> None:
        stage = Stage().accepted()
        with stage.as_lead.entered():
            second = stage.routekaart.goals.create(wording="Twee.", priority=2)
        assign(stage)
        assert outcomes(stage) == {
            ("Lies Leider", MINDSET): "present",
            ("Mo Lid", MINDSET): "present",
        }
        both = BatchRequest(
            (AskedCourse(MINDSET, (stage.goal.pk, second.pk)),),
            persons(stage.member),
            mandatory=True,
            reason="omdat: ook",
        )
        again = assign_batch(
            by=stage.as_lead, routekaart_id=stage.routekaart.pk, request=both, today=TODAY
        )
        assert (again.created, again.existing) == (0, 1)
        with stage.as_lead.entered():
            row = Assignment.objects.filter(person=stage.member).get()
            assert set(row.goals.all()) == {stage.goal, second}
        # Undoing takes off the goal that it added, and nothing else.
        undone = undo_batch(by=stage.as_lead, batch_id=again.batch.pk, at=now())
        assert undone == Undone(0, {Kept.ASKED_OTHERWISE: 1})
        with stage.as_lead.entered():
            assert [*row.goals.all()] == [stage.goal]

    def test_ahead_of_date_the_person_does_not_see_it_yet(self) -> None:
        stage = Stage().accepted()
        assign(stage, target=persons(stage.member), starts_on=date(2027, 1, 11))

        def seen_by(by: Any) -> list[Any]:
            with by.entered():
                rows = assignments_of(by=by, routekaart_id=stage.routekaart.pk)
                return [row.starts_on for row in rows]

        assert seen_by(stage.as_member) == []
        assert seen_by(stage.as_lead) == [date(2027, 1, 11)]
        assert seen_by(stage.as_trainer) == [date(2027, 1, 11)]
        with stage.as_lead.entered():
            Assignment.objects.update(starts_on=date(2020, 1, 1))
        assert seen_by(stage.as_member) == [date(2020, 1, 1)]


class TestRefused:
    @pytest.mark.parametrize(
        ("changes", "field", "code"),
        [
            ({"courses": [LOCKED]}, "courses.0.course", "course_locked"),
            ({"courses": [MINDSET, UNCONFIRMED]}, "courses.1.course", "course_unconfirmed"),
            ({"goal": True}, "courses.0.goals", "unknown_goal"),
            ({"person": True}, "target.persons.0", "not_in_team"),
            (
                {"target": Target(TargetKind.WORK_GROUP, work_group=uuid4())},
                "target.work_group",
                "unknown_work_group",
            ),
            ({"starts_on": date(2026, 8, 23)}, "starts_on", "in_the_past"),
            ({"starts_on": date(2027, 8, 1)}, "starts_on", "outside_school_year"),
        ],
    )
    def test_what_cannot_be(self, changes: dict[str, Any], field: str, code: str) -> None:
        stage = Stage().accepted()
        if changes.pop("goal", False):
            elsewhere = Stage().filled()
            stage.goal = elsewhere.goal
        if changes.pop("person", False):
            stranger = make_person("Vera Vreemd")
            employ(stranger, stage.school)
            changes["target"] = persons(stranger)
        courses = changes.pop("courses", [MINDSET])
        with pytest.raises(BadInput) as caught:
            assign(stage, *courses, **changes)
        assert (caught.value.field, caught.value.code) == (field, code)
        assert standing(stage) == set()

    def test_what_is_held_back_is_part_of_the_preview(self) -> None:
        stage = Stage().accepted()
        found = outcomes(stage, LOCKED, UNCONFIRMED, target=persons(stage.member))
        assert list(found.values()) == ["course_locked", "course_unconfirmed"]
        voluntary = outcomes(
            stage, LOCKED, UNCONFIRMED, target=persons(stage.member), mandatory=False
        )
        assert list(voluntary.values()) == ["new", "new"]

    def test_a_course_or_function_that_is_not_there(self) -> None:
        stage = Stage().accepted()
        with pytest.raises(UnknownSlug):
            assign(stage, "bestaat-niet")
        with pytest.raises(UnknownSlug):
            assign(stage, target=Target(TargetKind.FUNCTION, function="tovenaar"))

    def test_when_nobody_gets_anything(self) -> None:
        stage = Stage().accepted()
        with pytest.raises(Conflict) as caught:
            assign(stage, target=Target(TargetKind.FUNCTION, function="intern-begeleider"))
        assert caught.value.code == "nobody_to_assign"

    def test_a_group_without_members(self) -> None:
        stage = Stage().accepted()
        group = add_work_group(
            by=stage.as_lead, routekaart_id=stage.routekaart.pk, values={"name": "Leeg"}
        )
        with pytest.raises(BadInput) as caught:
            assign(stage, target=Target(TargetKind.WORK_GROUP, work_group=group.pk))
        assert (caught.value.field, caught.value.code) == (
            "target.work_group",
            "unknown_work_group",
        )

    def test_after_approval_nothing_becomes_mandatory(self) -> None:
        stage = Stage().accepted()
        with stage.as_lead.entered():
            Routekaart.objects.filter(pk=stage.routekaart.pk).update(state="running")
        with pytest.raises(Conflict) as caught:
            assign(stage)
        assert caught.value.code == "mandatory_after_approval"
        assert assign(stage, mandatory=False).created == 2

    def test_when_the_routekaart_is_closed(self) -> None:
        stage = Stage().accepted()
        stored = assign(stage)
        [rule, *_] = rules_in(stage)
        for state in ("draft", "advised", "closed"):
            with stage.as_lead.entered():
                Routekaart.objects.filter(pk=stage.routekaart.pk).update(state=state)
            for attempt in (
                lambda: assign(stage),
                lambda: outcomes(stage),
                lambda: undo_batch(by=stage.as_lead, batch_id=stored.batch.pk, at=now()),
                lambda: remove_rule(by=stage.as_lead, rule_id=rule.pk),
            ):
                with pytest.raises(Conflict) as caught:
                    attempt()
                assert caught.value.code == "wrong_state"

    def test_by_who_may_not(self) -> None:
        stage = Stage().accepted()
        stored = assign(stage)
        for by, error in ((stage.as_member, Forbidden), (Stage().as_lead, NotFound)):
            with pytest.raises(error):
                undo_batch(by=by, batch_id=stored.batch.pk, at=now())
            with pytest.raises(error):
                assign_batch(
                    by=by,
                    routekaart_id=stage.routekaart.pk,
                    request=request(stage),
                    today=TODAY,
                )


def rules_in(stage: Stage) -> list[AssignmentRule]:
    with stage.as_lead.entered():
        return list(AssignmentRule.objects.order_by("pk"))


class TestUndoing:
    def test_what_nobody_began_with_goes_with_its_rules(self) -> None:
        stage = Stage().accepted()
        stored = assign(stage)
        state_in(stage, "done", person=stage.lead)
        at = now()
        undone = undo_batch(by=stage.as_trainer, batch_id=stored.batch.pk, at=at)
        assert undone == Undone(1, {Kept.BEGUN: 1})
        assert standing(stage) == {("Lies Leider", MINDSET)}
        assert rules(stage) == set()
        with stage.as_lead.entered():
            gone = Assignment.objects.get(person=stage.member)
            assert (gone.state, gone.state_since, gone.state_reason) == (
                "withdrawn",
                at,
                "omdat: de actie waarmee dit was toegewezen, is teruggedraaid",
            )
        # Again, also when it was assigned anew since.
        assign(stage)
        assert undo_batch(by=stage.as_lead, batch_id=stored.batch.pk, at=now()).withdrawn == 0
        assert len(standing(stage)) == 2

    def test_what_another_batch_asks_for_stays_until_that_is_undone_too(self) -> None:
        stage = Stage().accepted()
        first = assign(stage)
        second = assign(stage)
        state_in(stage, "started", person=stage.lead)
        undone = undo_batch(by=stage.as_lead, batch_id=first.batch.pk, at=now())
        assert undone == Undone(0, {Kept.ASKED_OTHERWISE: 2})
        assert {rule.batch_id for rule in rules_in(stage)} == {second.batch.pk}
        undone = undo_batch(by=stage.as_lead, batch_id=second.batch.pk, at=now())
        assert undone == Undone(1, {Kept.BEGUN: 1})
        assert rules(stage) == set()
        with stage.as_lead.entered():
            kept = Assignment.objects.get(state="started")
            assert [*kept.goals.all()] == [stage.goal]

    def test_what_stood_before_actions_were_noted_stays(self) -> None:
        stage = Stage().accepted()
        assign(stage)
        with stage.as_lead.entered():
            BatchItem.objects.all().delete()
            Assignment.objects.update(batch=None)
        later = assign(stage)
        undone = undo_batch(by=stage.as_lead, batch_id=later.batch.pk, at=now())
        assert undone == Undone(0, {Kept.ASKED_OTHERWISE: 2})
        with stage.as_lead.entered():
            assert all([*row.goals.all()] == [stage.goal] for row in Assignment.objects.all())

    def test_a_rule_that_was_taken_away_gives_nothing_more(self) -> None:
        stage = Stage().accepted()
        assign(stage, target=Target(TargetKind.FUNCTION, function="leerkracht"))
        [rule] = rules_in(stage)
        remove_rule(by=stage.as_lead, rule_id=rule.pk)
        assert rules(stage) == set()
        assert len(standing(stage)) == 2


class TestTwoTeams:
    """A course that two teams ask of one person is done once."""

    def two_teams(self) -> tuple[Stage, Stage]:
        first = Stage().accepted()
        second = Stage(first.school, "Bovenbouw")
        join(first.member, second.team)
        return first, second.accepted()

    def states(self, stage: Stage) -> dict[str, str]:
        with stage.as_lead.entered():
            rows = Assignment.objects.filter(routekaart=stage.routekaart)
            return {row.person.name: row.state for row in rows}

    def move(self, stage: Stage, step: str) -> int:
        with stage.as_lead.entered():
            rows = Assignment.objects.filter(
                routekaart=stage.routekaart,
                person__name="Mo Lid",
                state__in=("assigned", "started", "done"),
            ).filter(person__memberships__team=stage.team, person=self.shared)
            return len(move_assignments(rows=rows, step=step, at=now()))

    def test_it_costs_no_time_again_and_what_is_done_is_done_for_both(self) -> None:
        first, second = self.two_teams()
        self.shared = first.member
        assign(first)
        found = preview_batch(
            by=second.as_lead,
            routekaart_id=second.routekaart.pk,
            request=request(second, target=persons(first.member, second.member)),
            today=TODAY,
        )
        assert {
            (verdict.person, verdict.outcome, verdict.minutes) for verdict in found.verdicts
        } == {
            (str(first.member.pk), "elsewhere", 0),
            (str(second.member.pk), "new", 240),
        }
        assert self.move(first, "start") == 1
        assign(second, target=persons(first.member))
        # It began already: nobody begins twice.
        assert self.states(second) == {"Mo Lid": "started"}
        assert self.move(second, "complete") == 2
        assert self.states(first) == {"Mo Lid": "done", "Lies Leider": "assigned"}
        assert self.move(first, "reopen") == 2
        assert self.states(second) == {"Mo Lid": "assigned"}

    def test_a_waiver_that_is_taken_back_leaves_the_other_team_alone(self) -> None:
        first, second = self.two_teams()
        for stage in (first, second):
            assign(stage, target=persons(first.member))
        with first.as_lead.entered():
            rows = {row.routekaart_id: row.pk for row in Assignment.objects.all()}
        one, other = rows[first.routekaart.pk], rows[second.routekaart.pk]
        waive_assignment(by=first.as_lead, assignment_id=one, reason="Kan al", today=TODAY)
        start_assignment(by=first.as_member, assignment_id=other, today=TODAY)
        reopen_assignment(by=first.as_lead, assignment_id=one, today=TODAY)
        assert self.states(first) == {"Mo Lid": "assigned"}
        assert self.states(second) == {"Mo Lid": "started"}

    def test_each_team_takes_back_its_own(self) -> None:
        first, second = self.two_teams()
        assign(first, target=persons(first.member))
        assign(second, target=persons(first.member))
        with first.as_lead.entered():
            [row] = Assignment.objects.filter(routekaart=first.routekaart)
        withdraw_assignment(by=first.as_lead, assignment_id=row.pk, at=now())
        assert self.states(first) == {"Mo Lid": "withdrawn"}
        assert self.states(second) == {"Mo Lid": "assigned"}

    def test_another_school_or_year_is_another_matter(self) -> None:
        first = Stage().accepted()
        elsewhere = Stage()
        employ(first.member, elsewhere.school)
        join(first.member, elsewhere.team)
        elsewhere.accepted()
        later = Stage(first.school, "Later", 2027)
        join(first.member, later.team)
        later.accepted()
        self.shared = first.member
        for stage in (first, elsewhere, later):
            assign(stage, target=persons(first.member))
        assert self.move(first, "complete") == 1
        assert self.states(elsewhere) == {"Mo Lid": "assigned"}
        assert self.states(later) == {"Mo Lid": "assigned"}


@pytest.mark.parametrize("kind", [TargetKind.PERSON, TargetKind.TEAM, TargetKind.WORK_GROUP])
def test_two_hundred_people_take_as_many_queries_as_one(kind: TargetKind) -> None:
    stage = Stage().accepted()
    by = stage.as_lead
    found: list[tuple[int, int, int]] = []
    members: list[Person] = []
    for people in (1, 3, 200):
        members += [make_quickly(stage, number) for number in range(people - len(members))]
        ids = tuple(person.pk for person in members)
        values = {"name": f"Groep {people}", "members": ids}
        group = add_work_group(by=by, routekaart_id=stage.routekaart.pk, values=values)
        target = Target(kind, persons=ids, work_group=group.pk)
        asked = request(stage, MINDSET, "complimenten-geven-en-corrigeren", target=target)
        with CaptureQueriesContext(connection) as captured:
            stored = assign_batch(
                by=by, routekaart_id=stage.routekaart.pk, request=asked, today=TODAY
            )
        sql = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
        bulk = [line for line in sql if is_bulk(line)]
        found.append((stored.created + stored.existing, len(sql) - len(bulk), len(bulk)))
    # The team has two members of its own.
    extra = 4 if kind is TargetKind.TEAM else 0
    assert [count for count, _, _ in found] == [2 + extra, 6 + extra, 400 + extra]
    queries = {queries for _, queries, _ in found}
    assert len(queries) == 1
    assert max(queries) <= 10
    # A statement of SQLite holds at most 999 values.
    assert max(bulk for _, _, bulk in found) <= 12


def is_bulk(sql: str) -> bool:
    tables = ("assignment", "assignmentgoal", "batchitem", "assignmentrule")
    return any(
        sql.startswith(f'INSERT {word}INTO "routekaart_{table}"')
        for word in ("", "OR IGNORE ")
        for table in tables
    )


def make_quickly(stage: Stage, number: int) -> Any:
    person = make_person(f"Collega {number}")
    employ(person, stage.school)
    join(person, stage.team)
    return person
