"""The one door for completions, and what counts that was done before."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import Forbidden, NotFound, Role
from routekaart.actions.progress.completion_imports import import_completions
from routekaart.actions.progress.completions import (
    override_completion,
    record_completions,
    revoke_completion,
)
from routekaart.actions.progress.group_completions import (
    confirm_group_completion,
    decline_group_completion,
    note_group_completion,
)
from routekaart.actions.progress.reports import report_completion
from routekaart.actions.transitions import close
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.progress import Done
from routekaart.models import Completion, GroupConfirmation, Person, Routekaart, School
from routekaart.models.completions import CompletionSource
from tests.makers import access_for, grant, join, make_colleague, make_school, make_team
from tests.progressed import COURSE, TODAY, assignment_of, completions, known, logged, put, states
from tests.stages import Interrupted, Stage
from tests.underway import put_in_state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

DAY = date(2026, 10, 1)


@pytest.fixture
def stage() -> Stage:
    return Stage().assigned()


def record(stage: Stage, *persons: Person, done_on: date = DAY) -> list[UUID]:
    recorded = record_completions(
        by=stage.as_trainer,
        school_id=stage.school.pk,
        done=[Done(person.pk, COURSE, done_on) for person in persons],
        source=CompletionSource.IMPORT,
        today=TODAY,
    )
    return [row.person_id for row in recorded.finished]


class TestTheDoor:
    def test_the_same_again_changes_nothing(self, stage: Stage) -> None:
        both = (stage.member, stage.lead, stage.member)
        assert set(record(stage, *both)) == {stage.member.pk, stage.lead.pk}
        log = logged(stage.school)
        assert record(stage, *both) == []
        assert logged(stage.school) == log
        assert completions() == [
            ("Lies Leider", COURSE, DAY, "import", False),
            ("Mo Lid", COURSE, DAY, "import", False),
        ]

    def test_it_counts_in_every_team_of_the_school_and_nowhere_else(self, stage: Stage) -> None:
        other = Stage(stage.school, "Bovenbouw")
        elsewhere = Stage(make_school(name="Elders"))
        over = Stage(stage.school, "Vorig jaar")
        for one in (other, elsewhere, over):
            grant(stage.member, Role.MEMBER, school=one.school) if one is elsewhere else None
            join(stage.member, one.team)
            with scopes_disabled():
                row = assignment_of(stage, stage.member)
                row.pk, row.routekaart = None, one.routekaart
                row._state.adding = True
                row.save()
        with scopes_disabled():
            Routekaart.objects.filter(pk=over.routekaart.pk).update(state="closed")
        record(stage, stage.member)
        assert [states(one.routekaart)["Mo Lid"] for one in (stage, other, elsewhere, over)] == [
            "done",
            "done",
            "assigned",
            "assigned",
        ]

    def test_all_or_nothing(self, stage: Stage) -> None:
        with pytest.raises(BadInput) as refused:
            record_completions(
                by=stage.as_trainer,
                school_id=stage.school.pk,
                done=[
                    Done(stage.lead.pk, COURSE, DAY),
                    Done(stage.member.pk, COURSE, date(2026, 11, 3)),
                ],
                source=CompletionSource.IMPORT,
                today=TODAY,
            )
        assert refused.value.code == "in_the_future"
        assert completions() == []


class TestEarlier:
    def assigned_after(self, *rows: dict[str, Any]) -> str:
        """What an assignment becomes for somebody with these completions."""
        stage = Stage().accepted()
        for values in rows:
            known(stage.school, stage.member, **values)
        stage.assign()
        assert states(stage.routekaart)["Lies Leider"] == "assigned"
        return states(stage.routekaart)["Mo Lid"]

    def test_what_counts_makes_it_done_at_once(self) -> None:
        assert self.assigned_after({"done_on": date(2025, 1, 1)}) == "done"

    def test_what_is_too_old_does_not(self) -> None:
        assert self.assigned_after({"done_on": date(2024, 8, 23)}) == "assigned"

    def test_unless_somebody_decided_so(self) -> None:
        assert self.assigned_after({"done_on": date(2020, 1, 1), "counts": True}) == "done"
        assert self.assigned_after({"done_on": DAY, "counts": False}) == "assigned"

    def test_another_school_does_not_know(self, stage: Stage) -> None:
        other = Stage(make_school(name="Elders")).accepted()
        known(other.school, stage.member, DAY)
        stage.assign()
        assert states(stage.routekaart)["Mo Lid"] == "assigned"

    def test_when_a_plan_is_made_what_the_school_accepts_since_counts(self, stage: Stage) -> None:
        known(stage.school, stage.member, date(2020, 1, 1))
        with scopes_disabled():
            School.objects.update(completion_months=120)
        plan = stage.make_plan()
        assert states(stage.routekaart) == {"Lies Leider": "assigned", "Mo Lid": "done"}
        assert [item["member_id"] for item in plan.content["completed"]] == [str(stage.member.pk)]

    def test_a_waiver_stays_a_waiver(self, stage: Stage) -> None:
        put(assignment_of(stage, stage.member), state="waived")
        known(stage.school, stage.member, date(2026, 8, 1))
        stage.assign()
        assert states(stage.routekaart)["Mo Lid"] == "waived"


class TestOverride:
    def override(self, stage: Stage, row: Completion, counts: bool | None) -> str:
        override_completion(
            by=stage.as_lead, completion_id=row.pk, counts=counts, reason="Gezien.", today=TODAY
        )
        return states(stage.routekaart)["Mo Lid"]

    def test_a_decision_about_age_moves_what_is_asked(self, stage: Stage) -> None:
        row = known(stage.school, stage.member, date(2020, 1, 1))
        assert self.override(stage, row, True) == "done"
        assert self.override(stage, row, False) == "assigned"
        assert self.override(stage, row, None) == "assigned"
        row.refresh_from_db()
        assert (row.counts, row.counts_reason) == (None, "Gezien.")
        assert logged(stage.school)[-3:] == ["override_completion"] * 3

    def test_of_one_person_says_nothing_of_another(self, stage: Stage) -> None:
        """What a colleague did before counts since the school accepts it, and waits for a plan."""
        row = known(stage.school, stage.member, DAY)
        known(stage.school, stage.lead, date(2021, 1, 1))
        with scopes_disabled():
            School.objects.update(completion_months=120)
        self.override(stage, row, False)
        assert states(stage.routekaart)["Lies Leider"] == "assigned"

    def test_who_may(self, stage: Stage) -> None:
        row = known(stage.school, stage.member, DAY)
        other = access_for(make_colleague(stage.team))
        next_door = access_for(make_colleague(make_team(stage.school, "Bovenbouw"), Role.TEAM_LEAD))
        for by, error in (
            (stage.as_member, Forbidden),
            (other, NotFound),
            (next_door, NotFound),
            (stage.as_director, NotFound),
        ):
            with pytest.raises(error):
                override_completion(
                    by=by, completion_id=row.pk, counts=False, reason="Nee.", today=TODAY
                )
        row.refresh_from_db()
        assert row.counts is None

    def test_what_was_taken_back_is_gone(self, stage: Stage) -> None:
        row = known(stage.school, stage.member, DAY)
        revoke_completion(by=stage.as_member, completion_id=row.pk, today=TODAY)
        with pytest.raises(NotFound):
            self.override(stage, row, True)
        with pytest.raises(NotFound):
            revoke_completion(by=stage.as_member, completion_id=row.pk, today=TODAY)


class TestReport:
    def report(self, stage: Stage, by: Person, about: Person, course: str = COURSE) -> bool:
        return report_completion(
            by=access_for(by),
            school_id=stage.school.pk,
            person_id=about.pk,
            course=course,
            done_on=DAY,
            proof="Nr. 12",
            today=TODAY,
        )[1]

    def test_of_oneself_and_of_who_is_within_reach(self, stage: Stage) -> None:
        assert self.report(stage, stage.member, stage.member) is True
        assert self.report(stage, stage.lead, stage.member) is False
        assert self.report(stage, stage.lead, stage.lead) is True
        assert [row[3] for row in completions()] == ["self", "self"]

    def test_not_of_others(self, stage: Stage) -> None:
        stranger = make_colleague(make_team(stage.school, "Bovenbouw"))
        with pytest.raises(BadInput) as refused:
            self.report(stage, stage.lead, stranger)
        assert (refused.value.field, refused.value.code) == ("person", "not_within_reach")
        with pytest.raises(Forbidden):
            self.report(stage, stage.member, stage.lead)
        assert self.report(stage, stage.trainer, stranger) is True

    def test_not_of_a_course_that_is_not_there(self, stage: Stage) -> None:
        with pytest.raises(BadInput) as refused:
            self.report(stage, stage.member, stage.member, "bestaat-niet")
        assert (refused.value.field, refused.value.code) == ("course", "unknown_course")


class TestTogether:
    def note(self, stage: Stage, by: Person, *persons: Person, course: str = COURSE) -> UUID:
        return note_group_completion(
            by=access_for(by),
            routekaart_id=stage.routekaart.pk,
            course=course,
            done_on=DAY,
            note="Leerzaam.",
            persons=[person.pk for person in persons],
            today=TODAY,
        ).pk

    def test_it_counts_for_who_confirms(self, stage: Stage) -> None:
        made = self.note(stage, stage.member, stage.member, stage.lead)
        assert completions() == [("Mo Lid", COURSE, DAY, "group", False)]
        for _ in range(2):
            confirm_group_completion(by=stage.as_lead, group_completion_id=made, today=TODAY)
        assert completions() == [
            ("Lies Leider", COURSE, DAY, "group", False),
            ("Mo Lid", COURSE, DAY, "group", False),
        ]
        assert set(states(stage.routekaart).values()) == {"done"}
        with pytest.raises(Conflict) as refused:
            decline_group_completion(by=stage.as_lead, group_completion_id=made)
        assert refused.value.code == "already_confirmed"

    def test_what_was_confirmed_can_be_taken_back_and_confirmed_again(self, stage: Stage) -> None:
        made = self.note(stage, stage.member, stage.member)
        with scopes_disabled():
            row = Completion.objects.get()
        revoke_completion(by=stage.as_member, completion_id=row.pk, today=TODAY)
        with scopes_disabled():
            assert GroupConfirmation.objects.get().confirmed_at is None
        confirm_group_completion(by=stage.as_member, group_completion_id=made, today=TODAY)
        assert [row[-1] for row in completions()] == [True, False]

    def test_also_what_was_reported_alone_before(self, stage: Stage) -> None:
        report_completion(
            by=stage.as_member,
            school_id=stage.school.pk,
            person_id=stage.member.pk,
            course=COURSE,
            done_on=DAY,
            proof="",
            today=TODAY,
        )
        made = self.note(stage, stage.member, stage.member)
        with scopes_disabled():
            row = Completion.objects.get()
        revoke_completion(by=stage.as_member, completion_id=row.pk, today=TODAY)
        confirm_group_completion(by=stage.as_member, group_completion_id=made, today=TODAY)
        assert [(row[3], row[-1]) for row in completions()] == [("self", True), ("group", False)]

    def test_not_in_a_year_that_closes_meanwhile(self, stage: Stage) -> None:
        made = self.note(stage, stage.lead, stage.member)
        put_in_state(stage, "running")
        by = Interrupted.by(
            stage.as_member,
            lambda: close(by=stage.as_lead, routekaart_id=stage.routekaart.pk),
        )
        with pytest.raises(Conflict) as closed:
            confirm_group_completion(by=by, group_completion_id=made, today=TODAY)
        assert closed.value.code == "wrong_state"
        assert completions() == []

    def test_who_was_not_there_takes_the_name_away(self, stage: Stage) -> None:
        made = self.note(stage, stage.lead, stage.member)
        decline_group_completion(by=stage.as_member, group_completion_id=made)
        for by in (stage.as_member, stage.as_lead):
            with pytest.raises(NotFound):
                confirm_group_completion(by=by, group_completion_id=made, today=TODAY)
        assert completions() == []

    def test_what_cannot_be(self, stage: Stage) -> None:
        for persons, course, code in (
            ([stage.trainer], COURSE, "not_in_team"),
            ([stage.member], "bestaat-niet", "unknown_course"),
        ):
            with pytest.raises(BadInput) as refused:
                self.note(stage, stage.lead, *persons, course=course)
            assert refused.value.code == code
        with pytest.raises(Forbidden):
            self.note(stage, stage.director, stage.member)
        made = self.note(stage, stage.lead, stage.member)
        with scopes_disabled():
            Routekaart.objects.update(state="closed")
        with pytest.raises(Conflict) as closed:
            confirm_group_completion(by=stage.as_member, group_completion_id=made, today=TODAY)
        assert closed.value.code == "wrong_state"


class TestLists:
    def outcomes(
        self, stage: Stage, by: Person, *lines: str, dry_run: bool = False
    ) -> list[tuple[bool, str]]:
        rows = import_completions(
            by=access_for(by),
            school_id=stage.school.pk,
            text="\n".join(["e-mail;cursus;datum", *lines]),
            proof="lijst.csv",
            today=TODAY,
            dry_run=dry_run,
        )
        return [(row.is_new, row.row.code) for row in rows]

    def line(self, person: Person, day: str = "1-10-2026", course: str = COURSE) -> str:
        return f"{person.email};{course};{day}"

    def test_dry_then_real_then_again(self, stage: Stage) -> None:
        lines = (
            self.line(stage.member),
            self.line(stage.lead),
            self.line(stage.member),
            self.line(stage.member, "morgen"),
        )
        first = [(True, ""), (True, ""), (False, ""), (False, "date_form")]
        assert self.outcomes(stage, stage.trainer, *lines, dry_run=True) == first
        assert completions() == []
        assert self.outcomes(stage, stage.trainer, *lines) == first
        assert set(states(stage.routekaart).values()) == {"done"}
        again = [(False, code) for _, code in first]
        assert self.outcomes(stage, stage.trainer, *lines) == again
        assert self.outcomes(stage, stage.trainer, *lines, dry_run=True) == again
        assert [row[0] for row in completions()] == ["Lies Leider", "Mo Lid"]
        with scopes_disabled():
            assert set(Completion.objects.values_list("proof", flat=True)) == {"lijst.csv"}

    def test_a_list_of_guesses_does_not_tell_who_did_what(self, stage: Stage) -> None:
        known(stage.school, stage.member, DAY)
        guess = self.line(stage.member)
        assert self.outcomes(stage, stage.lead, guess, dry_run=True) == [(True, "")]
        with scopes_disabled():
            School.objects.update(progress_by_name_since=TODAY)
        assert self.outcomes(stage, stage.lead, guess, dry_run=True) == [(False, "")]
        with scopes_disabled():
            School.objects.update(progress_by_name_since=None)
        assert self.outcomes(stage, stage.lead, guess) == [(True, "")]
        assert completions() == [("Mo Lid", COURSE, DAY, "self", False)]

    def test_a_team_lead_only_for_the_own_team(self, stage: Stage) -> None:
        other = make_colleague(make_team(stage.school, "Bovenbouw"))
        elsewhere = make_colleague(make_team(make_school(name="Elders")))
        lines = (self.line(stage.member), self.line(other), self.line(elsewhere))
        unknown = (False, "unknown_person")
        assert self.outcomes(stage, stage.lead, *lines) == [(True, ""), unknown, unknown]
        # The trainer may not see what the team lead noted, and it is stored once all the same.
        assert self.outcomes(stage, stage.trainer, *lines) == [(True, ""), (True, ""), unknown]
        assert len(completions()) == 2
        with pytest.raises(Forbidden):
            self.outcomes(stage, stage.member, *lines)

    def test_as_many_queries_for_one_row_as_for_many(self, stage: Stage) -> None:
        people = [make_colleague(stage.team) for _ in range(20)]

        def queries(*persons: Person) -> int:
            with CaptureQueriesContext(
                connection,
            ) as seen:
                self.outcomes(stage, stage.trainer, *(self.line(person) for person in persons))
            return len(seen)

        assert queries(*people[:1]) == queries(*people[1:])
