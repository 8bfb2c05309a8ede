"""What the MR reads of the changes since an earlier version, at more and at less length."""

from dataclasses import dataclass

from routekaart.domain.content.blocks import Block
from routekaart.domain.content.changed_in_short import SOME_LINES, changed_in_short
from routekaart.domain.content.inputs import ScholingsplanInput


@dataclass(frozen=True, slots=True)
class Changed:
    """A line beside the question, or a heading with some sentences before the signing."""

    beside_question: tuple[Block, ...] = ()
    before_signing: tuple[Block, ...] = ()


def changes_for_mr(plan: ScholingsplanInput) -> tuple[Changed, ...]:
    """The ways to tell it, the longest first; of a first version there is nothing to tell."""
    some, few = (
        changed_in_short(plan.changed_in_numbers, letters=letters) for letters in (SOME_LINES, 0)
    )
    if len(some) <= 1:
        return (Changed(beside_question=some),)
    return Changed(before_signing=some), Changed(beside_question=few)
