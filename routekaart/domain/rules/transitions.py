"""From state to state: which findings hold a step back."""

from collections.abc import Iterable
from enum import StrEnum

from courses.findings import Finding, Severity


class Transition(StrEnum):
    """The steps that findings can hold back; all others depend on the state alone."""

    SUBMIT = "submit"
    PLAN = "plan"
    APPROVE = "approve"


# What must be right in the choice holds it back when it is handed in, and once more when the
# director adopts the plan. A mandatory course that is not there holds back the plan.
_OF_THE_CHOICE = frozenset({Transition.SUBMIT, Transition.APPROVE})
_OF_THE_PLAN = frozenset({Transition.PLAN, Transition.APPROVE})
_BLOCKED_BY_ERROR = {
    "f_requires_a_to_e": _OF_THE_CHOICE,
    "f_not_linked": _OF_THE_CHOICE,
    "no_goal": _OF_THE_CHOICE | _OF_THE_PLAN,
    "not_fundable": _OF_THE_CHOICE,
    "course_not_available": _OF_THE_PLAN,
}
# An error that nobody placed yet holds back everything that counts, rather than nothing.
_UNPLACED = _OF_THE_CHOICE | _OF_THE_PLAN


def blocked_transitions(finding: Finding) -> frozenset[Transition]:
    """The transitions that one finding holds back; warnings and info hold back none."""
    if finding.severity is Severity.ERROR:
        return _BLOCKED_BY_ERROR.get(finding.code, _UNPLACED)
    if finding.severity is Severity.QUESTION:
        return frozenset({Transition.SUBMIT})
    return frozenset()


def blocking(findings: Iterable[Finding], transition: Transition) -> tuple[Finding, ...]:
    """The findings that hold back this transition, in the order given; empty: go ahead."""
    return tuple(finding for finding in findings if transition in blocked_transitions(finding))
