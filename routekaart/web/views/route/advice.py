"""The advice that the team takes, course by course."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.access import Access, Permission
from routekaart.actions.advice.desk import decide_on_advice
from routekaart.actions.advice.rounds import accept_advice, check_latest
from routekaart.actions.organisation.school_settings import request_quote
from routekaart.domain.advice_reading import GoalAdvice, ReadCourse
from routekaart.domain.errors import Conflict
from routekaart.models import Routekaart
from routekaart.models.routekaarten import State
from routekaart.queries.advice.for_team import TeamAdvice, routekaart_of_advice, team_advice
from routekaart.web.forms.refusals import refusals
from routekaart.web.forms.route import DecisionsForm
from routekaart.web.kept import kept
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.signed_in import PageRequest, signed_in

_TAKE = "aannemen"
_QUOTE = "offerte:"


@dataclass(frozen=True, slots=True)
class Card:
    """A course with its two fields; without them nothing can be decided now."""

    course: ReadCourse
    choice: forms.BoundField | None
    why: forms.BoundField | None


@dataclass(frozen=True, slots=True)
class Section:
    """A goal; what is needed stands before what fits too. `others_open`: there is news in them."""

    goal: GoalAdvice
    needed: list[Card]
    others: list[Card]
    others_open: bool


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(Routekaart, "routekaart_id")
def advice(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """Read by who sees the routekaart; the team lead decides."""
    routekaart = routekaart_of_advice(by=request.by, routekaart_id=routekaart_id)
    found = team_advice(by=request.by, routekaart=routekaart)
    if found is None:
        return render(request, "route/advice.html", _words(request.by, routekaart))
    decides = _decides(request.by, routekaart)
    form = _form(found, request.POST if request.method == "POST" else kept(request), decides)
    if request.method == "POST":
        try:
            check_latest(found.version, _version(request))
        except Conflict as newer:
            return _newer(request, routekaart, newer.message)
        if decides:
            _save(request, routekaart, found, form)
        elif not request.POST.get("doe", "").startswith(_QUOTE):
            _refuse(request, routekaart, found, form)
        if request.htmx:
            return _saved(request, routekaart, form)
        if not form.errors:
            return _next(request, routekaart)
    form.seen()
    return render(
        request,
        "route/advice.html",
        _words(request.by, routekaart) | _context(request, routekaart, found, form),
        status=422 if form.errors else 200,
    )


def _decides(by: Access, routekaart: Routekaart) -> bool:
    """Whether this person can decide now."""
    return routekaart.state == State.ADVISED and by.allows(
        Permission.ACCEPT_ADVICE, school=routekaart.team.school_id, team=routekaart.team_id
    )


def _form(found: TeamAdvice, data: QueryDict | None, decides: bool) -> DecisionsForm:
    courses = [course for goal in found.read.goals for course in goal.courses if decides]
    return DecisionsForm(data, courses=courses, answers=found.answers)


def _version(request: PageRequest) -> int:
    """The advice that the page showed."""
    posted = request.POST.get("versie", "")
    return int(posted) if len(posted) < 10 and posted.isascii() and posted.isdigit() else 0


def _newer(request: PageRequest, routekaart: Routekaart, message: str) -> HttpResponse:
    """What was decided on is not the latest any more: nothing is stored."""
    if request.htmx:
        return render(request, "route/not_saved.html", {"message": message}, status=409)
    messages.warning(request, message)
    return redirect("route:advice", routekaart.pk)


def _save(
    request: PageRequest, routekaart: Routekaart, found: TeamAdvice, form: DecisionsForm
) -> None:
    """Keeps what was decided; and takes the advice when that was asked and nothing is wrong."""
    valid = form.is_valid()
    version = found.version.version
    decisions = form.decisions()
    with refusals(form):
        # In the background the other decisions do not wait for the one that is not complete.
        if decisions and (valid or request.htmx):
            decide_on_advice(
                by=request.by, routekaart_id=routekaart.pk, version=version, decisions=decisions
            )
        if request.POST.get("doe") == _TAKE and valid and not request.htmx:
            accept_advice(by=request.by, routekaart_id=routekaart.pk, version=version)


def _refuse(
    request: PageRequest, routekaart: Routekaart, found: TeamAdvice, form: DecisionsForm
) -> None:
    """Lets the action say why this person decides nothing now."""
    if form.is_valid():
        with refusals(form):
            decide_on_advice(
                by=request.by,
                routekaart_id=routekaart.pk,
                version=found.version.version,
                decisions=[],
            )


def _saved(request: PageRequest, routekaart: Routekaart, form: DecisionsForm) -> HttpResponse:
    """What a save in the background answers, with the values that are stored now."""
    now = team_advice(by=request.by, routekaart=routekaart)
    wrong = bool(form.errors)
    if now is not None and not wrong:
        form = _form(now, None, decides=True)
    return render(
        request,
        "parts/saved.html",
        {"form": form, "saved_at": clock.now()},
        status=422 if wrong else 200,
    )


def _next(request: PageRequest, routekaart: Routekaart) -> HttpResponse:
    done = request.POST.get("doe", "")
    if done == _TAKE:
        messages.success(request, "Jullie hebben het advies aangenomen.")
        return redirect("route:plan", routekaart.pk)
    if done.startswith(_QUOTE):
        request_quote(
            by=request.by,
            school_id=routekaart.team.school_id,
            package=done.removeprefix(_QUOTE),
        )
        messages.success(request, "De offerte is aangevraagd. Er is nog niets besteld.")
    else:
        messages.success(request, "Jullie besluiten zijn bewaard.")
    return redirect("route:advice", routekaart.pk)


def _words(by: Access, routekaart: Routekaart) -> dict[str, object]:
    where = {"school": routekaart.team.school_id, "team": routekaart.team_id}
    return {
        "routekaart": routekaart,
        "team": routekaart.team,
        "is_open": routekaart.state == State.ADVISED,
        "is_taken": routekaart.state not in (State.DRAFT, State.SUBMITTED, State.ADVISED),
        "may_advise": by.allows(Permission.ADVISE, **where),
        "may_ask_quote": by.allows(Permission.REQUEST_QUOTE, **where),
    }


def _context(
    request: PageRequest, routekaart: Routekaart, found: TeamAdvice, form: DecisionsForm
) -> dict[str, object]:
    fields = {course: (choice, why) for course, choice, why in form.rows()}
    return {
        "form": form,
        "found": found,
        "decides": _decides(request.by, routekaart),
        "sections": [_section(goal, fields) for goal in found.read.goals],
    }


def _section(
    goal: GoalAdvice, fields: Mapping[str, tuple[forms.BoundField, forms.BoundField]]
) -> Section:
    cards = [Card(course, *fields.get(course.item.course, (None, None))) for course in goal.courses]
    others = [card for card in cards if not card.course.item.in_smallest_set]
    return Section(
        goal,
        needed=[card for card in cards if card not in others],
        others=others,
        others_open=any(
            card.course.answer.declined or (card.why is not None and card.why.errors)
            for card in others
        ),
    )
