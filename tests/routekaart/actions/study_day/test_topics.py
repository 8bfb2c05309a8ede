"""Topics: gathered, merged, voted on, given a place or an answer; two trainers lose nothing."""

from collections.abc import Callable
from datetime import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Forbidden, NotFound
from routekaart.actions.study_day.topics import (
    add_topic,
    change_topic,
    merge_topics,
    set_notes,
    step_topic,
    unvote,
    vote,
)
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import ProgrammeBlock, Topic
from routekaart.queries.study_day.topics import topic_detail, topic_suggestions, topics_of_day
from tests.makers import access_for
from tests.stages import Interrupted, Stage
from tests.underway import (
    colleague,
    fresh_note,
    fresh_topic,
    noted,
    put_day_in_state,
    revision_of,
    underway,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def add(stage: Stage, title: str = "Begin", **values: Any) -> Topic:
    return add_topic(
        by=stage.as_trainer,
        study_day_id=stage.study_day.pk,
        revision=revision_of(stage),
        values={"title": title} | values,
    )


def step(stage: Stage, topic: Topic, name: str, **values: Any) -> Topic:
    return step_topic(
        by=stage.as_lead, topic_id=topic.pk, step=name, revision=revision_of(stage), **values
    )


def outline(stage: Stage) -> list[tuple[str, int, int, bool]]:
    by = stage.as_lead
    with by.entered():
        rows: list[Any] = list(topics_of_day(by=by, study_day_id=stage.study_day.pk))
    return [(row.title, len(row.shared_notes), row.vote_count, row.own_vote) for row in rows]


def block_of(stage: Stage) -> UUID:
    with scopes_disabled():
        return ProgrammeBlock.objects.create(
            study_day=stage.study_day,
            starts_at=time(8, 30),
            minutes=420,
            kind="practice",
            title="Oefenen",
        ).pk


class TestGathering:
    def test_in_the_order_they_came_unless_it_is_said(self) -> None:
        stage = underway()
        add(stage, "Een", goal=stage.goal.pk)
        two = add(stage, "Twee", notes=[noted(stage).pk, noted(stage).pk])
        assert outline(stage) == [("Een", 0, 0, False), ("Twee", 2, 0, False)]
        change_topic(
            by=stage.as_lead,
            topic_id=two.pk,
            revision=2,
            values={"position": 0, "title": "Vooraan"},
        )
        assert outline(stage) == [("Vooraan", 2, 0, False), ("Een", 0, 0, False)]
        assert revision_of(stage) == 3

    def test_notes_move_from_topic_to_topic_and_out_again(self) -> None:
        stage = underway()
        one, two = noted(stage), noted(stage)
        first, second = add(stage, "Een", notes=[one.pk, two.pk]), add(stage, "Twee")
        set_notes(by=stage.as_lead, topic_id=second.pk, revision=2, notes=[one.pk])
        assert [fresh_note(note).topic_id for note in (one, two)] == [second.pk, first.pk]
        set_notes(by=stage.as_lead, topic_id=second.pk, revision=3, notes=[])
        assert fresh_note(one).topic_id is None

    def test_only_shared_notes_of_this_day(self) -> None:
        stage = underway()
        shared, private, elsewhere = noted(stage), noted(stage, shared=False), noted(underway())
        for note in (private.pk, elsewhere.pk, uuid4()):
            with pytest.raises(BadInput) as caught:
                add(stage, notes=[shared.pk, note])
            assert (caught.value.field, caught.value.code) == ("notes", "unknown_note")
        assert (outline(stage), fresh_note(shared).topic_id, revision_of(stage)) == ([], None, 0)

    def test_a_goal_of_this_routekaart(self) -> None:
        stage = underway()
        with pytest.raises(BadInput) as caught:
            add(stage, goal=uuid4())
        assert (caught.value.field, caught.value.code) == ("goal", "unknown_goal")

    def test_suggestions_leave_out_what_is_private_or_placed(self) -> None:
        stage = underway()
        one = noted(stage, "Rekenen met spullen?")
        two = noted(stage, "Rekenen in groep 3?", author=stage.lead)
        noted(stage, "Rekenen is lastig?", shared=False)
        add(stage, notes=[noted(stage, "Rekenen buiten?").pk])
        (found,) = topic_suggestions(by=stage.as_trainer, study_day_id=stage.study_day.pk)
        assert (found.title, set(found.notes)) == (
            "Vragen over ‘rekenen’",
            {str(one.pk), str(two.pk)},
        )


class TestMerging:
    def test_notes_and_votes_go_over_each_persons_vote_once(self) -> None:
        stage = underway()
        cor = access_for(colleague(stage))
        one = add(stage, "Een", notes=[noted(stage).pk])
        two = add(stage, "Twee", notes=[noted(stage).pk])
        for topic, by in ((one, stage.as_lead), (one, stage.as_member), (two, stage.as_lead)):
            vote(by=by, topic_id=topic.pk)
        vote(by=cor, topic_id=two.pk)
        step(stage, one, "answer", answer="Zo.")
        step(stage, two, "answer", answer="Zus.")
        merge_topics(by=stage.as_trainer, topic_id=one.pk, into=two.pk, revision=4)
        assert outline(stage) == [("Twee / Een", 2, 3, True)]
        assert fresh_topic(two).answer == "Zus.\n\nZo."

    def test_no_title_is_lost_nor_said_twice(self) -> None:
        stage = underway()
        long = "x" * 196
        one, again, other = (add(stage, title) for title in ("Rust", "rust", long))
        merge_topics(by=stage.as_trainer, topic_id=again.pk, into=one.pk, revision=3)
        assert (fresh_topic(one).title, fresh_topic(one).answer) == ("Rust", "")
        merge_topics(by=stage.as_trainer, topic_id=other.pk, into=one.pk, revision=4)
        assert (fresh_topic(one).title, fresh_topic(one).answer) == ("Rust", long)

    def test_into_another_topic_of_this_day(self) -> None:
        stage, other = underway(), underway()
        topic = add(stage)
        for into, code in (
            (topic.pk, "same_topic"),
            (add(other).pk, "unknown_topic"),
            (uuid4(), "unknown_topic"),
        ):
            with pytest.raises(BadInput) as caught:
                merge_topics(by=stage.as_lead, topic_id=topic.pk, into=into, revision=1)
            assert (caught.value.field, caught.value.code) == ("into", code)


def test_one_vote_per_person_and_back() -> None:
    stage = underway()
    topic = add(stage)
    for _ in range(2):
        vote(by=stage.as_member, topic_id=topic.pk)
    vote(by=stage.as_lead, topic_id=topic.pk)
    assert outline(stage) == [("Begin", 0, 2, True)]
    # A vote is no change of the programme: no trainer has to begin anew for it.
    assert revision_of(stage) == 1
    for _ in range(2):
        unvote(by=stage.as_lead, topic_id=topic.pk)
    assert outline(stage) == [("Begin", 0, 1, False)]
    for by, error in ((stage.as_trainer, Forbidden), (stage.as_director, NotFound)):
        with pytest.raises(error):
            vote(by=by, topic_id=topic.pk)


class TestSteps:
    def test_through_its_life(self) -> None:
        stage = underway()
        topic, block = add(stage), block_of(stage)
        found = step(stage, topic, "schedule", block=block)
        assert (found.state, found.block_id) == ("scheduled", block)
        found = step(stage, topic, "answer", answer="Begin klein.")
        assert (found.state, found.block_id, found.answer) == ("answered", block, "Begin klein.")
        with pytest.raises(Conflict) as caught:
            step(stage, topic, "park")
        assert caught.value.code == "wrong_state"
        found = step(stage, topic, "reopen")
        assert (found.state, found.block_id, found.answer) == ("open", None, "Begin klein.")
        assert step(stage, topic, "park").state == "parked"

    def test_only_into_a_block_of_this_day(self) -> None:
        stage = underway()
        topic = add(stage)
        for block in (block_of(underway()), uuid4(), None):
            with pytest.raises(BadInput) as caught:
                step(stage, topic, "schedule", block=block)
            assert (caught.value.field, caught.value.code) == ("block", "unknown_block")
        assert fresh_topic(topic).state == "open"


def test_whoever_is_second_overwrites_nothing() -> None:
    stage = underway()
    topic = add(stage, "Een")
    key: dict[str, Any] = {"by": stage.as_lead, "topic_id": topic.pk, "revision": 0}
    attempts: tuple[Callable[[], object], ...] = (
        lambda: add_topic(
            by=stage.as_lead,
            study_day_id=stage.study_day.pk,
            revision=0,
            values={"title": "Twee"},
        ),
        lambda: change_topic(**key, values={"title": "Anders"}),
        lambda: set_notes(**key, notes=[]),
        lambda: merge_topics(**key, into=topic.pk),
        lambda: step_topic(**key, step="park"),
    )
    for second in attempts:
        with pytest.raises(Conflict) as caught:
            second()
        assert caught.value.code == "stale_revision"
    assert outline(stage) == [("Een", 0, 0, False)]


def test_what_was_merged_away_between_look_and_lock_is_not_there() -> None:
    stage = underway()
    one, two = add(stage, "Een"), add(stage, "Twee")
    by = Interrupted.by(
        stage.as_lead,
        lambda: merge_topics(by=stage.as_trainer, topic_id=one.pk, into=two.pk, revision=2),
    )
    with pytest.raises(NotFound):
        change_topic(by=by, topic_id=one.pk, revision=3, values={"title": "Terug"})
    voter = Interrupted.by(
        stage.as_lead,
        lambda: merge_topics(
            by=stage.as_trainer, topic_id=two.pk, into=add(stage, "Drie").pk, revision=4
        ),
    )
    with pytest.raises(NotFound):
        vote(by=voter, topic_id=two.pk)
    assert [title for title, *_ in outline(stage)] == ["Drie / Twee / Een"]


def test_on_a_closed_day_nothing_changes() -> None:
    stage = underway()
    topic = add(stage)
    put_day_in_state(stage.study_day, "closed")
    for refused in (
        lambda: add(stage),
        lambda: step(stage, topic, "park"),
        lambda: vote(by=stage.as_member, topic_id=topic.pk),
        lambda: unvote(by=stage.as_member, topic_id=topic.pk),
    ):
        with pytest.raises(Conflict) as caught:
            refused()
        assert caught.value.code == "day_closed"


def test_members_see_topics_and_do_not_arrange_them() -> None:
    stage = underway()
    topic = add(stage)
    with pytest.raises(Forbidden):
        change_topic(by=stage.as_member, topic_id=topic.pk, revision=1, values={"title": "x"})
    assert topic_detail(by=stage.as_member, topic_id=topic.pk).title == "Begin"
    with pytest.raises(NotFound):
        topic_detail(by=stage.as_director, topic_id=topic.pk)
