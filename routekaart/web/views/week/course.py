"""One own course: why, by when, and saying that it is done, alone or together."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.actions.progress.group_completions import note_group_completion
from routekaart.actions.progress.progress import complete_assignment
from routekaart.actions.progress.reflections import write_reflection
from routekaart.models import Assignment
from routekaart.queries.organisation.people import memberships_of_team, name_in_team
from routekaart.queries.progress.own_assignments import OwnAssignment, own_assignment
from routekaart.queries.progress.own_record import own_study_day
from routekaart.web.forms.refusals import refusals
from routekaart.web.forms.week import DoneForm, ReflectionForm, TogetherForm
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.week.warned import warn_about


@require_http_methods(["GET", "POST"])
@signed_in
def course(request: PageRequest, assignment_id: UUID) -> HttpResponse:
    """A course with what it is for; the form says that it is done, or what one takes from it."""
    today = clock.today()
    item = own_assignment(by=request.by, assignment_id=assignment_id, today=today)
    form = _form(request, item)
    if request.method == "POST" and form.is_valid():
        with refusals(form, {"text": "reflection"}):
            _save(request, item, form)
        if not form.errors:
            messages.success(request, "Bewaard.")
            warn_about(request, form)
            return redirect("week:week")
    context = {
        "form": form,
        "item": item,
        "row": item.assignment,
        "late": item.deadline is not None and item.deadline < today,
        "day": own_study_day(by=request.by, study_day_id=item.study_day),
    }
    return render(request, "week/course.html", context, status=422 if form.errors else 200)


def _form(request: PageRequest, item: OwnAssignment) -> DoneForm | ReflectionForm:
    data = request.POST if request.method == "POST" else kept(request)
    if item.assignment.state == "done":
        return ReflectionForm(data, initial={"reflection": _reflection(item.assignment)})
    today = clock.today()
    return DoneForm(data, today=today, initial={"done_on": today})


def _reflection(row: Assignment) -> str:
    completion = row.completion
    return completion.reflection.text if completion and hasattr(completion, "reflection") else ""


def _save(request: PageRequest, item: OwnAssignment, form: DoneForm | ReflectionForm) -> None:
    by, today, row = request.by, clock.today(), item.assignment
    text = form.cleaned_data["reflection"].strip()
    if isinstance(form, DoneForm):
        complete_assignment(
            by=by,
            assignment_id=row.pk,
            done_on=form.cleaned_data["done_on"],
            proof=form.cleaned_data["proof"],
            today=today,
        )
        row = own_assignment(by=by, assignment_id=row.pk, today=today).assignment
        if not text:
            return
    if row.completion_id is not None:
        write_reflection(by=by, completion_id=row.completion_id, text=text)


@require_http_methods(["GET", "POST"])
@signed_in
def together(request: PageRequest, assignment_id: UUID) -> HttpResponse:
    """Notes for several people of the team that they did a course together."""
    by, today = request.by, clock.today()
    row = own_assignment(by=by, assignment_id=assignment_id, today=today).assignment
    people = [
        (str(one.person_id), name_in_team(one))
        for one in memberships_of_team(by=by, team_id=row.routekaart.team_id)
    ]
    form = TogetherForm(
        request.POST if request.method == "POST" else kept(request),
        initial={"done_on": today, "persons": [str(by.person.pk)]},
    )
    form.offer(people)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            note_group_completion(
                by=by,
                routekaart_id=row.routekaart_id,
                course=row.course_id,
                today=today,
                **form.cleaned_data,
            )
        if not form.errors:
            messages.success(request, "Genoteerd. Je collega’s bevestigen het zelf in hun week.")
            warn_about(request, form)
            return redirect("week:week")
    context = {"form": form, "row": row}
    return render(request, "week/together.html", context, status=422 if form.errors else 200)
