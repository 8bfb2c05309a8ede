"""Meetings of the professional learning community (PLG) after the study days."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlgMeeting:
    """A meeting of the whole team about goals that were deepened before. `agenda` is Dutch."""

    date: date
    minutes: int
    goal_ids: tuple[str, ...]
    agenda: tuple[str, ...]
