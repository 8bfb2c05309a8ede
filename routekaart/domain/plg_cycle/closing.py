"""What still misses before a meeting or a whole cycle of a PLG can close (S29)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from courses.dutch import dutch_date
from courses.findings import Finding, Severity
from routekaart.domain.plg_cycle.agenda import Question

FEWEST_MEMBERS = 2


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What a meeting says to a question: an answer, or why there is none."""

    text: str = ""
    not_answered_because: str = ""


@dataclass(frozen=True, slots=True)
class DatedMeeting:
    """A meeting as far as closing the cycle looks at it."""

    date: date
    state: str


def _error(code: str, message: str, *, field: str, point: str | None = None) -> Finding:
    return Finding(code, Severity.ERROR, message, field=field, point=point)


def starting_findings(members: int) -> tuple[Finding, ...]:
    """What holds back the start: nobody learns together alone."""
    if members >= FEWEST_MEMBERS:
        return ()
    return (
        _error(
            "too_few_members",
            "Een PLG heeft minstens twee leden. Voeg een collega toe.",
            field="members",
        ),
    )


def answer_findings(
    questions: Sequence[Question], answers: Mapping[str, GivenAnswer]
) -> tuple[Finding, ...]:
    """A finding for every question without exactly one of an answer and a reason."""
    found = []
    for question in questions:
        given = answers.get(question.slug, GivenAnswer())
        filled = [bool(given.text.strip()), bool(given.not_answered_because.strip())]
        if not any(filled):
            found.append(
                _error(
                    "question_unanswered",
                    f"‘{question.title}’ heeft nog geen antwoord. "
                    "Vul het in, of schrijf waarom er geen antwoord is.",
                    field="answers",
                    point=question.slug,
                )
            )
        elif all(filled):
            found.append(
                _error(
                    "answer_and_reason",
                    f"‘{question.title}’ heeft een antwoord én een reden waarom er geen is. "
                    "Laat er één staan.",
                    field="answers",
                    point=question.slug,
                )
            )
    return tuple(found)


def closing_findings(
    meetings: Sequence[DatedMeeting], *, outcome: str, today: date
) -> tuple[Finding, ...]:
    """What holds back closing a cycle: open meetings, none held, no outcome."""
    found = [
        _error(
            "meeting_open",
            f"De bijeenkomst van {dutch_date(meeting.date)} is nog niet afgesloten. "
            "Sluit haar af, of zet erbij waarom ze niet doorging.",
            field="meetings",
            point=meeting.date.isoformat(),
        )
        for meeting in meetings
        if meeting.state == "planned" and meeting.date <= today
    ]
    if not any(meeting.state == "held" for meeting in meetings):
        found.append(
            _error(
                "no_meeting_held",
                "Er is nog geen bijeenkomst gehouden. Sluit er eerst minstens één af.",
                field="meetings",
            )
        )
    if not outcome.strip():
        found.append(
            _error("no_outcome", "Schrijf op wat deze PLG heeft opgeleverd.", field="outcome")
        )
    return tuple(found)
