"""What the MR reads of the changes since an earlier version, and where there is room for it."""

from routekaart.domain.content.blocks import Block
from routekaart.domain.content.changed_in_short import SOME_LINES, changed_in_short
from routekaart.domain.content.inputs import ScholingsplanInput

# With more the two pages are full as they are.
_MOST_GOALS, _MOST_DAYS = 3, 5
# A heading that is not always there, in millimetres.
TITLE_HEIGHT = 11.0


def changed_for_mr(plan: ScholingsplanInput) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """A line beside the question, or a heading with some sentences before the signing.

    One of both at most; nothing of a first version.
    """
    days = len(plan.plan.study_days) if plan.plan else 0
    room = len(plan.goals) <= _MOST_GOALS and days <= _MOST_DAYS
    told = changed_in_short(plan.changed_in_numbers, letters=SOME_LINES if room else 0)
    return (told, ()) if len(told) == 1 else ((), told)
