"""The step about category F: which intervention asks for it, and why (S07)."""

from typing import cast
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from courses.catalogue import current_catalogue
from routekaart.access import Permission
from routekaart.actions.routekaarten.routekaarten import change_routekaart
from routekaart.domain.filling_in import Part, facilities_of
from routekaart.models import FacilityLink, Routekaart
from routekaart.queries.routekaarten.routekaarten import routekaart_detail
from routekaart.web.forms.intake import FacilitiesForm, Facility, link_field
from routekaart.web.forms.shared import SharedForm
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.intake.step_page import StepPage, answer_step


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(Routekaart, "routekaart_id")
def facilities(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    by = request.by
    routekaart = routekaart_detail(
        by=by, routekaart_id=routekaart_id, permission=Permission.EDIT_ROUTEKAART
    )
    chosen = [row.intervention_id for row in routekaart.chosen.all()]
    links = list(routekaart.facility_links.all())
    offered = _facilities(chosen)

    def form(data: QueryDict | None, row: Routekaart) -> SharedForm:
        # After a save in the background the row is newer than what was read above.
        with by.entered():
            now = links if row is routekaart else list(row.facility_links.all())
        return FacilitiesForm(data, facilities=offered, initial=_initial(now))

    def save(form: SharedForm) -> Routekaart:
        # The list is replaced as a whole, so it must not have changed since it was read.
        return change_routekaart(
            by=by,
            routekaart_id=routekaart_id,
            changes={"facility_links": cast("FacilitiesForm", form).links(links)},
            revision=routekaart.revision,
        )

    page = StepPage(
        Part.FACILITIES,
        "intake/facilities.html",
        form,
        save,
        {"without": not offered or not offered[0].askers, "chosen_any": bool(offered)},
    )
    return answer_step(request, routekaart, page)


def _facilities(chosen: list[str]) -> tuple[Facility, ...]:
    """What was chosen of F, each with all that was chosen of A to E."""
    catalogue = current_catalogue()
    known = catalogue.intervention_by_slug
    of_f = facilities_of(catalogue, chosen)
    askers = tuple(
        (slug, known[slug].title) for slug in chosen if slug in known and slug not in of_f
    )
    return tuple(Facility(slug, known[slug].title, askers) for slug in of_f)


def _initial(links: list[FacilityLink]) -> dict[str, str]:
    return {link_field(row.facility_id, row.intervention_id): row.reason for row in links}
