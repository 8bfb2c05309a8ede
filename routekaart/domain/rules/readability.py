"""A hint for a text that the school wrote itself and that could be easier. It never blocks."""

from collections.abc import Iterator, Mapping

from courses.findings import Finding, Severity
from routekaart.domain.readability import hints
from routekaart.domain.rules.view import RoutekaartView

HARD_TO_READ = "hard_to_read"
# Others read these, parents among them; answers and looking back are for the team.
_OF_ROUTEKAART = ("reason",)


def readability_findings(view: RoutekaartView) -> Iterator[Finding]:
    """One per text that can be easier: why the team wants this, and its goals."""
    for text in view.texts:
        if text.field in _OF_ROUTEKAART:
            yield from _of_text(text.field, text.text, None)
    for goal in view.goals:
        yield from _of_text("wording", goal.wording, goal.key)
        yield from _of_text("noticeable", goal.noticeable, goal.key)


def readability_in_texts(texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """The same of texts by the name of their field."""
    return tuple(
        finding for field, text in texts.items() for finding in _of_text(field, text, None)
    )


def _of_text(field: str, text: str, goal: str | None) -> Iterator[Finding]:
    found = hints(text)
    if found:
        message = f"Kan het eenvoudiger? {' '.join(found)}"
        yield Finding(HARD_TO_READ, Severity.INFO, message, goal=goal, field=field)
