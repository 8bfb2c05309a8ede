"""Who has which role at a school."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from routekaart.access import NotFound, Permission, Role
from routekaart.actions.organisation.roles import grant_role, withdraw_role
from routekaart.domain.errors import DomainError
from routekaart.domain.roles import SCHOOL_GIVES
from routekaart.queries.organisation.office import school_to_run
from routekaart.queries.organisation.office_people import (
    holder_of_role,
    holders_of_roles,
    people_to_choose,
)
from routekaart.web.forms.office.people import GrantForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.role_words import ROLE_SENTENCES
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.office.page import data_of, office_page, still_runs


@require_safe
@signed_in
def roles(request: PageRequest, school_id: UUID) -> HttpResponse:
    """The roles that the school gives, and those that others gave."""
    by = request.by
    school = school_to_run(by=by, school_id=school_id, permission=Permission.MANAGE_PEOPLE)
    own, of_board = holders_of_roles(by=by, school_id=school_id)
    given = [(role, ROLE_SENTENCES[role], own.get(role, ())) for role in SCHOOL_GIVES]
    by_others = [
        (role, ROLE_SENTENCES[role], [*own.get(role, ()), *of_board.get(role, ())])
        for role in Role
        if role not in SCHOOL_GIVES and (own.get(role) or of_board.get(role))
    ]
    for_all = [
        (role, ROLE_SENTENCES[role], of_board[role]) for role in SCHOOL_GIVES if of_board.get(role)
    ]
    return office_page(
        request, "roles", school, {"given": given, "by_others": [*by_others, *for_all]}
    )


@require_http_methods(["GET", "POST"])
@signed_in
def give(request: PageRequest, school_id: UUID) -> HttpResponse:
    """Somebody gets a role."""
    by = request.by
    school = school_to_run(by=by, school_id=school_id, permission=Permission.MANAGE_PEOPLE)
    people = people_to_choose(by=by, school_id=school_id)
    form = GrantForm(
        data_of(request),
        initial={"role": request.GET.get("rol")},
        people=people,
    )
    if request.method == "POST" and form.is_valid():
        person, role = form.cleaned_data["person"], form.cleaned_data["role"]
        with refusals(form):
            grant_role(by=by, school_id=school_id, person_id=person, role=role)
        if not form.errors:
            messages.success(request, f"{dict(people)[person]} heeft nu de rol {role.label}.")
            return redirect("office:roles", school_id)
    return office_page(request, "role_give", school, {"people": people}, form=form)


@require_http_methods(["GET", "POST"])
@signed_in
def withdraw(request: PageRequest, school_id: UUID, person_id: UUID, role: str) -> HttpResponse:
    """Takes a role back; asked once more."""
    by = request.by
    if role not in SCHOOL_GIVES:
        raise NotFound("RoleGrant")
    wanted = Role(role)
    school = school_to_run(by=by, school_id=school_id, permission=Permission.MANAGE_PEOPLE)
    person = holder_of_role(by=by, school_id=school_id, person_id=person_id, role=wanted)
    faults: list[str] = []
    if request.method == "POST":
        try:
            withdraw_role(by=by, school_id=school_id, person_id=person_id, role=wanted)
        except DomainError as error:
            faults.append(error.message)
        else:
            messages.success(request, f"{person.name} heeft de rol {wanted.label} niet meer.")
            if not still_runs(request, person_id, school_id):
                return redirect("home")
            return redirect("office:roles", school_id)
    own = person_id == by.person.pk and wanted is Role.SCHOOL_ADMIN
    return office_page(
        request,
        "role_withdraw",
        school,
        {"person": person, "role": wanted, "own": own, "faults": faults},
    )
