"""What-if: try changes on the plan. All of it stands in the address; nothing is stored."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from routekaart import clock
from routekaart.access import Access, Permission
from routekaart.actions.planning.previews import (
    PlanPreview,
    WantedGoal,
    phrases,
    preview_ground,
    preview_plan,
)
from routekaart.domain.errors import DomainError
from routekaart.domain.planner.changes import Change, ImpossibleChange
from routekaart.domain.planner.diff import GoalKind
from routekaart.models import Routekaart
from routekaart.queries.planning.outline import Outline, outline_of
from routekaart.web.forms.what_if import FORMS, GROUPS, as_text, read_change
from routekaart.web.forms.what_if.change import OFFICE, ChangeForm
from routekaart.web.signed_in import PageRequest, signed_in

_STACK = "wijziging"
# As many as the planner is asked over HTTP.
_MOST = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """One change in words, the address without it, and where it is really made.

    No `made_at`: the school's administrator does it.
    """

    text: str
    without: str
    made_at: str
    made_title: str


@dataclass(frozen=True, slots=True)
class Stack:
    """The changes in the address; `lost` when some no longer mean anything."""

    texts: tuple[str, ...]
    forms: tuple[ChangeForm, ...]
    phrases: tuple[str, ...]
    lost: bool

    @property
    def changes(self) -> list[Change | WantedGoal]:
        return _changes(self.forms)

    @property
    def query(self) -> str:
        return urlencode([(_STACK, text) for text in self.texts])


@dataclass(frozen=True, slots=True)
class Figures:
    """What changes, as counts."""

    placed: int
    postponed: int
    moved: int
    days: int
    people: int


@require_safe
@signed_in
def what_if(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """Choose what changes, one after the other; the outcome comes beside it."""
    outline = outline_of(by=request.by, routekaart_id=routekaart_id)
    stack = _stack(request, outline)
    kind = FORMS.get(request.GET.get("soort", ""))
    form = None
    if kind is not None and len(stack.forms) < _MOST:
        sent = "erbij" in request.GET
        form = kind(request.GET if sent else None, outline=outline)
        if sent and _fits(form, stack, outline):
            return redirect(f"{request.path}?{_with(stack.texts, as_text(form))}")
    context = _context(request.by, outline, stack) | {
        "form": form,
        "groups": GROUPS,
        "full": len(stack.forms) >= _MOST,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "trainer/what_if.html", context, status=status)


@require_safe
@signed_in
def outcome(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """What these changes do to the plan: it is solved anew, and that takes a moment."""
    today = clock.today()
    outline = preview_ground(by=request.by, routekaart_id=routekaart_id, today=today)
    stack = _stack(request, outline)
    context = _context(request.by, outline, stack)
    if not stack.forms:
        return redirect("trainer:what_if", routekaart_id)
    try:
        preview = preview_plan(
            by=request.by,
            routekaart_id=routekaart_id,
            changes=stack.changes,
            today=today,
            ground=outline,
        )
    except DomainError as error:
        context |= {"refused": error.message}
    else:
        context |= {"preview": preview, "figures": _figures(preview)}
    name = "outcome_part" if request.htmx else "outcome"
    return render(request, f"trainer/{name}.html", context)


def _stack(request: PageRequest, outline: Outline) -> Stack:
    """The changes of the address that can be made, in their order."""
    given = request.GET.getlist(_STACK)[:_MOST]
    read = [(text, form) for text in given if (form := read_change(text, outline))]
    told: tuple[str, ...] = ()
    while read:
        try:
            told = phrases(outline, _changes([form for _, form in read]))
            break
        except ImpossibleChange as error:
            # The field begins with which change it is: changes.1.date.
            del read[int(error.field.split(".")[1])]
    return Stack(
        tuple(text for text, _ in read),
        tuple(form for _, form in read),
        told if read else (),
        lost=len(read) < len(given),
    )


def _fits(form: ChangeForm, stack: Stack, outline: Outline) -> bool:
    """Whether the new change can be made on top of the others; else the form says why not."""
    if not form.is_valid():
        return False
    try:
        phrases(outline, _changes([*stack.forms, form]))
    except ImpossibleChange as error:
        form.put_error(error.field, error.message)
        return False
    return True


def _changes(forms: Sequence[ChangeForm]) -> list[Change | WantedGoal]:
    return [form.change(index) for index, form in enumerate(forms)]


def _with(texts: Sequence[str], *more: str) -> str:
    return urlencode([(_STACK, text) for text in (*texts, *more)])


def _context(by: Access, outline: Outline, stack: Stack) -> dict[str, object]:
    routekaart = outline.routekaart
    page = reverse("trainer:what_if", args=[routekaart.pk])
    return {
        "routekaart": routekaart,
        "team": routekaart.team,
        "stack": stack,
        "asked": [
            Asked(
                phrase,
                f"{page}?{_with(stack.texts[:place] + stack.texts[place + 1 :])}",
                _made_at(by, form, routekaart),
                form.made_at[1],
            )
            for place, (form, phrase) in enumerate(zip(stack.forms, stack.phrases, strict=True))
        ],
        "is_approved": routekaart.state in ("approved", "running"),
    }


def _made_at(by: Access, form: ChangeForm, routekaart: Routekaart) -> str:
    """The page where it is really made; empty for who does not reach it."""
    name = form.made_at[0]
    if name != OFFICE:
        return reverse(name, args=[routekaart.pk])
    allowed = by.allows(Permission.MANAGE_PEOPLE, school=routekaart.team.school_id)
    return reverse(name) if allowed else ""


def _figures(preview: PlanPreview) -> Figures:
    kinds = Counter(goal.kind for goal in preview.difference.goals)
    return Figures(
        placed=kinds[GoalKind.PLACED],
        postponed=kinds[GoalKind.POSTPONED],
        moved=kinds[GoalKind.MOVED],
        days=len(preview.difference.study_days),
        people=preview.difference.affected_people,
    )
