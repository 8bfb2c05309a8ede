"""The programme of a study day: stored as a whole or not at all."""

from collections.abc import Callable
from datetime import time
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.access import Access, Forbidden, NotFound, Role
from routekaart.actions.routekaarten.study_days import change_study_day
from routekaart.actions.study_day.notes import change_note, remove_note, unshare_note
from routekaart.actions.study_day.programmes import save_programme, store_suggestion
from routekaart.actions.study_day.topics import add_topic, step_topic, vote
from routekaart.domain.errors import Conflict, RulesBroken
from routekaart.domain.programme import BlockPerson, ProgrammeBlock
from routekaart.domain.study_day import BlockKind
from routekaart.models import StudyDay, Topic
from routekaart.queries.study_day.programmes import DayProgramme, day_programme
from tests.makers import access_for, make_colleague
from tests.stages import Stage
from tests.underway import (
    fresh_topic,
    noted,
    put_day_in_state,
    put_in_state,
    revision_of,
    underway,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def block(hour: int, minutes: int, title: str = "Oefenen", **values: Any) -> ProgrammeBlock:
    return ProgrammeBlock(time(hour, 30), minutes, BlockKind.PRACTICE, title, **values)


def whole_day(**values: Any) -> ProgrammeBlock:
    return block(8, 420, **values)


def save(stage: Stage, *blocks: ProgrammeBlock, by: Access | None = None) -> None:
    save_programme(
        by=by or stage.as_trainer,
        study_day_id=stage.study_day.pk,
        revision=revision_of(stage),
        blocks=blocks,
    )


def read(stage: Stage, by: Access | None = None) -> DayProgramme:
    return day_programme(by=by or stage.as_lead, study_day_id=stage.study_day.pk)


def blocks_of(stage: Stage) -> list[ProgrammeBlock]:
    found = read(stage)
    return [] if found.suggested else [one.block for one in found.blocks]


def add(stage: Stage, title: str, **values: Any) -> Topic:
    return add_topic(
        by=stage.as_lead,
        study_day_id=stage.study_day.pk,
        revision=revision_of(stage),
        values={"title": title} | values,
    )


def test_there_and_back_again() -> None:
    stage = underway()
    topic = add(stage, "Begin")
    person = BlockPerson(str(stage.member.pk))
    leader = BlockPerson(str(stage.trainer.pk), leads=True)
    blocks = [
        block(8, 120, "Samen", text="Welkom", items=("Vraag",), goal_id=str(stage.goal.pk)),
        block(10, 300, "Doen", track="A", room="Lokaal 1", people=(leader, person)),
        block(10, 300, "Zien", track="B", room="Lokaal 2", topics=(str(topic.pk),)),
    ]
    save(stage, *blocks)
    assert blocks_of(stage) == blocks
    found = read(stage)
    assert (found.suggested, found.findings, found.day.programme_revision) == (False, (), 2)
    assert fresh_topic(topic).block_id == found.blocks[2].id
    # All of it gives way to what comes next.
    save(stage, whole_day())
    assert blocks_of(stage) == [whole_day()]


class TestSuggestion:
    def test_from_goals_topics_and_notes(self) -> None:
        stage = Stage().planned()
        topic = add(stage, "Groep 3", goal=stage.goal.pk)
        few = add(stage, "Minder stemmen", goal=stage.goal.pk)
        parked, answered = add(stage, "Later"), add(stage, "Al duidelijk")
        for one, step in ((parked, "park"), (answered, "answer")):
            step_topic(
                by=stage.as_lead,
                topic_id=one.pk,
                step=step,
                revision=revision_of(stage),
                answer="Ja.",
            )
        vote(by=stage.as_member, topic_id=few.pk)
        noted(stage, "Waarom eigenlijk?")
        noted(stage, "Geheim", shared=False)
        suggested = read(stage)
        assert suggested.suggested
        opening = suggested.blocks[0].block
        assert (opening.title, opening.items) == ("Opening", ("Vraag: Waarom eigenlijk?",))
        (deepening,) = (one.block for one in suggested.blocks if one.block.topics)
        assert deepening.goal_id == str(stage.goal.pk)
        assert deepening.topics == (str(few.pk), str(topic.pk))
        assert deepening.items[:2] == ("Minder stemmen", "Groep 3")
        store_suggestion(
            by=stage.as_lead, study_day_id=stage.study_day.pk, revision=revision_of(stage)
        )
        assert blocks_of(stage) == [one.block for one in suggested.blocks]
        assert [fresh_topic(one).state for one in (topic, few, parked, answered)] == [
            "scheduled",
            "scheduled",
            "parked",
            "answered",
        ]

    @pytest.mark.parametrize("way", [unshare_note, partial(remove_note, at=timezone.now())])
    def test_who_takes_a_note_back_takes_it_off_the_table(self, way: Callable[..., object]) -> None:
        stage = underway()
        note = noted(stage, "Dit gaat over mij")
        noted(stage, "Dit mag blijven", author=stage.lead)
        by, day = stage.as_lead, stage.study_day.pk
        store_suggestion(by=by, study_day_id=day, revision=0)
        change_note(
            by=stage.as_member, note_id=note.pk, revision=1, values={"text": "x", "kind": "wish"}
        )
        store_suggestion(by=by, study_day_id=day, revision=1)
        change_note(by=stage.as_member, note_id=note.pk, revision=2, values={"text": "y"})
        way(by=stage.as_member, note_id=note.pk)
        assert blocks_of(stage)[0].items == ("Vraag: Dit mag blijven",)
        assert revision_of(stage) == 3

    def test_a_day_that_is_too_long_for_it(self) -> None:
        stage = underway()
        with scopes_disabled():
            StudyDay.objects.filter(pk=stage.study_day.pk).update(minutes=500)
        assert read(stage).blocks == ()
        with pytest.raises(Conflict) as caught:
            store_suggestion(by=stage.as_lead, study_day_id=stage.study_day.pk, revision=0)
        assert caught.value.code == "no_suggestion"


def test_topics_follow_the_programme() -> None:
    stage = underway()
    first, second, answered = (add(stage, title) for title in ("Een", "Twee", "Drie"))
    step_topic(
        by=stage.as_lead,
        topic_id=answered.pk,
        step="answer",
        revision=revision_of(stage),
        answer="Ja.",
    )
    save(stage, whole_day(topics=(str(first.pk), str(answered.pk))))
    save(stage, whole_day(topics=(str(second.pk), str(answered.pk))))
    found = [fresh_topic(topic) for topic in (first, second, answered)]
    place = read(stage).blocks[0].id
    assert [(topic.state, topic.block_id) for topic in found] == [
        ("open", None),
        ("scheduled", place),
        ("answered", place),
    ]


def test_what_is_impossible_leaves_what_stood_there() -> None:
    stage = underway()
    save(stage, whole_day())
    stranger, board = Stage().member, make_colleague(stage.team, Role.BOARD)
    wrong: list[tuple[list[ProgrammeBlock], str]] = [
        ([block(8, 410)], "programme_gap"),
        ([whole_day(), block(9, 10)], "programme_overlap"),
        ([block(8, 421)], "programme_outside_day"),
        ([whole_day(goal_id=str(uuid4()))], "unknown_goal"),
        ([whole_day(topics=(str(uuid4()),))], "unknown_topic"),
        ([whole_day(people=(BlockPerson(str(stage.trainer.pk)),))], "person_not_in_team"),
        ([whole_day(people=(BlockPerson(str(stranger.pk), leads=True),))], "person_not_at_school"),
        (
            [whole_day(track="A", room="Aula"), whole_day(track="B", room="aula")],
            "room_twice",
        ),
        (
            [whole_day(track=track, people=(BlockPerson(str(stage.member.pk)),)) for track in "AB"],
            "person_twice",
        ),
    ]
    for blocks, code in wrong:
        with pytest.raises(RulesBroken) as caught:
            save(stage, *blocks)
        assert code in [finding.code for finding in caught.value.findings]
    assert (blocks_of(stage), revision_of(stage)) == ([whole_day()], 1)
    # Somebody of the board has a role for the school.
    save(stage, whole_day(people=(BlockPerson(str(board.pk), leads=True),)))


def test_two_trainers_at_once() -> None:
    stage = underway()
    save(stage, whole_day())
    attempts: tuple[Callable[[], object], ...] = (
        lambda: save_programme(
            by=stage.as_lead, study_day_id=stage.study_day.pk, revision=0, blocks=[]
        ),
        lambda: store_suggestion(by=stage.as_lead, study_day_id=stage.study_day.pk, revision=0),
    )
    for second in attempts:
        with pytest.raises(Conflict) as caught:
            second()
        assert caught.value.code == "stale_revision"
    assert blocks_of(stage) == [whole_day()]


def test_another_team_is_a_warning() -> None:
    stage = underway()
    neighbour = underway(Stage(stage.school, "Bovenbouw"))
    tess = BlockPerson(str(stage.trainer.pk), leads=True)
    save(neighbour, whole_day(room="Aula", people=(tess,)), by=neighbour.as_lead)
    save(stage, whole_day(room="aula", people=(tess,)))
    assert [finding.code for finding in read(stage).findings] == [
        "person_elsewhere",
        "room_in_use_elsewhere",
    ]
    # A date that is not fixed takes nothing yet, and a strange school is nobody's business.
    with scopes_disabled():
        StudyDay.objects.filter(pk=neighbour.study_day.pk).update(fixed=False)
    stranger = underway()
    save(stranger, whole_day(room="Aula"))
    assert read(stage).findings == ()


def test_a_day_that_changed_since() -> None:
    stage = underway()
    save(stage, whole_day())
    put_in_state(stage, "accepted")
    change_study_day(by=stage.as_lead, study_day_id=stage.study_day.pk, values={"minutes": 400})
    assert [finding.code for finding in read(stage).findings] == ["programme_outside_day"]


def test_others_see_the_outline_only() -> None:
    stage = underway()
    topic = add(stage, "Lastig gesprek")
    person = BlockPerson(str(stage.member.pk))
    save(stage, whole_day(items=("Lastig gesprek",), topics=(str(topic.pk),), people=(person,)))
    outsiders = [
        stage.as_director,
        access_for(make_colleague(stage.team, Role.BOARD)),
    ]
    for by in outsiders:
        assert [one.block for one in read(stage, by).blocks] == [whole_day()]
    for reader in (stage.as_member, stage.as_trainer):
        assert read(stage, reader).blocks[0].block.items == ("Lastig gesprek",)
    for nobody in (Stage().as_lead, access_for(make_colleague(stage.team, Role.MR_READER))):
        with pytest.raises(NotFound):
            read(stage, nobody)


def test_who_and_when() -> None:
    stage = underway()
    with pytest.raises(Forbidden):
        save(stage, whole_day(), by=stage.as_member)
    put_day_in_state(stage.study_day, "closed")
    with pytest.raises(Conflict) as caught:
        save(stage, whole_day())
    assert caught.value.code == "day_closed"
    assert blocks_of(stage) == []
