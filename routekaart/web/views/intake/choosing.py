"""What the pages about choosing share: whose routekaart it is, and whether it may change."""

from collections.abc import Collection
from dataclasses import dataclass

from routekaart.domain.lifecycle import ROUTEKAART
from routekaart.models import Routekaart


@dataclass(frozen=True, slots=True)
class Editing:
    """`allowed`: whether this person may change this now. `why_not`: what to tell otherwise."""

    allowed: bool
    why_not: str = ""


def editing(routekaart: Routekaart, *, may_edit: bool, states: Collection[str]) -> Editing:
    """`may_edit`: whether this person may in the right state, `states`: those that allow it."""
    if not may_edit:
        return Editing(False, "Je kunt dit lezen. Wijzigen doet het team zelf.")
    if routekaart.state not in states:
        word = ROUTEKAART.words[routekaart.state]
        return Editing(False, f"Deze routekaart is {word}: dit ligt nu vast.")
    return Editing(True)
