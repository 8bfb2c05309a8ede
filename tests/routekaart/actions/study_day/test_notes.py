"""Preparation notes: private until shared, and no edit ever loses text."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled

from courses.advice import UnknownSlug
from courses.catalogue import current_catalogue, forget_catalogue
from courses.models import Course
from routekaart.access import Access, Forbidden, NotFound, Role
from routekaart.actions.catalogue.own_courses import add_own_course
from routekaart.actions.study_day.notes import (
    add_note,
    change_note,
    remove_note,
    share_note,
    unshare_note,
)
from routekaart.actions.study_day.topics import add_topic
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import AuditEntry, NoteVersion, PreparationNote
from routekaart.queries.study_day.notes import note_detail, notes_of_day, versions_of_note
from tests.makers import access_for, make_colleague
from tests.stages import Interrupted, Stage
from tests.underway import (
    colleague,
    fresh_note,
    grouped,
    noted,
    put_day_in_state,
    put_in_state,
    underway,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def texts(stage: Stage, by: Access) -> list[str]:
    with by.entered():
        return [note.text for note in notes_of_day(by=by, study_day_id=stage.study_day.pk)]


def versions(note: PreparationNote) -> list[tuple[int, str, str]]:
    with scopes_disabled():
        return list(NoteVersion.objects.filter(note=note).values_list("revision", "kind", "text"))


def change(by: Access, note: PreparationNote, revision: int, **values: Any) -> PreparationNote:
    return change_note(by=by, note_id=note.pk, revision=revision, values=values)


class TestSight:
    def test_a_private_note_is_not_there_for_anybody_else(self) -> None:
        stage = underway()
        note = noted(stage, "Ik vind dit lastig.", shared=False)
        assert texts(stage, stage.as_member) == ["Ik vind dit lastig."]
        others = [stage.as_lead, stage.as_trainer, access_for(colleague(stage))]
        for by in others:
            assert texts(stage, by) == []
        now = timezone.now()
        everyone = [*others, stage.as_director, access_for(make_colleague(stage.team, Role.BOARD))]
        attempts: tuple[Callable[[Access], object], ...] = (
            lambda by: note_detail(by=by, note_id=note.pk),
            lambda by: change(by, note, 1, text="x"),
            lambda by: share_note(by=by, note_id=note.pk, at=now),
            lambda by: unshare_note(by=by, note_id=note.pk),
            lambda by: remove_note(by=by, note_id=note.pk, at=now),
        )
        for by in everyone:
            for attempt in attempts:
                with pytest.raises(NotFound):
                    attempt(by)
        assert fresh_note(note).text == "Ik vind dit lastig."

    def test_shared_and_private_again(self) -> None:
        stage = underway()
        note = noted(stage, shared=False)
        first, later = timezone.now(), timezone.now()
        assert share_note(by=stage.as_member, note_id=note.pk, at=first).shared_at == first
        # Repeated: the first moment stays.
        assert share_note(by=stage.as_member, note_id=note.pk, at=later).shared_at == first
        assert texts(stage, stage.as_trainer) == ["Hoe begin je?"]
        for _ in range(2):
            unshare_note(by=stage.as_member, note_id=note.pk)
        assert texts(stage, stage.as_trainer) == []

    def test_shared_is_read_by_all_and_written_by_its_author(self) -> None:
        stage = underway()
        note = noted(stage)
        for by in (stage.as_lead, stage.as_trainer):
            for refused in (
                lambda by=by: change(by, note, 1, text="x"),
                lambda by=by: unshare_note(by=by, note_id=note.pk),
                lambda by=by: remove_note(by=by, note_id=note.pk, at=timezone.now()),
            ):
                with pytest.raises(Forbidden):
                    refused()
        assert fresh_note(note).text == "Hoe begin je?"
        with pytest.raises(NotFound):
            note_detail(by=stage.as_director, note_id=note.pk)

    def test_the_history_of_the_team_knows_nothing_of_private_notes(self) -> None:
        stage = underway()
        note = noted(stage, shared=False)
        change(stage.as_member, note, 1, text="Anders")
        share_note(by=stage.as_member, note_id=note.pk, at=timezone.now())
        change(stage.as_member, note, 2, text="Weer anders")
        with scopes_disabled():
            rows = list(
                AuditEntry.objects.filter(action__endswith="_note")
                .order_by("pk")
                .values_list("action", "routekaart", "object_kind")
            )
        shown = stage.routekaart.pk
        assert rows == [
            ("add_note", None, "StudyDay"),
            ("change_note", None, "PreparationNote"),
            ("share_note", shown, "PreparationNote"),
            ("change_note", shown, "PreparationNote"),
        ]


class TestEdits:
    def test_what_stood_there_is_kept(self) -> None:
        stage = underway()
        note = noted(stage, "Eerst", shared=False)
        assert change(stage.as_member, note, 1, text="Toen").revision == 2
        changed = change(stage.as_member, note, 2, kind="wish", goal=stage.goal.pk)
        assert (changed.revision, changed.text, changed.kind) == (3, "Toen", "wish")
        assert versions(note) == [(2, "question", "Toen"), (1, "question", "Eerst")]

    def test_drafts_from_before_sharing_are_the_authors_alone(self) -> None:
        stage = underway()
        note = noted(stage, "Ik kan dit niet.", shared=False)
        group = grouped(stage, stage.member, stage.lead)
        change(stage.as_member, note, 1, text="Hoe begin je?", work_group=group)
        share_note(by=stage.as_member, note_id=note.pk, at=timezone.now())
        change(stage.as_lead, note, 2, text="Hoe begin je de les?")

        def read(by: Access) -> list[str]:
            with by.entered():
                return [row.text for row in versions_of_note(by=by, note_id=note.pk)]

        assert read(stage.as_lead) == ["Hoe begin je?"]
        assert read(stage.as_member) == ["Hoe begin je?", "Ik kan dit niet."]

    def test_repeating_changes_nothing(self) -> None:
        stage = underway()
        note = noted(stage, "Eerst")
        for _ in range(3):
            assert change(stage.as_member, note, 1, text="Toen").revision == 2
        assert change(stage.as_member, note, 1).revision == 2
        assert versions(note) == [(1, "question", "Eerst")]
        # An edit of a shared note keeps it shared.
        assert texts(stage, stage.as_trainer) == ["Toen"]

    def test_an_edit_of_something_older_overwrites_nothing(self) -> None:
        stage = underway()
        note = noted(stage, "Eerst")
        change(stage.as_member, note, 1, text="Op de telefoon")
        with pytest.raises(Conflict) as caught:
            change(stage.as_member, note, 1, text="Op de laptop")
        assert caught.value.code == "stale_revision"
        assert (fresh_note(note).text, versions(note)) == (
            "Op de telefoon",
            [(1, "question", "Eerst")],
        )

    def test_an_edit_between_look_and_lock_is_seen(self) -> None:
        stage = underway()
        note = noted(stage, "Eerst")
        by = Interrupted.by(
            stage.as_member, lambda: change(stage.as_member, note, 1, text="Tussendoor")
        )
        with pytest.raises(Conflict):
            change(by, note, 1, text="Te laat")
        assert fresh_note(note).text == "Tussendoor"

    def test_what_is_taken_away_is_out_of_sight_and_kept(self) -> None:
        stage = underway()
        note = noted(stage, "Eerst")
        remove_note(by=stage.as_member, note_id=note.pk, at=timezone.now())
        assert texts(stage, stage.as_member) == texts(stage, stage.as_trainer) == []
        assert fresh_note(note).text == "Eerst"
        for gone in (
            lambda: change(stage.as_member, note, 1, text="x"),
            lambda: remove_note(by=stage.as_member, note_id=note.pk, at=timezone.now()),
        ):
            with pytest.raises(NotFound):
                gone()

    def test_in_a_topic_it_stays_where_it_is(self) -> None:
        stage = underway()
        note = noted(stage)
        add_topic(
            by=stage.as_trainer,
            study_day_id=stage.study_day.pk,
            revision=0,
            values={"title": "Begin", "goal": None, "notes": [note.pk]},
        )
        for refused in (
            lambda: unshare_note(by=stage.as_member, note_id=note.pk),
            lambda: remove_note(by=stage.as_member, note_id=note.pk, at=timezone.now()),
        ):
            with pytest.raises(Conflict) as caught:
                refused()
            assert caught.value.code == "note_in_topic"
        assert change(stage.as_member, note, 1, text="Beter gezegd").topic_id is not None


class TestGroups:
    def test_once_shared_it_is_the_groups(self) -> None:
        stage = underway()
        cor, outsider = colleague(stage), colleague(stage, "Bo Buiten")
        group = grouped(stage, stage.member, cor)
        note = noted(stage, "Van ons", shared=False, work_group=group)
        with pytest.raises(NotFound):
            change(access_for(cor), note, 1, text="Te vroeg")
        share_note(by=stage.as_member, note_id=note.pk, at=timezone.now())
        assert change(access_for(cor), note, 1, text="Van ons samen").revision == 2
        with pytest.raises(Forbidden):
            change(access_for(outsider), note, 2, text="x")
        # The group changes its text, not whose it is, and does not take it away.
        for refused in (
            lambda: change(access_for(cor), note, 2, work_group=None),
            lambda: remove_note(by=access_for(cor), note_id=note.pk, at=timezone.now()),
        ):
            with pytest.raises(Forbidden):
                refused()
        assert change(stage.as_member, note, 2, work_group=None).work_group_id is None
        with pytest.raises(Forbidden):
            change(access_for(cor), note, 3, text="x")

    def test_only_for_the_own_group_of_this_routekaart(self) -> None:
        stage = underway()
        theirs = grouped(stage, stage.lead)
        elsewhere = Stage(stage.school, "Bovenbouw")
        other = grouped(elsewhere, stage.member)
        for group, code in (
            (theirs, "not_in_work_group"),
            (other, "unknown_work_group"),
            (uuid4(), "unknown_work_group"),
        ):
            with pytest.raises(BadInput) as caught:
                noted(stage, work_group=group)
            assert (caught.value.field, caught.value.code) == ("work_group", code)


def test_goal_and_course_are_known() -> None:
    stage = underway()
    course = current_catalogue().courses[0].slug
    note = noted(stage, goal=stage.goal.pk, course=course)
    assert (note.goal_id, note.course_id) == (stage.goal.pk, course)
    with pytest.raises(BadInput) as caught:
        noted(stage, goal=Stage().filled().goal.pk)
    assert (caught.value.field, caught.value.code) == ("goal", "unknown_goal")
    with pytest.raises(UnknownSlug):
        change(stage.as_member, note, 1, course="bestaat-niet")
    assert change(stage.as_member, note, 1, goal=None, course=None).goal_id is None


def test_a_course_that_another_school_added_is_not_there() -> None:
    """Nor is it among the courses that are meant perhaps: its name says what that school does."""
    stage, elsewhere = underway(), Stage()
    theirs = add_own_course(
        by=elsewhere.as_trainer, school_id=elsewhere.school.pk, title="Geheime cursus", minutes=30
    )
    note = noted(stage)
    for slug in (theirs.course_id, f"{theirs.course_id}x"):
        with pytest.raises(UnknownSlug) as added:
            noted(stage, course=slug)
        with pytest.raises(UnknownSlug) as changed:
            change(stage.as_member, note, 1, course=slug)
        meant = added.value.suggestions + changed.value.suggestions
        assert theirs.course_id not in meant
    ours = add_own_course(
        by=stage.as_trainer, school_id=stage.school.pk, title="Onze cursus", minutes=30
    )
    assert noted(stage, course=ours.course_id).course_id == ours.course_id


def test_what_a_note_is_about_may_leave_the_catalogue() -> None:
    stage = underway()
    course = current_catalogue().courses[0].slug
    note = noted(stage, course=course)
    Course.objects.filter(pk=course).update(retired_at=timezone.now())
    forget_catalogue()
    assert change(stage.as_member, note, 1, text="Anders", course=course).course_id == course


def test_on_a_closed_day_nothing_changes() -> None:
    stage = underway()
    note, private = noted(stage), noted(stage, shared=False)
    put_day_in_state(stage.study_day, "closed")
    now = timezone.now()
    for refused in (
        lambda: noted(stage),
        lambda: change(stage.as_member, note, 1, text="x"),
        lambda: share_note(by=stage.as_member, note_id=private.pk, at=now),
        lambda: unshare_note(by=stage.as_member, note_id=note.pk),
        lambda: remove_note(by=stage.as_member, note_id=note.pk, at=now),
    ):
        with pytest.raises(Conflict) as caught:
            refused()
        assert caught.value.code == "day_closed"
    assert texts(stage, stage.as_member) == ["Hoe begin je?"] * 2


@pytest.mark.parametrize(
    ("state", "may"), [("draft", False), ("accepted", True), ("closed", False)]
)
def test_while_the_year_goes_on(state: str, may: bool) -> None:
    stage = underway()
    put_in_state(stage, state)
    if may:
        assert noted(stage).pk
        return
    with pytest.raises(Conflict) as caught:
        noted(stage)
    assert caught.value.code == "wrong_state"


def test_only_members_write() -> None:
    stage = underway()
    values = {"kind": "wish", "text": "Meer tijd"}
    for by, error in (
        (stage.as_trainer, Forbidden),
        (stage.as_director, Forbidden),
        (underway().as_member, NotFound),
    ):
        with pytest.raises(error):
            add_note(by=by, study_day_id=stage.study_day.pk, values=values)


def test_what_became_private_before_it_was_locked_is_changed_by_nobody_else() -> None:
    stage = underway()
    group = grouped(stage, stage.member, stage.lead)
    note = noted(stage, "Van ons.", work_group=group)
    by = Interrupted.by(
        stage.as_lead,
        # It is looked at twice: whether it is there, and whether one may write it.
        lambda: None,
        lambda: unshare_note(by=stage.as_member, note_id=note.pk),
    )
    with pytest.raises(NotFound):
        change_note(by=by, note_id=note.pk, revision=note.revision, values={"text": "Van mij."})
    assert fresh_note(note).text == "Van ons."
