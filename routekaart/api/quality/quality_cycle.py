"""The quality cycle of a school over HTTP."""

from datetime import date
from typing import Any

from ninja import Router

from routekaart.api.auth import SignedInRequest
from routekaart.api.shapes import Id, Reply, problems
from routekaart.domain.skins import Phase
from routekaart.queries.quality.quality_cycle import QualityCycle, quality_cycle

router = Router(tags=["Kwaliteitscyclus"])


class QualityPhaseReply(Reply):
    """`source`: the slug of the source that names it; null: an assumption (aanname)."""

    slug: str
    title: str
    holds: list[str]
    source: str | None


class QualityStepReply(Reply):
    """`kind` is null for what the way of working itself brings; `round` counts its rounds."""

    date: date
    phase: str
    title: str
    about: str
    kind: str | None
    minutes: int | None
    round: int | None


class QualityCycleReply(Reply):
    skin: str
    title: str
    source: str | None
    phases: list[QualityPhaseReply]
    steps: list[QualityStepReply]
    holidays_published: bool


def _phase(phase: Phase) -> QualityPhaseReply:
    return QualityPhaseReply(
        slug=phase.slug,
        title=phase.title,
        holds=[kind.value for kind in phase.holds],
        source=phase.source or None,
    )


def _reply(found: QualityCycle) -> QualityCycleReply:
    return QualityCycleReply(
        skin=found.skin.name.value,
        title=found.skin.title,
        source=found.skin.source or None,
        phases=[_phase(phase) for phase in found.skin.phases],
        steps=[
            QualityStepReply(
                date=step.date,
                phase=step.phase.slug,
                title=step.title,
                about=step.about,
                kind=step.kind.value if step.kind else None,
                minutes=step.minutes,
                round=step.round,
            )
            for step in found.steps
        ],
        holidays_published=found.holidays_published,
    )


@router.get(
    "/routekaarten/{routekaart_id}/quality-cycle",
    response={200: QualityCycleReply, **problems(404)},
    operation_id="get_quality_cycle",
    summary="Het jaar in de woorden van de school",
    description="De stappen op datum, volgens de kwaliteitscyclus die de school heeft gekozen. "
    "Namen zonder bron zijn een aanname.",
)
def get_quality_cycle(request: SignedInRequest, routekaart_id: Id) -> Any:
    return _reply(quality_cycle(by=request.auth, routekaart_id=routekaart_id))
