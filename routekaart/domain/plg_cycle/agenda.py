"""What a meeting of a PLG speaks of: looking back, the four questions, looking ahead (S29)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from routekaart.domain.plg import LOOK_AHEAD, LOOK_BACK


class ItemKind(StrEnum):
    LOOK_BACK = "look_back"
    QUESTION = "question"
    # What the cycle before this one answered: where this one starts.
    EARLIER_ANSWER = "earlier_answer"
    LOOK_AHEAD = "look_ahead"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A point of the agenda. `question`: the slug of the question that it is about."""

    kind: ItemKind
    text: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One of the four questions."""

    slug: str
    title: str


def agenda_template(
    questions: Sequence[Question], earlier: Mapping[str, str] | None = None
) -> tuple[AgendaItem, ...]:
    """The agenda to start from. `earlier`: per question what the previous cycle answered last."""
    known = earlier or {}
    items = [AgendaItem(ItemKind.LOOK_BACK, LOOK_BACK)]
    for question in questions:
        items.append(AgendaItem(ItemKind.QUESTION, question.title, question.slug))
        if known.get(question.slug):
            items.append(AgendaItem(ItemKind.EARLIER_ANSWER, known[question.slug], question.slug))
    items.append(AgendaItem(ItemKind.LOOK_AHEAD, LOOK_AHEAD))
    return tuple(items)
