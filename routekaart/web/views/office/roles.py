"""Who has which role at a school."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from courses.dutch import dutch_date, listed
from routekaart import clock
from routekaart.access import NotFound, Permission, Role
from routekaart.actions.organisation.handing_over import hand_over_role
from routekaart.actions.organisation.roles import grant_role, withdraw_role
from routekaart.domain.content.wording import counted
from routekaart.domain.errors import DomainError
from routekaart.domain.roles import GOES_ALONG, SCHOOL_GIVES, TEAM_BOUND
from routekaart.queries.organisation.duties import HandOver, role_to_hand_over
from routekaart.queries.organisation.office import school_to_run
from routekaart.queries.organisation.office_people import (
    holder_of_role,
    holders_of_roles,
    people_to_choose,
)
from routekaart.web.forms.office.people import GrantForm, HandOverForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.role_words import ROLE_SENTENCES, role_period
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.office.page import data_of, office_page, still_runs


@require_safe
@signed_in
def roles(request: PageRequest, school_id: UUID) -> HttpResponse:
    """The roles that the school gives, and those that others gave."""
    by = request.by
    school = school_to_run(by=by, school_id=school_id, permission=Permission.MANAGE_PEOPLE)
    own, of_board = holders_of_roles(by=by, school_id=school_id)
    today = clock.today()
    given = [
        (
            role,
            ROLE_SENTENCES[role],
            [(one, role_period(one.starts_on, one.ends_on, today)) for one in own.get(role, ())],
        )
        for role in SCHOOL_GIVES
    ]
    by_others = [
        (role, ROLE_SENTENCES[role], [*own.get(role, ()), *of_board.get(role, ())])
        for role in Role
        if role not in SCHOOL_GIVES and (own.get(role) or of_board.get(role))
    ]
    for_all = [
        (role, ROLE_SENTENCES[role], of_board[role]) for role in SCHOOL_GIVES if of_board.get(role)
    ]
    return office_page(
        request,
        "roles",
        school,
        {"given": given, "by_others": [*by_others, *for_all], "handed_over": GOES_ALONG},
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
            grant_role(
                by=by,
                school_id=school_id,
                person_id=person,
                role=role,
                starts_on=form.cleaned_data["starts_on"],
                ends_on=form.cleaned_data["ends_on"],
            )
        if not form.errors:
            messages.success(request, _given(dict(people)[person], role, form))
            return redirect("office:roles", school_id)
    return office_page(request, "role_give", school, {"people": people}, form=form)


def _given(name: str, role: Role, form: GrantForm) -> str:
    first = form.cleaned_data["starts_on"]
    if first is not None and first > clock.today():
        return f"{name} heeft vanaf {dutch_date(first)} de rol {role.label}."
    return f"{name} heeft nu de rol {role.label}."


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
        {
            "person": person,
            "role": wanted,
            "own": own,
            "can_hand_over": wanted in GOES_ALONG,
            "faults": faults,
        },
    )


@require_http_methods(["GET", "POST"])
@signed_in
def hand_over(request: PageRequest, school_id: UUID, person_id: UUID, role: str) -> HttpResponse:
    """Somebody else gets the role, with what hangs on it; all of that is shown before."""
    by = request.by
    if role not in GOES_ALONG:
        raise NotFound("RoleGrant")
    found = role_to_hand_over(by=by, school_id=school_id, person_id=person_id, role=Role(role))
    form = HandOverForm(data_of(request), people=found.takers)
    if request.method == "POST" and form.is_valid():
        taker = form.cleaned_data["person"]
        with refusals(form, {"taker": "person"}):
            hand_over_role(
                by=by,
                school_id=school_id,
                role=found.role,
                holder_id=person_id,
                taker_id=taker,
            )
        if not form.errors:
            name = dict(found.takers)[taker]
            messages.success(request, f"{name} heeft nu de rol {found.role.label}.")
            if not still_runs(request, person_id, school_id):
                return redirect("home")
            return redirect("office:roles", school_id)
    return office_page(
        request,
        "role_hand_over",
        found.school,
        {
            "holder": found.holder,
            "role": found.role,
            "along": _along(found),
            "stays_member": found.role in TEAM_BOUND and bool(found.teams),
            "own": person_id == by.person.pk and found.role is Role.SCHOOL_ADMIN,
        },
        form=form,
    )


def _along(found: HandOver) -> list[str]:
    """What goes along, in words: only what there is."""
    told = []
    if found.teams:
        word = "de plaats in het team" if len(found.teams) == 1 else "de plaatsen in de teams"
        told.append(f"{word} {listed(found.teams)}")
    for count, one, more in (
        (found.agreements, "open afspraak", "open afspraken"),
        (found.study_days, "studiedag die nog komt", "studiedagen die nog komen"),
        (found.documents, "document dat in de maak is", "documenten die in de maak zijn"),
    ):
        if count:
            told.append(counted(count, one, more))
    return told
