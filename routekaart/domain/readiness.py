"""Whether a study day is ready: what must stand, by when, and what holds its steps back.

Two moments to look: five working days before the day, and one (an assumption, like what must be
in order at each of them).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from courses.findings import Finding, Severity
from routekaart.domain.calendar import SchoolCalendar
from routekaart.domain.content.wording import counted
from routekaart.domain.progress import Preparation


class CheckCode(StrEnum):
    GOAL = "goal"
    PREPARATION = "preparation"
    FOLLOW_UP = "follow_up"
    CONFLICTS = "conflicts"
    PROGRAMME = "programme"
    OPEN_QUESTIONS = "open_questions"


C = CheckCode
MOMENTS: tuple[tuple[int, tuple[CheckCode, ...]], ...] = (
    (5, (C.GOAL, C.PREPARATION, C.FOLLOW_UP, C.CONFLICTS)),
    (1, tuple(CheckCode)),
)


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What is known of a study day. `preparation`: how many courses people got for its goals."""

    held_on: date
    goals: int
    preparation: int
    prepared: Preparation
    has_programme: bool
    programme_adds_up: bool
    follow_up_on: date | None
    evaluation_on: date | None
    open_topics: int
    open_notes: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must stand. `todo` is empty when it does."""

    code: CheckCode
    ok: bool
    text: str
    todo: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment before the day, and whether what must be in order by then is.

    `on` is None where the school year is too short for it.
    """

    days_before: int
    on: date | None
    reached: bool
    ok: bool
    checks: tuple[CheckCode, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """All checks and moments of one study day."""

    checks: tuple[Check, ...]
    moments: tuple[Moment, ...]


def readiness(facts: DayFacts, *, calendar: SchoolCalendar, today: date) -> Readiness:
    """What stands of a day and what does not, and at which moment it should."""
    checks = tuple(_checks(facts))
    green = {check.code for check in checks if check.ok}
    moments = []
    for days_before, needed in MOMENTS:
        day = calendar.working_days_before(facts.held_on, days_before)
        moments.append(
            Moment(
                days_before=days_before,
                on=day,
                reached=day is not None and day <= today,
                ok=green.issuperset(needed),
                checks=needed,
            )
        )
    return Readiness(checks, tuple(moments))


def _checks(facts: DayFacts) -> Iterator[Check]:
    def check(code: CheckCode, text: str, todo: str = "") -> Check:
        return Check(code, not todo, text, todo)

    yield check(
        C.GOAL,
        f"{counted(facts.goals, 'doel', 'doelen')} op deze dag.",
        "" if facts.goals else "Laat een plan maken waarin deze dag een doel heeft.",
    )
    yield check(C.PREPARATION, _preparation_text(facts), _preparation_todo(facts))
    yield check(
        C.FOLLOW_UP,
        "Er is een vervolgmoment." if facts.follow_up_on else "Er is nog geen vervolgmoment.",
        "" if facts.follow_up_on else "Kies een datum voor het vervolgmoment.",
    )
    yield check(
        C.CONFLICTS,
        f"{counted(facts.conflicts, 'botsing', 'botsingen')} met een ander team."
        if facts.conflicts
        else "Geen botsing met een ander team.",
        "Spreek met het andere team af wie welke ruimte of trainer heeft."
        if facts.conflicts
        else "",
    )
    yield check(C.PROGRAMME, *_programme(facts))
    topics = counted(facts.open_topics, "onderwerp", "onderwerpen")
    notes = counted(facts.open_notes, "gedeelde notitie", "gedeelde notities")
    yield check(
        C.OPEN_QUESTIONS,
        f"{topics} en {notes} zonder plek."
        if facts.open_topics or facts.open_notes
        else "Alles heeft een plek.",
        "Zet ze in het programma, parkeer ze of beantwoord ze."
        if facts.open_topics or facts.open_notes
        else "",
    )


def _preparation_text(facts: DayFacts) -> str:
    if not facts.preparation:
        return "Niemand heeft voorbereiding voor deze dag."
    if not facts.prepared.asked:
        return "Er is voorbereiding voor deze dag."
    done, asked = facts.prepared.done, facts.prepared.asked
    return f"Van de voorbereiding is {done} van {asked} gedaan."


def _preparation_todo(facts: DayFacts) -> str:
    return "" if facts.preparation else "Wijs een cursus toe voor een doel van deze dag."


def _programme(facts: DayFacts) -> tuple[str, str]:
    if not facts.has_programme:
        return "Er is nog geen programma.", "Neem het voorstel over, of maak zelf een programma."
    if not facts.programme_adds_up:
        return "Het programma past niet in de dag.", "Maak het programma passend."
    return "Er is een programma dat de dag vult.", ""


# --- What holds a step back ----------------------------------------------------------------------
def ready_findings(facts: DayFacts) -> tuple[Finding, ...]:
    """Why a day cannot be called ready; empty when it can."""
    by_code = {check.code: check for check in _checks(facts)}
    needed = {
        "day_without_goal": C.GOAL,
        "day_without_preparation": C.PREPARATION,
        "day_without_programme": C.PROGRAMME,
        "day_without_follow_up": C.FOLLOW_UP,
    }
    return tuple(
        Finding(code, Severity.ERROR, f"{by_code[check].text} {by_code[check].todo}")
        for code, check in needed.items()
        if not by_code[check].ok
    )


def closing_findings(*, agreements: int, evaluation_on: date | None) -> tuple[Finding, ...]:
    """Why a day cannot be closed; empty when it can."""
    found = []
    if not agreements:
        found.append(
            Finding(
                "day_without_agreement",
                Severity.ERROR,
                "Er is nog geen afspraak van deze dag. Leg vast wie wat doet, en wanneer.",
            )
        )
    if evaluation_on is None:
        found.append(
            Finding(
                "day_without_evaluation",
                Severity.ERROR,
                "Er is nog geen datum voor de evaluatie. Kies er een.",
            )
        )
    return tuple(found)
