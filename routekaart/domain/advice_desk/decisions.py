"""What a team says of the items of an advice. What it says nothing of, it takes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from routekaart.domain.errors import BadInput


@dataclass(frozen=True, slots=True)
class Decision:
    """A course is taken, or declined with a reason."""

    course: str
    accepted: bool
    reason: str = ""


def check_decisions(courses: Collection[str], decisions: Sequence[Decision]) -> None:
    """Raises `BadInput` for the first decision that says nothing about these courses."""
    seen: set[str] = set()
    for number, decision in enumerate(decisions):
        place = f"decisions.{number}"
        if decision.course not in courses:
            raise BadInput(
                f"{place}.course",
                f"De cursus ‘{decision.course}’ staat niet in dit advies. Haal hem hier weg.",
                code="not_in_advice",
            )
        if decision.course in seen:
            raise BadInput(
                f"{place}.course",
                "Over deze cursus staat er al een besluit. Noem elke cursus één keer.",
                code="listed_twice",
            )
        if not decision.accepted and not decision.reason.strip():
            raise BadInput(
                f"{place}.reason",
                "Zeg waarom jullie deze cursus niet willen. Dan kan de trainer iets anders zoeken.",
                code="reason_missing",
            )
        seen.add(decision.course)
