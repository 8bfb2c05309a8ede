"""What the pages about choosing share: whether the routekaart may change, and who else is in it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from routekaart.access import Access
from routekaart.actions.routekaarten.presence import be_present
from routekaart.domain.filling_in import Part
from routekaart.domain.lifecycle import ROUTEKAART
from routekaart.models import Routekaart
from routekaart.web.views.intake.presence import busy_words


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


def shared_context(by: Access, routekaart: Routekaart, part: Part, now: Editing) -> dict[str, Any]:
    """What every page shows. Who may change something here is busy with `part` from now on."""
    context: dict[str, Any] = {"routekaart": routekaart, "editing": now}
    if now.allowed:
        present = be_present(by=by, routekaart_id=routekaart.pk, step=part)
        context |= {"part": part, "busy": busy_words(present)}
    return context
