"""What waits for a trainer: one task per team and step, with why and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from routekaart.domain.content.wording import counted, weekday_date


class Asked(StrEnum):
    """What a trainer is asked to do."""

    ADVISE = "advies"
    ASSIGN = "toewijzen"
    PLAN = "plannen"
    PREPARE = "voorbereiden"
    CLOSE = "afsluiten"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Asked.ADVISE: "Advies geven",
    Asked.ASSIGN: "Cursussen toewijzen",
    Asked.PLAN: "Plan maken",
    Asked.PREPARE: "Studiedag voorbereiden",
    Asked.CLOSE: "Studiedag afsluiten",
}


@dataclass(frozen=True, slots=True)
class TrainerTask:
    """`since`: since when it waits, or when a study day came near. `why` is a Dutch sentence.

    `study_day` is the day that is to be prepared or closed.
    """

    asked: Asked
    routekaart: UUID
    school: UUID
    school_name: str
    team: str
    year: str
    since: date
    why: str
    study_day: UUID | None = None


def in_order(tasks: Iterable[TrainerTask]) -> tuple[TrainerTask, ...]:
    """What waits longest comes first; the same day by school and team."""
    return tuple(
        sorted(tasks, key=lambda one: (one.since, one.school_name, one.team, one.asked, one.why))
    )


def why_advise(declined: int, version: int | None) -> str:
    """Why a routekaart waits for advice."""
    if declined:
        return f"Het team wil {counted(declined, 'cursus', 'cursussen')} niet uit versie {version}."
    if version:
        return f"Na versie {version} heeft het team opnieuw ingediend."
    return "Het team heeft ingediend."


def why_plan(comment: str) -> str:
    """Why a plan is to be made; `comment` is what the director gave back with."""
    if comment:
        return f"De directeur gaf het plan terug: ‘{comment}’"
    return "De cursussen zijn toegewezen. Er is nog geen plan."


def why_prepare(day: date, today: date) -> str:
    """Which study day comes, and how soon."""
    ahead = (day - today).days
    soon = "vandaag" if ahead == 0 else f"over {counted(ahead, 'dag', 'dagen')}"
    return f"De studiedag van {weekday_date(day)} is {soon}."


def why_close(day: date) -> str:
    """Which study day was held and is still open."""
    return f"De studiedag van {weekday_date(day)} is geweest. Leg vast wat de dag bracht."


WHY_ASSIGN = "Het team heeft het advies aangenomen."
