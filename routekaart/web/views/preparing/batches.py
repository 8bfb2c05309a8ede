"""What was assigned in one action, taking it back, and what who joins later gets."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.access import Permission
from routekaart.actions.assigning.rules import remove_rule
from routekaart.actions.assigning.undo import Undone, undo_batch
from routekaart.domain.assigning.undoing import Kept
from routekaart.domain.content.wording import counted
from routekaart.models.routekaarten import State
from routekaart.queries.assigning.batches import batch_detail, batches_of, rules_of_routekaart
from routekaart.queries.catalogue.school_catalogue import school_catalogue
from routekaart.queries.routekaarten.routekaarten import routekaart_to_read
from routekaart.web.signed_in import PageRequest, signed_in


class RuleForm(forms.Form):
    """Which rule is taken away."""

    regel = forms.UUIDField()


_PER_PAGE = 20
_WHY_KEPT = {
    Kept.STARTED: "begonnen",
    Kept.DONE: "afgerond",
    Kept.WAIVED: "vrijgesteld",
    Kept.BEGUN: "al begonnen, klaar of vrijgesteld",
    Kept.ASKED_OTHERWISE: "ook op een andere manier toegewezen",
}


@require_http_methods(["GET"])
@signed_in
def batches(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """The actions of assigning, newest first."""
    by = request.by
    routekaart = routekaart_to_read(
        by=by, routekaart_id=routekaart_id, permission=Permission.ASSIGN
    )
    with by.entered():
        rows = batches_of(by=by, routekaart_id=routekaart_id)
        page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("bladzijde"))
        context = {
            "routekaart": routekaart,
            "page": page,
            "plan_next": routekaart.state == State.ACCEPTED
            and rows.filter(undone_at=None).exists(),
        }
        return render(request, "preparing/batches.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def undo(request: PageRequest, batch_id: UUID) -> HttpResponse:
    """Says what is taken back and what stays, and does it."""
    batch = batch_detail(by=request.by, batch_id=batch_id)
    if request.method == "POST":
        done = undo_batch(by=request.by, batch_id=batch_id, at=clock.now())
        messages.success(request, _undone(done))
        return redirect("preparing:batches", batch.routekaart_id)
    context = {"batch": batch, "routekaart": batch.routekaart}
    return render(request, "preparing/undo.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def rules(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """What who joins later gets by itself; a rule can be taken away."""
    by = request.by
    routekaart = routekaart_to_read(
        by=by, routekaart_id=routekaart_id, permission=Permission.ASSIGN
    )
    if request.method == "POST":
        chosen = RuleForm(request.POST)
        if chosen.is_valid():
            remove_rule(by=by, rule_id=chosen.cleaned_data["regel"])
            messages.success(request, "Wie later komt, krijgt deze cursus niet meer vanzelf.")
        return redirect("preparing:rules", routekaart_id)
    with by.entered():
        functions = school_catalogue(school=routekaart.team.school_id).function_by_slug
        found = rules_of_routekaart(by=by, routekaart_id=routekaart_id)
        page = Paginator(found, _PER_PAGE).get_page(request.GET.get("bladzijde"))
        context = {
            "routekaart": routekaart,
            "page": page,
            "rows": [
                (rule, functions[rule.function].plural if rule.function else "Iedereen")
                for rule in page
            ],
        }
        return render(request, "preparing/rules.html", context)


def _undone(done: Undone) -> str:
    gone = counted(done.withdrawn, "toewijzing is", "toewijzingen zijn")
    said = f"{gone} ingetrokken." if done.withdrawn else "Er was niets meer in te trekken."
    if not done.kept:
        return said
    left = "; ".join(f"{count} {_WHY_KEPT[why]}" for why, count in sorted(done.kept.items()))
    number = sum(done.kept.values())
    return f"{said} {counted(number, 'blijft', 'blijven')} staan: {left}."
