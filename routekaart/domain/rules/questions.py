"""How far the questions at the attention points are answered (feature 12)."""

from dataclasses import dataclass

from courses.entities import AttentionPoint, Catalogue, PointKind
from routekaart.domain.rules.view import RoutekaartView


@dataclass(frozen=True, slots=True)
class QuestionProgress:
    """`open` holds (intervention slug, point) in printed order, per chosen intervention."""

    asked: int
    open: tuple[tuple[str, AttentionPoint], ...]

    @property
    def answered(self) -> int:
        return self.asked - len(self.open)

    @property
    def percent(self) -> int:
        """Answered questions in whole percents, rounded down; nothing asked is all answered."""
        return 100 if not self.asked else self.answered * 100 // self.asked


def question_progress(catalogue: Catalogue, view: RoutekaartView) -> QuestionProgress:
    """Every attention point that asks something, of every chosen intervention."""
    asked = [
        (slug, point)
        for slug in view.interventions
        if slug in catalogue.intervention_by_slug
        for point in catalogue.intervention_by_slug[slug].attention_points
        if point.kind is PointKind.QUESTION
    ]
    return QuestionProgress(
        len(asked), tuple(pair for pair in asked if not view.is_answered(pair[0], pair[1].slug))
    )
