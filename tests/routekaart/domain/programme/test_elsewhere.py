"""Rooms and people that another team of the school has at the same time."""

from datetime import time

from courses.findings import Severity
from routekaart.domain.programme import BlockPerson, BookedDay, ProgrammeBlock, elsewhere_findings
from routekaart.domain.study_day import BlockKind


def block(
    hour: int, room: str = "", *people: str, title: str = "Oefenen", minutes: int = 60
) -> ProgrammeBlock:
    return ProgrammeBlock(
        time(hour),
        minutes,
        BlockKind.PRACTICE,
        title,
        room=room,
        people=tuple(BlockPerson(person) for person in people),
    )


def day(
    team: str = "Bovenbouw", *blocks: ProgrammeBlock, room: str = "", trainer: str = ""
) -> BookedDay:
    return BookedDay(team, time(9), 180, room, trainer or None, blocks)


def found(own: BookedDay, *others: BookedDay) -> list[tuple[str, str]]:
    findings = elsewhere_findings(own, others)
    assert all(finding.severity is Severity.WARNING for finding in findings)
    return [(finding.code, finding.message) for finding in findings]


def test_the_same_room_at_the_same_time() -> None:
    own = day("Onderbouw", block(10, "Aula"))
    message = "Het team ‘Bovenbouw’ heeft Aula ook, van 10.00 tot 11.00. Spreek af wie waar zit."
    # Identical times, the whole day, a part of it.
    for other in (day("Bovenbouw", block(10, "aula ")), day(room="AULA")):
        assert found(own, other) == [("room_in_use_elsewhere", message)]
    half = day("Bovenbouw", block(9, "Aula", minutes=90))
    assert found(own, half)[0][1].endswith("van 10.00 tot 10.30. Spreek af wie waar zit.")


def test_one_after_another_or_somewhere_else_is_fine() -> None:
    own = day("Onderbouw", block(10, "Aula", "mo"))
    assert found(own, day("Bovenbouw", block(11, "Aula", "mo"), block(9, "Aula", "mo"))) == []
    assert (
        found(own, day("Bovenbouw", block(10, "Lokaal 1", "lies"), room="", trainer="tess")) == []
    )


def test_the_same_person() -> None:
    own = day("Onderbouw", block(10, "", "mo", title="Kijken"), trainer="tess")
    other = day("Bovenbouw", block(9, "", "mo", "tess", minutes=120))
    assert found(own, other) == [
        (
            "person_elsewhere",
            (
                "De trainer staat ook op de studiedag van het team ‘Bovenbouw’, van 09.00 "
                "tot 11.00. Kies een andere tijd of persoon."
            ),
        ),
        (
            "person_elsewhere",
            (
                "Iemand in ‘Kijken’ (10.00) staat ook op de studiedag van het team ‘Bovenbouw’, "
                "van 10.00 tot 11.00. Kies een andere tijd of persoon."
            ),
        ),
    ]


def test_each_is_told_once_per_team() -> None:
    own = day("Onderbouw", block(9, "Aula"), block(10, "Aula"), room="Aula")
    others = [day("Bovenbouw", room="Aula"), day("Middenbouw", room="Aula")]
    assert [code for code, _ in found(own, *others)] == ["room_in_use_elsewhere"] * 2
