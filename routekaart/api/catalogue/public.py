"""The public part of the catalogue: interventions and courses."""

from typing import Annotated, Any, Literal, get_args

from django.http import HttpRequest
from ninja import Path, Router
from pydantic import BeforeValidator, Field

from courses.catalogue import public_catalogue
from courses.entities import Catalogue
from courses.schema import CostLabel, EvidenceLabel, Platform, Provider
from routekaart import clock
from routekaart.access import NotFound
from routekaart.api.catalogue.replies import (
    CourseReply,
    InterventionDetail,
    InterventionReply,
    Writer,
    course_reply,
)
from routekaart.api.paging import Listed, Page, PageQuery, paged
from routekaart.api.shapes import Query, ShortText, Slug
from routekaart.queries.catalogue.public import (
    CourseFilter,
    InterventionFilter,
    courses,
    interventions,
)

router = Router(tags=["Catalogus"])

Sector = Literal["po", "sbo", "so", "vo"]
InterventionSlug = Annotated[Slug, Path()]


def _as_printed(labels: Any) -> BeforeValidator:
    """Reads a label whatever its capitals."""
    printed = {label.casefold(): label for label in get_args(labels)}

    def read(value: Any) -> Any:
        return printed.get(value.casefold(), value) if isinstance(value, str) else value

    return BeforeValidator(read)


class InterventionPage(Page):
    """`sector` hides nothing: it adds the figures that sources give for that sector."""

    category: Annotated[str, Field(pattern=r"^[A-Za-z]{1,20}$")] | None = None
    sector: Sector | None = None
    evidence: Annotated[EvidenceLabel, _as_printed(EvidenceLabel)] | None = None
    cost: Annotated[CostLabel, _as_printed(CostLabel)] | None = None


class SectorQuery(Query):
    sector: Sector | None = None


class CoursePage(Page):
    """`q` looks for all words in the title; `audience` and `package` are slugs."""

    q: ShortText | None = None
    audience: Slug | None = None
    provider: Provider | None = None
    package: Slug | None = None
    platform: Platform | Literal["google", "microsoft"] | None = None


@router.get(
    "/interventions",
    response={200: Listed[InterventionReply]},
    auth=None,
    operation_id="list_interventions",
    summary="De interventies, in de volgorde van de bron",
)
def list_interventions(request: HttpRequest, page: PageQuery[InterventionPage]) -> Any:  # noqa: ARG001
    catalogue = public_catalogue()
    found = interventions(
        catalogue,
        InterventionFilter(category=page.category, evidence=page.evidence, cost=page.cost),
    )
    writer = Writer(catalogue)
    return paged(found, page, lambda item: writer.intervention(item, page.sector))


@router.get(
    "/interventions/{slug}",
    response={200: InterventionDetail},
    auth=None,
    operation_id="get_intervention",
    summary="Eén interventie met alles wat de bronnen erover zeggen",
)
def get_intervention(
    request: HttpRequest,  # noqa: ARG001
    slug: InterventionSlug,
    query: PageQuery[SectorQuery],
) -> Any:
    catalogue: Catalogue = public_catalogue()
    item = catalogue.intervention_by_slug.get(slug)
    if item is None:
        raise NotFound("Intervention")
    return Writer(catalogue).detail(item, query.sector, today=clock.today())


@router.get(
    "/courses",
    response={200: Listed[CourseReply]},
    auth=None,
    operation_id="list_courses",
    summary="De e-learningcursussen die de bronnen bij naam noemen",
)
def list_courses(request: HttpRequest, page: PageQuery[CoursePage]) -> Any:  # noqa: ARG001
    found = courses(
        public_catalogue(),
        CourseFilter(
            words=page.q,
            audience=page.audience,
            provider=page.provider,
            package=page.package,
            platform=page.platform,
        ),
    )
    return paged(found, page, lambda pair: course_reply(*pair))
