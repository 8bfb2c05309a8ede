"""What the product knows of who is signed in, and what that person chooses."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from courses.dutch import listed
from routekaart.access import Permission, Role
from routekaart.actions.mail.weekly import choose_weekly_mail
from routekaart.queries.mail.weekly import guides_a_team
from routekaart.queries.organisation.schools import own_teams, schools_of
from routekaart.web.signed_in import PageRequest, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def me(request: PageRequest) -> HttpResponse:
    """Name, schools, roles and teams; the weekly mail on or off."""
    by = request.by
    if request.method == "POST":
        wanted = request.POST.get("weekoverzicht") == "aan"
        choose_weekly_mail(by=by, wanted=wanted)
        messages.success(
            request, f"Je krijgt het weekoverzicht {'voortaan' if wanted else 'niet meer'}."
        )
        return redirect("office:me")
    with by.entered():
        schools = list(schools_of(by=by))
    teams = own_teams(by=by)
    return render(
        request,
        "office/me.html",
        {
            "schools": [
                {
                    "school": school,
                    "roles": listed(
                        [str(role.label) for role in Role if role in by.roles[school.pk]]
                    ),
                    "keeps_budgets": by.allows(Permission.KEEP_BUDGETS, school=school.pk),
                    "teams": listed([team.name for team in teams if team.school_id == school.pk]),
                }
                for school in schools
            ],
            "guides": guides_a_team(by),
            "runs_all": bool(by.schools)
            and all(by.allows(Permission.MANAGE_PEOPLE, school=school) for school in by.schools),
        },
    )
