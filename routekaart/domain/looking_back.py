"""What a new year's draft says about a goal of last year: a few lines of plain Dutch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from courses.dutch import dutch_date, dutch_number
from routekaart.domain.content.wording import sentence
from routekaart.domain.evaluation import Reading, Value

# The whole text stays in last year's routekaart; here it is quoted.
_MOST_QUOTED = 400
_VERDICTS = {"go_on": "doorgaan", "adjust": "bijstellen", "stop": "stoppen"}


@dataclass(frozen=True, slots=True)
class PastDecision:
    verdict: str
    reason: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class PastIndicator:
    name: str
    unit: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """What a PLG answered to one of the four questions; without an answer, why not."""

    plg: str
    question: str
    text: str
    not_answered_because: str = ""


@dataclass(frozen=True, slots=True)
class PastGoal:
    """A goal with what the year brought."""

    wording: str
    decision: PastDecision | None
    indicators: Sequence[PastIndicator] = ()
    answers: Sequence[PastAnswer] = ()


def summary(goal: PastGoal, year: str) -> str:
    """The goal with its decision, its figures and the answers of its PLG."""
    lines = [f"{_quoted(goal.wording)} ({year})", _decided(goal.decision)]
    lines += [_measured(one) for one in goal.indicators]
    lines += [
        f"{one.plg}, {_question(one.question)} {sentence(_quoted(one.text))}"
        for one in goal.answers
        if one.text.strip()
    ]
    return "\n".join(lines)


def with_summary(text: str, added: str) -> str:
    """`text` with a summary at its end; the same one is added only once."""
    if added in text:
        return text
    return f"{text.rstrip()}\n\n{added}" if text.strip() else added


def _decided(decision: PastDecision | None) -> str:
    if decision is None:
        return "Nog geen besluit genomen."
    verdict, day = _VERDICTS[decision.verdict], dutch_date(decision.decided_on)
    return f"Besluit op {day}: {verdict}. {sentence(_quoted(decision.reason))}".rstrip()


def _measured(indicator: PastIndicator) -> str:
    reading = indicator.reading
    unit = f" {indicator.unit}" if indicator.unit else ""
    if reading.last is None:
        found = "nog geen meting"
    elif reading.start is None:
        found = f"{_number(reading.last)}{unit}"
    else:
        found = f"van {_number(reading.start)} naar {_number(reading.last)}{unit}"
    target = (
        f" (streefpunt {dutch_number(float(reading.target))})" if reading.target is not None else ""
    )
    return f"{indicator.name}: {found}{target}."


def _number(value: Value) -> str:
    return dutch_number(float(value.value))


def _question(question: str) -> str:
    return question if question.endswith("?") else f"{question}:"


def _quoted(text: str) -> str:
    short = " ".join(text.split())
    return short if len(short) <= _MOST_QUOTED else short[: _MOST_QUOTED - 1].rstrip() + "…"
