"""From a tried advice to a routekaart of one's own team."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from courses.catalogue import public_catalogue
from routekaart import clock
from routekaart.access import Access, Permission
from routekaart.actions.routekaarten.keeping import keep_choice
from routekaart.domain.calendar import SchoolYear
from routekaart.models import Team
from routekaart.queries.organisation.schools import own_teams
from routekaart.web.forms.refusals import refusals
from routekaart.web.forms.trying import ChosenForm
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in


class KeepForm(forms.Form):
    """For which team and which school year."""

    team = forms.ChoiceField(
        label="Voor welk team?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een team."},
    )
    schooljaar = forms.TypedChoiceField(
        label="Voor welk schooljaar?",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een schooljaar."},
    )

    def __init__(self, *args: object, teams: list[Team], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        this_year = SchoolYear.containing(clock.today()).start
        self.fields["team"].choices = [  # type: ignore[attr-defined]  # a choice field
            (str(team.pk), f"{team.name} ({team.school.name})") for team in teams
        ]
        self.fields["schooljaar"].choices = [  # type: ignore[attr-defined]  # the same
            (year, SchoolYear(year).label) for year in (this_year, this_year + 1)
        ]
        self.fields["schooljaar"].initial = this_year
        if len(teams) == 1:
            self.fields["team"].initial = str(teams[0].pk)


@require_http_methods(["GET", "POST"])
@signed_in
def keep(request: PageRequest) -> HttpResponse:
    """Puts the tried interventions into a routekaart of one of the own teams."""
    catalogue = public_catalogue()
    chosen = ChosenForm(request.GET, catalogue=catalogue)
    if not chosen.is_valid():
        return redirect(f"{reverse('visitor:choose')}?verder=1")
    teams = _teams(request.by)
    form = KeepForm(request.POST if request.method == "POST" else kept(request), teams=teams)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            routekaart = keep_choice(
                by=request.by,
                team_id=UUID(form.cleaned_data["team"]),
                school_year=form.cleaned_data["schooljaar"],
                interventions=chosen.cleaned_data["interventie"],
            )
        if not form.errors:
            messages.success(request, "Jullie keuze staat in de routekaart.")
            return redirect("intake:steps", routekaart.pk)
    context = {
        "form": form,
        "teams": teams,
        "chosen": [
            catalogue.intervention_by_slug[slug] for slug in chosen.cleaned_data["interventie"]
        ],
    }
    return render(request, "visitor/keep.html", context, status=422 if form.errors else 200)


def _teams(by: Access) -> list[Team]:
    return [
        team
        for team in own_teams(by=by)
        if by.allows(Permission.EDIT_ROUTEKAART, school=team.school_id, team=team.pk)
    ]
