"""A part of a study day as the trainer makes it: with a room, a group and people."""

from dataclasses import dataclass
from datetime import time

from routekaart.domain.study_day import BlockKind

PAUSES = frozenset({BlockKind.BREAK, BlockKind.LUNCH})


@dataclass(frozen=True, slots=True)
class BlockPerson:
    """Somebody who leads a block, or takes part in it where groups run side by side."""

    id: str
    leads: bool = False


@dataclass(frozen=True, slots=True)
class ProgrammeBlock:
    """`track`: the group it is for, where groups run side by side; empty: for everyone."""

    start: time
    minutes: int
    kind: BlockKind
    title: str
    text: str = ""
    items: tuple[str, ...] = ()
    goal_id: str | None = None
    track: str = ""
    room: str = ""
    people: tuple[BlockPerson, ...] = ()
    topics: tuple[str, ...] = ()

    @property
    def begin(self) -> int:
        """In minutes since midnight."""
        return minutes_of(self.start)

    @property
    def end(self) -> int:
        return self.begin + self.minutes

    @property
    def name(self) -> str:
        """How a sentence names it: ‘Oefenen’ (10.30)."""
        return f"‘{self.title}’ ({self.start:%H.%M})"


def minutes_of(moment: time) -> int:
    """Minutes since midnight."""
    return moment.hour * 60 + moment.minute


def clock(minutes: int) -> str:
    """Minutes since midnight as people write a time: 10.30."""
    return f"{minutes // 60:02d}.{minutes % 60:02d}"


def same(name: str) -> str:
    """A room or group as it is compared: however it is typed it is the same one."""
    return " ".join(name.split()).casefold()
