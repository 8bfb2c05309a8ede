"""How far a study day is: what stands, what is missing, and its steps."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.access import Permission
from routekaart.actions.study_day.steps import set_moments, step_study_day
from routekaart.domain.content.wording import weekday_date
from routekaart.domain.lifecycle import STUDY_DAY
from routekaart.domain.readiness import CheckCode, Moment
from routekaart.models import StudyDay
from routekaart.models.notes import NoteKind
from routekaart.queries.study_day.board import DayBoard, day_board
from routekaart.queries.study_day.programmes import study_day_to_read
from routekaart.web.forms.preparing.study_day import FIELDS, CloseForm, MomentsForm, StepForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.signed_in import PageRequest, signed_in

_TITLES = {
    CheckCode.GOAL: "Doel",
    CheckCode.PREPARATION: "Voorbereiding",
    CheckCode.FOLLOW_UP: "Vervolgmoment",
    CheckCode.CONFLICTS: "Ruimtes en mensen",
    CheckCode.PROGRAMME: "Programma",
    CheckCode.OPEN_QUESTIONS: "Vragen en wensen",
}
_KINDS = {
    NoteKind.QUESTION: ("vraag", "vragen"),
    NoteKind.WISH: ("wens", "wensen"),
    NoteKind.FINDING: ("bevinding", "bevindingen"),
}
# What a button says, and what is told after it.
_STEPS = {
    "klaar": ("mark_ready", "De studiedag staat klaar."),
    "terug": ("back_to_preparing", "De studiedag is weer in voorbereiding."),
    "heropenen": ("reopen", "De studiedag is weer open."),
}
_TAGS = {"preparing": "busy", "ready": "done", "closed": ""}


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """A thing that must stand, with the page where one mends it."""

    title: str
    ok: bool
    text: str
    todo: str
    address: str


@dataclass(frozen=True, slots=True)
class ShownMoment:
    """A moment before the day, in words; `what` must be in order by then."""

    title: str
    on: str
    what: str
    words: str
    tag: str


@require_http_methods(["GET", "POST"])
@signed_in
def readiness(request: PageRequest, study_day_id: UUID) -> HttpResponse:
    """How far one study day is. Its part asks for itself again every half minute."""
    form = StepForm(request.POST if request.method == "POST" else None)
    chosen = _STEPS.get(request.POST.get("doe", ""))
    if chosen is not None and form.is_valid():
        step, told = chosen
        with refusals(form):
            step_study_day(by=request.by, study_day_id=study_day_id, step=step, today=clock.today())
            messages.success(request, told)
            return redirect("preparing:readiness", study_day_id)
    board = day_board(by=request.by, study_day_id=study_day_id, today=clock.today())
    context = {"form": form, **_shown(board)}
    template = "preparing/readiness_part.html" if request.htmx else "preparing/readiness.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def close(request: PageRequest, study_day_id: UUID) -> HttpResponse:
    """Closes a day that was held: with an agreement, a date to look back, and what it brought."""
    by, today = request.by, clock.today()
    posted = request.method == "POST"
    board = day_board(
        by=by, study_day_id=study_day_id, today=today, permission=Permission.PREPARE_DAY
    )
    form = CloseForm(
        request.POST if posted else kept(request), initial={"opbrengst": board.day.outcome}
    )
    if posted and form.is_valid():
        with refusals(form, {"outcome": "opbrengst"}):
            step_study_day(
                by=by,
                study_day_id=study_day_id,
                step="close",
                today=today,
                outcome=form.cleaned_data["opbrengst"],
            )
            messages.success(request, "De studiedag is afgesloten.")
            return redirect("preparing:readiness", study_day_id)
    context = {"form": form, **_shown(board)}
    return render(
        request, "preparing/close.html", context, status=422 if posted and form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(StudyDay, "study_day_id")
def moments(request: PageRequest, study_day_id: UUID) -> HttpResponse:
    """Own dates for the follow-up and the evaluation."""
    by = request.by
    day = study_day_to_read(by=by, study_day_id=study_day_id, permission=Permission.PREPARE_DAY)
    posted = request.method == "POST"
    form = MomentsForm(
        request.POST if posted else kept(request),
        initial={"vervolg": day.follow_up_on, "evaluatie": day.evaluation_on},
    )
    if posted and form.is_valid():
        with refusals(form, FIELDS):
            set_moments(by=by, study_day_id=study_day_id, values=form.values())
            messages.success(request, "De datums zijn bewaard.")
            return redirect("preparing:readiness", study_day_id)
    form.seen()
    context = {"form": form, **day_context(day)}
    return render(
        request, "preparing/moments.html", context, status=422 if posted and form.errors else 200
    )


def day_context(day: StudyDay) -> dict[str, object]:
    """What the head of every page about a study day shows."""
    return {
        "day": day,
        "routekaart": day.routekaart,
        "on": weekday_date(day.date),
        "state": STUDY_DAY.words[day.state],
        "tag": _TAGS[day.state],
    }


def _shown(board: DayBoard) -> dict[str, object]:
    facts = board.found.facts
    checks = _checks(board)
    return {
        **day_context(board.day),
        "board": board,
        "facts": facts,
        "checks": checks,
        "missing": next((one for one in checks if not one.ok), None),
        "too_early": clock.today() < board.day.date,
        "moments": [_moment(one, board.day.date) for one in board.found.readiness.moments],
        "shared": [
            f"{count} {_KINDS[kind][count != 1]}" for kind, count in (board.shared or {}).items()
        ],
        "live": board.day.state != "closed",
    }


def _checks(board: DayBoard) -> list[ShownCheck]:
    day = board.day
    where = {
        CheckCode.GOAL: reverse("route:year", args=[day.routekaart_id]),
        CheckCode.PREPARATION: reverse("preparing:assign", args=[day.routekaart_id]),
        CheckCode.FOLLOW_UP: reverse("preparing:moments", args=[day.pk]),
        CheckCode.CONFLICTS: reverse("preparing:programme", args=[day.pk]),
        CheckCode.PROGRAMME: reverse("preparing:programme", args=[day.pk]),
        CheckCode.OPEN_QUESTIONS: reverse("preparing:topics", args=[day.pk]),
    }
    return [
        ShownCheck(
            title=_TITLES[check.code],
            ok=check.ok,
            text=check.text,
            todo=check.todo,
            address=where[check.code] if board.may_prepare else "",
        )
        for check in board.found.readiness.checks
    ]


def _moment(moment: Moment, held_on: date) -> ShownMoment:
    days = f"{moment.days_before} {'werkdag' if moment.days_before == 1 else 'werkdagen'} vooraf"
    words, tag = ("in orde", "done") if moment.ok else ("nog niet in orde", "")
    if not moment.ok and moment.reached:
        words, tag = "had in orde moeten zijn", "alert"
    return ShownMoment(
        title=days,
        on=weekday_date(moment.on) if moment.on else f"voor {weekday_date(held_on)}",
        what=", ".join(_TITLES[code].lower() for code in moment.checks),
        words=words,
        tag=tag,
    )
