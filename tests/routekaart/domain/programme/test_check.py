"""Whether a programme can be held: each line adds up, nothing and nobody is in two places."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.findings import Severity
from routekaart.domain.programme import (
    BlockPerson,
    Known,
    ProgrammeBlock,
    adds_up,
    lines_of,
    programme_findings,
    reference_findings,
)
from routekaart.domain.study_day import BlockKind

NINE = time(9)


def block(begin: int, minutes: int, title: str = "Oefenen", **values: Any) -> ProgrammeBlock:
    fields: dict[str, Any] = {"kind": BlockKind.PRACTICE} | values
    start = time((9 * 60 + begin) // 60, begin % 60)
    return ProgrammeBlock(start=start, minutes=minutes, title=title, **fields)


def found(*blocks: ProgrammeBlock, minutes: int = 60) -> list[tuple[str, str | None, str]]:
    findings = programme_findings(NINE, minutes, blocks)
    assert all(finding.severity is Severity.ERROR for finding in findings)
    return [(finding.code, finding.field, finding.message) for finding in findings]


def codes(*blocks: ProgrammeBlock, minutes: int = 60) -> list[tuple[str, str | None]]:
    return [(code, field) for code, field, _ in found(*blocks, minutes=minutes)]


def test_blocks_that_fill_the_day() -> None:
    assert found(block(0, 40), block(40, 20)) == []
    assert adds_up(NINE, 60, [block(0, 60)])
    assert not adds_up(NINE, 60, [])


def test_gaps_are_named() -> None:
    assert found(block(10, 20), block(40, 10)) == [
        (
            "programme_gap",
            "blocks",
            f"Van {when} staat er niets. Vul die tijd, of laat een onderdeel langer duren.",
        )
        for when in ("09.00 tot 09.10", "09.30 tot 09.40", "09.50 tot 10.00")
    ]


def test_an_overlap_is_named() -> None:
    assert found(block(0, 40, "Kijken"), block(30, 30, "Doen")) == [
        (
            "programme_overlap",
            "blocks.1",
            (
                "‘Kijken’ (09.00) en ‘Doen’ (09.30) vallen samen. Laat het een na het ander "
                "beginnen, of zet ze in verschillende groepen."
            ),
        )
    ]


@pytest.mark.parametrize("outside", [block(-10, 70), block(0, 61), block(60, 10)])
def test_outside_the_day(outside: ProgrammeBlock) -> None:
    assert ("programme_outside_day", "blocks.0") in codes(outside)


class TestGroups:
    def test_side_by_side(self) -> None:
        groups = [block(20, 40, track="A", room="1"), block(20, 40, track="B", room="2")]
        assert found(block(0, 20), *groups) == []
        assert list(lines_of(groups)) == ["A", "B"]

    def test_however_a_group_is_typed_it_is_one(self) -> None:
        blocks = [block(0, 30, track="Groep A"), block(30, 30, track=" groep  a ")]
        assert found(*blocks) == []
        assert list(lines_of(blocks)) == ["Groep A"]

    def test_a_group_that_has_nothing_to_do(self) -> None:
        assert found(block(0, 20), block(20, 40, track="A"), block(20, 30, track="B")) == [
            (
                "programme_gap",
                "blocks",
                (
                    "Van 09.50 tot 10.00 staat er niets bij B. "
                    "Vul die tijd, of laat een onderdeel langer duren."
                ),
            )
        ]

    def test_what_misses_for_all_is_said_once(self) -> None:
        blocks = [block(0, 50, track="A"), block(0, 50, track="B")]
        assert codes(*blocks) == [("programme_gap", "blocks")]
        assert "bij" not in found(*blocks)[0][2]

    def test_a_group_beside_what_is_for_all(self) -> None:
        assert codes(block(0, 60), block(20, 20, track="A")) == [("programme_overlap", "blocks.1")]

    @pytest.mark.parametrize("kind", [BlockKind.BREAK, BlockKind.LUNCH])
    def test_breaks_are_for_all(self, kind: BlockKind) -> None:
        blocks = [block(0, 60, "Pauze", kind=kind, track="A"), block(0, 60, track="B")]
        assert found(*blocks) == [
            (
                "break_not_common",
                "blocks.0",
                "‘Pauze’ (09.00) geldt alleen voor A. Houd pauzes met het hele team.",
            )
        ]


class TestTwice:
    # The same times, one inside the other, an overlap of a single minute.
    @pytest.mark.parametrize(("begin", "minutes"), [(0, 60), (20, 10), (59, 1)])
    def test_a_room(self, begin: int, minutes: int) -> None:
        other = [
            block(0, begin, track="B"),
            block(begin, minutes, track="B", room="  AULA"),
            block(begin + minutes, 60 - begin - minutes, track="B"),
        ]
        blocks = [block(0, 60, track="A", room="Aula"), *(one for one in other if one.minutes)]
        place = 1 + (begin > 0)
        assert codes(*blocks) == [("room_twice", f"blocks.{place}")]

    def test_one_after_another_is_fine(self) -> None:
        twice: dict[str, Any] = {"room": "Aula", "people": (BlockPerson("p"),)}
        assert found(block(0, 30, **twice), block(30, 30, **twice)) == []

    def test_a_person(self) -> None:
        assert found(
            block(0, 60, "Kijken", track="A", people=(BlockPerson("p", leads=True),)),
            block(0, 60, "Doen", track="B", people=(BlockPerson("q"), BlockPerson("p"))),
        ) == [
            (
                "person_twice",
                "blocks.1",
                (
                    "‘Kijken’ (09.00) en ‘Doen’ (09.00) vallen samen, met iemand die in allebei "
                    "staat. Kies voor een van de twee."
                ),
            )
        ]


def test_references() -> None:
    known = Known(
        team=frozenset({"mo"}),
        school=frozenset({"mo", "tess"}),
        goals=frozenset({"g"}),
        topics=frozenset({"t"}),
    )
    fine = block(
        0,
        60,
        goal_id="g",
        topics=("t",),
        people=(BlockPerson("mo"), BlockPerson("tess", leads=True)),
    )
    assert reference_findings([fine, block(0, 1)], known) == ()
    wrong = [
        block(0, 10, goal_id="x"),
        block(10, 10, people=(BlockPerson("tess"),)),
        block(20, 10, people=(BlockPerson("x", leads=True),)),
        block(30, 10, topics=("x", "t")),
        block(40, 10, topics=("t",)),
    ]
    assert [(one.code, one.field) for one in reference_findings(wrong, known)] == [
        ("person_not_at_school", "blocks.2"),
        ("person_not_in_team", "blocks.1"),
        ("topic_twice", "blocks.4"),
        ("unknown_goal", "blocks.0"),
        ("unknown_topic", "blocks.3"),
    ]


# --- Whatever is accepted can be held ------------------------------------------------------------
SLOT, SLOTS = 15, 6


@st.composite
def programmes(draw: st.DrawFn) -> list[ProgrammeBlock]:
    """Mostly right: the day in parts, some of them in groups side by side; then perhaps a slip."""
    cuts = sorted(draw(st.sets(st.integers(1, SLOTS - 1), max_size=3)))
    tracks = draw(st.sampled_from([("",), ("A", "B"), ("A", "B", "C")]))
    blocks = []
    for begin, end in zip([0, *cuts], [*cuts, SLOTS], strict=True):
        apart = len(tracks) > 1 and draw(st.booleans())
        for number, track in enumerate(tracks if apart else ("",)):
            free = draw(st.integers(0, 4)) > 0
            room = f"lokaal {number}" if free else draw(st.sampled_from(["", "lokaal 0"]))
            people = (BlockPerson(f"p{number}"),) if free else (BlockPerson("p0"),)
            blocks.append(
                block(begin * SLOT, (end - begin) * SLOT, track=track, room=room, people=people)
            )
    if draw(st.booleans()):
        place = draw(st.integers(0, len(blocks) - 1))
        slip = draw(st.sampled_from(["drop", "double", "longer", "later", "track"]))
        one = blocks[place]
        if slip == "drop":
            del blocks[place]
        elif slip == "double":
            blocks.append(one)
        elif slip == "longer":
            blocks[place] = replace(one, minutes=one.minutes + SLOT)
        elif slip == "later":
            moved = one.begin + SLOT
            blocks[place] = replace(one, start=time(moved // 60, moved % 60))
        else:
            blocks[place] = replace(one, track="D")
    return blocks


def can_be_held(blocks: list[ProgrammeBlock]) -> bool:
    """The same question, asked minute by minute."""
    begin, end = 9 * 60, 9 * 60 + SLOT * SLOTS
    if any(one.begin < begin or one.end > end for one in blocks):
        return False
    tracks = {one.track for one in blocks} - {""} or {""}
    for minute in range(begin, end):
        now = [one for one in blocks if one.begin <= minute < one.end]
        if any(sum(one.track in {"", track} for one in now) != 1 for track in tracks):
            return False
        rooms = [one.room for one in now if one.room]
        people = [person.id for one in now for person in one.people]
        if len(rooms) != len(set(rooms)) or len(people) != len(set(people)):
            return False
    return True


@settings(max_examples=200)
@given(programmes())
def test_what_is_accepted_adds_up_for_everyone(blocks: list[ProgrammeBlock]) -> None:
    minutes = SLOT * SLOTS
    assert (programme_findings(NINE, minutes, blocks) == ()) is can_be_held(blocks)
    if adds_up(NINE, minutes, blocks):
        for line in lines_of(blocks).values():
            assert sum(one.minutes for _, one in line) == minutes
