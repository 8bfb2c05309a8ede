"""The suggested programme: topics by votes, at their goal or at the opening."""

from datetime import time

from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.programme import RaisedTopic, adds_up, suggested_programme
from routekaart.domain.study_day import (
    BlockKind,
    DayGoal,
    NoteKind,
    PreparationNote,
    build_programme,
    fits_programme,
)

LOOK = DayGoal("look", "Wij leren kijken")
TALK = DayGoal("talk", "Wij leren feedback geven")


def test_topics_come_at_their_goal_by_votes_then_by_place() -> None:
    topics = [
        RaisedTopic("a", "Weinig stemmen", "talk", votes=1),
        RaisedTopic("b", "Achteraan", "talk", votes=3, position=2),
        RaisedTopic("c", "Vooraan", "talk", votes=3, position=1),
        RaisedTopic("d", "Van geen doel"),
        RaisedTopic("e", "Van een doel op een andere dag", "elders", votes=1),
    ]
    blocks = suggested_programme(time(9), 420, [LOOK, TALK], topics)
    plain = build_programme(time(9), 420, [LOOK, TALK])
    placed = {(block.title, block.goal_id): block for block in blocks if block.topics}
    assert {place: block.topics for place, block in placed.items()} == {
        ("Opening", None): ("e", "d"),
        ("Verdieping", "talk"): ("c", "b", "a"),
    }
    opening, deepening = placed["Opening", None], placed["Verdieping", "talk"]
    # What people brought stands instead of the general questions, and before the steps.
    assert opening.items == ("Van een doel op een andere dag", "Van geen doel")
    assert deepening.items[:3] == ("Vooraan", "Achteraan", "Weinig stemmen")
    assert deepening.items[3:] == plain[[one.goal_id for one in plain].index("talk")].items


def test_notes_without_topic_open_the_day_after_the_topics() -> None:
    notes = [
        PreparationNote(NoteKind.WISH, "Samen\noefenen"),
        PreparationNote(NoteKind.QUESTION, "x" * 400),
    ]
    opening = suggested_programme(time(9), 120, [], [RaisedTopic("a", "Rust")], notes)[0]
    assert opening.items == ("Rust", f"Vraag: {'x' * 299}…", "Wens: Samen oefenen")


def test_without_topics_it_is_the_plain_programme() -> None:
    assert [
        (block.start, block.minutes, block.kind, block.title, block.items)
        for block in suggested_programme(time(9), 360, [LOOK], [])
    ] == [
        (block.start, block.minutes, block.kind, block.title, block.items)
        for block in build_programme(time(9), 360, [LOOK])
    ]


@settings(max_examples=60)
@given(
    st.integers(60, 480),
    st.integers(0, 4),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=8),
)
def test_it_can_be_held_with_every_topic_once(
    minutes: int, goals: int, drawn: list[tuple[int, int]]
) -> None:
    assert fits_programme(time(8, 30), minutes)
    topics = [
        RaisedTopic(str(number), "Onderwerp", str(goal) if goal else None, votes)
        for number, (goal, votes) in enumerate(drawn)
    ]
    day_goals = [DayGoal(str(number), "Doel") for number in range(1, goals + 1)]
    blocks = suggested_programme(time(8, 30), minutes, day_goals, topics)
    assert adds_up(time(8, 30), minutes, blocks)
    placed = [topic for block in blocks for topic in block.topics]
    assert sorted(placed) == sorted(topic.id for topic in topics)
    assert all(block.kind is not BlockKind.BREAK for block in blocks if block.topics)
