"""Findings: what a rule has to say about a choice, as data that pages and the API show alike.

A finding never blocks by itself. Which transition of a routekaart it holds back is decided once,
in `routekaart.domain.rules.transitions`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How heavy a finding weighs, heaviest first."""

    ERROR = "error"
    QUESTION = "question"
    WARNING = "warning"
    INFO = "info"


_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One outcome of one rule. `code` is stable; `message` is Dutch and says what to do.

    The other fields say where it belongs, as far as that is known: slugs of an intervention and
    a course, the key of a goal, the slug of an attention point, the name of a form field.
    """

    code: str
    severity: Severity
    message: str
    intervention: str | None = None
    goal: str | None = None
    course: str | None = None
    point: str | None = None
    field: str | None = None


def sorted_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Heaviest first, then by code and place: the same findings always give the same order."""
    return tuple(sorted(set(findings), key=_place))


def _place(finding: Finding) -> tuple[int | str, ...]:
    return (
        _WEIGHT[finding.severity],
        finding.code,
        finding.goal or "",
        finding.intervention or "",
        finding.course or "",
        finding.point or "",
        finding.field or "",
        finding.message,
    )
