"""How somebody of a school stands with signing in: invite again, take the second step away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from courses.dutch import dutch_date
from routekaart import clock
from routekaart.actions.organisation.sign_in import reset_second_factor
from routekaart.actions.organisation.welcome import invite_again
from routekaart.domain.errors import DomainError
from routekaart.domain.invitations import Standing
from routekaart.models import Employment
from routekaart.queries.organisation.invitations import standing_of
from routekaart.queries.organisation.office_people import person_at_school
from routekaart.web.second_factor import has_second_factor
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.office.page import office_page


def sign_in_of(employment: Employment) -> dict[str, object]:
    """What the page of a person says about it."""
    stands = standing_of(employment, clock.now())
    active = stands is Standing.ACTIVE
    invitation = getattr(employment, "invitation", None)
    return {
        "standing": stands.value,
        "active": active,
        "invitation_until": dutch_date(clock.last_day_before(invitation.expires_at))
        if invitation is not None and stands is Standing.INVITED
        else "",
        # Until then it would tell that there was an account already, at another school.
        "second_factor": active and has_second_factor(employment.person),
    }


@require_http_methods(["GET", "POST"])
@signed_in
def sign_in(request: PageRequest, employment_id: UUID) -> HttpResponse:
    """Sends a new invitation, or takes the second step away; asked once more."""
    here = person_at_school(by=request.by, employment_id=employment_id)
    employment = here.employment
    faults: list[str] = []
    if request.method == "POST":
        try:
            said = _done(request, employment_id)
        except DomainError as error:
            faults.append(error.message)
        else:
            messages.success(request, said)
            return redirect("office:person", employment_id)
    context = {"employment": employment, "faults": faults, **sign_in_of(employment)}
    return office_page(request, "person_sign_in", employment.school, context)


def _done(request: PageRequest, employment_id: UUID) -> str:
    if request.POST.get("doe") == "tweede-stap":
        reset_second_factor(by=request.by, employment_id=employment_id)
        return "De tweede stap staat uit. Er gaat een mail uit waarin dat staat."
    invite_again(by=request.by, employment_id=employment_id)
    return "De uitnodiging gaat vanzelf uit."
