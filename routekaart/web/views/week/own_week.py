"""Mijn week: what one person does by when, of all teams together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.actions.progress import group_completions, progress
from routekaart.domain.errors import DomainError
from routekaart.domain.progress.week import Turn, turn_of
from routekaart.models import Agreement, StudyDay
from routekaart.queries.progress.own_assignments import OwnAssignment
from routekaart.queries.progress.own_week import OwnWeek, own_week
from routekaart.web.signed_in import PageRequest, signed_in

# How far ahead an agreement is shown here; the others stand at their routekaart.
_AGREEMENTS_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course of somebody as the page shows it."""

    item: OwnAssignment
    day: StudyDay | None
    late: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The courses that are up at the same time."""

    turn: Turn
    cards: tuple[CourseCard, ...]


@require_http_methods(["GET", "POST"])
@signed_in
def week(request: PageRequest) -> HttpResponse:
    """Everything that waits for who is signed in; one tap says that it is begun or done."""
    today = clock.today()
    if request.method == "POST":
        _tapped(request, today)
        return redirect("week:week")
    found = own_week(by=request.by, today=today)
    groups = {group.turn: group for group in _groups(found, today)}
    ahead = [one for one in found.agreements if _comes_up(one, today)]
    return render(
        request,
        "week/week.html",
        {
            "today": today,
            "found": found,
            "open_groups": [groups[turn] for turn in Turn if turn in groups and turn != Turn.DONE],
            "done": groups.get(Turn.DONE),
            "agreements": ahead,
            "more_agreements": len(found.agreements) - len(ahead),
            "several": len({one.team_id for one in found.routekaarten}) > 1,
        },
    )


def _groups(found: OwnWeek, today: date) -> list[Group]:
    by_turn: dict[Turn, list[CourseCard]] = {}
    for item in found.courses:
        turn = turn_of(item.assignment.state, deadline=item.deadline, week=item.week, today=today)
        by_turn.setdefault(turn, []).append(_card(item, found.days, today))
    return [Group(turn, tuple(cards)) for turn, cards in by_turn.items()]


def _card(item: OwnAssignment, days: Mapping[UUID, StudyDay], today: date) -> CourseCard:
    return CourseCard(
        item,
        days.get(item.study_day) if item.study_day else None,
        late=item.deadline is not None and item.deadline < today,
    )


def _comes_up(agreement: Agreement, today: date) -> bool:
    return min(agreement.due_on, agreement.check_on) <= today + _AGREEMENTS_AHEAD


def _tapped(request: PageRequest, today: date) -> None:
    """Does what the button says. What cannot be done any more is said on the page itself."""
    by, subject = request.by, _subject(request)
    try:
        match request.POST.get("doe"):
            case "begonnen":
                progress.start_assignment(by=by, assignment_id=subject, today=today)
                messages.success(request, "Genoteerd: je bent begonnen.")
            case "klaar":
                progress.complete_assignment(
                    by=by, assignment_id=subject, done_on=today, proof="", today=today
                )
                messages.success(
                    request, "Mooi, klaar. Deed je het op een andere dag? Pas het aan onder Klaar."
                )
            case "terug":
                progress.reopen_assignment(by=by, assignment_id=subject, today=today)
                messages.success(request, "Teruggezet. De cursus staat weer open.")
            case "was_erbij":
                group_completions.confirm_group_completion(
                    by=by, group_completion_id=subject, today=today
                )
                messages.success(request, "Bevestigd. De cursus is nu ook voor jou klaar.")
            case "was_er_niet_bij":
                group_completions.decline_group_completion(by=by, group_completion_id=subject)
                messages.success(request, "Goed, je naam staat er niet meer bij.")
            case _:
                raise Http404
    except DomainError as error:
        messages.error(request, error.message)


def _subject(request: PageRequest) -> UUID:
    try:
        return UUID(request.POST.get("wat", ""))
    except ValueError:
        raise Http404 from None
