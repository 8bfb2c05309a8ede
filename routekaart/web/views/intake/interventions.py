"""Choosing interventions, and answering what the sources ask about each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from courses.catalogue import current_catalogue
from courses.entities import Intervention, PointKind
from routekaart import clock
from routekaart.actions.changing import DRAFT
from routekaart.actions.routekaarten.choices import (
    change_choice,
    choose_intervention,
    drop_intervention,
    swap_intervention,
)
from routekaart.actions.routekaarten.goals import save_answers
from routekaart.domain.filling_in import Part
from routekaart.domain.rules import bsn_in_texts, parameter_findings
from routekaart.domain.scan_kinds import ScanFrame, scan_frames
from routekaart.models import Routekaart
from routekaart.queries.routekaarten.choices import Choices, choices_of
from routekaart.web.evidence import evidence_of
from routekaart.web.forms.intake_choices.intervention import InterventionForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.intake.choosing import editing, shared_context
from routekaart.web.views.intake.intervention_menu import (
    ORDERS,
    categories,
    category_title,
    chosen_of,
    menu_of,
)


@require_http_methods(["GET", "POST"])
@signed_in
def choose(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """The menu, with what was chosen on top."""
    if request.method == "POST":
        return _change(request, routekaart_id)
    choices = choices_of(by=request.by, routekaart_id=routekaart_id)
    category = request.GET.get("categorie", "")
    order = request.GET.get("volgorde", "")
    order = order if order in ORDERS else ""
    return render(
        request,
        "intake/choices/interventions.html",
        {
            **_shared(request, choices),
            "menu_of_interventions": menu_of(choices, category=category, order=order),
            "categories": [(one.code, category_title(one)) for one in categories(choices)],
            "category": category,
            "order": order,
            "orders": ORDERS.items(),
            "sorted_by": ORDERS[order],
        },
    )


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(Routekaart, "routekaart_id")
def intervention(request: PageRequest, routekaart_id: UUID, slug: str) -> HttpResponse:
    """One intervention: what the sources say, and when it was chosen the team's answers."""
    choices = choices_of(by=request.by, routekaart_id=routekaart_id)
    subject = choices.catalogue.intervention_by_slug.get(slug)
    if subject is None:
        raise Http404
    if request.method == "POST" and not {"kies", "weg", "ruil"}.isdisjoint(request.POST):
        return _change(request, routekaart_id, of=slug)
    form = _form(choices, subject, request.POST if request.method == "POST" else kept(request))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            if answers := form.answers():
                save_answers(by=request.by, routekaart_id=routekaart_id, answers=answers)
            if values := form.planned():
                change_choice(
                    by=request.by, routekaart_id=routekaart_id, intervention=slug, values=values
                )
        if not form.errors and not request.htmx:
            return redirect(_next(choices, slug).address)
        if not form.errors:
            choices = choices_of(by=request.by, routekaart_id=routekaart_id)
            form = _form(choices, subject, None)
    if request.method == "POST" and request.htmx:
        return _saved(request, choices, subject, form)
    form.seen()
    return render(
        request,
        "intake/choices/intervention.html",
        _shared(request, choices) | _context(choices, subject, form),
        status=422 if form.errors else 200,
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """Where the main button leads, and what it says."""

    label: str
    address: str


def _form(choices: Choices, subject: Intervention, data: QueryDict | None) -> InterventionForm:
    return InterventionForm(data, choices=choices, intervention=subject)


def _shared(request: PageRequest, choices: Choices) -> dict[str, Any]:
    now = editing(choices.routekaart, may_edit=choices.may_edit, states=DRAFT)
    return shared_context(request.by, choices.routekaart, Part.INTERVENTIONS, now)


def _context(choices: Choices, subject: Intervention, form: InterventionForm) -> dict[str, object]:
    by_slug = choices.catalogue.intervention_by_slug
    return {
        "intervention": subject,
        "chosen": next((one for one in chosen_of(choices) if one.slug == subject.slug), None),
        "scan": _scan(choices, subject),
        "form": form,
        "warnings": _warnings(choices, subject),
        "alternatives": [
            by_slug[slug]
            for first in subject.consider_first
            for slug in first.alternatives
            if slug in by_slug and choices.choice(slug) is None
        ],
        "points": [
            point for point in subject.attention_points if point.kind is not PointKind.QUESTION
        ],
        "questions": [
            (text, choices.answer(subject.slug, point)) for point, text in _asked(subject)
        ],
        "see_also": [by_slug[slug] for slug in subject.cross_references if slug in by_slug],
        "evidence": evidence_of(choices.catalogue, subject, choices.sector),
        "next": _next(choices, subject.slug),
    }


def _scan(choices: Choices, subject: Intervention) -> ScanFrame | None:
    """The self-scan that goes with what the team chose."""
    if not choices.may_scan or choices.choice(subject.slug) is None:
        return None
    frames = scan_frames(choices.catalogue)
    return next((one for one in frames if one.intervention == subject.slug), None)


def _asked(subject: Intervention) -> Iterator[tuple[str, str]]:
    """Everything that the sources ask, by the slug of the point."""
    for first in subject.consider_first:
        yield first.slug, first.text
    for point in subject.attention_points:
        if point.kind is PointKind.QUESTION:
            yield point.slug, point.text


def _warnings(choices: Choices, subject: Intervention) -> list[str]:
    """What the rules say of what was filled in here; nothing of it holds anything back."""
    planned = (
        one
        for one in parameter_findings(choices.catalogue, choices.view)
        if one.intervention == subject.slug
    )
    texts = {slug: choices.answer(subject.slug, slug) for slug, _ in _asked(subject)}
    found = (*planned, *bsn_in_texts(texts))
    return list(dict.fromkeys(one.message for one in found))


def _next(choices: Choices, slug: str) -> _Way:
    """On to the next chosen intervention that still asks something; else back to the menu."""
    chosen = chosen_of(choices)
    place = next((at for at, one in enumerate(chosen) if one.slug == slug), -1)
    for one in (*chosen[place + 1 :], *chosen[: max(place, 0)]):
        if one.open and one.known:
            return _Way(
                f"Bewaren en naar ‘{one.title}’",
                reverse("intake:intervention", args=(choices.routekaart.pk, one.slug)),
            )
    back = reverse("intake:interventions", args=(choices.routekaart.pk,))
    return _Way("Bewaren en terug naar de keuze", back)


def _saved(
    request: PageRequest, choices: Choices, subject: Intervention, form: InterventionForm
) -> HttpResponse:
    """The answer to a save in the background: what is saved, and what changed on the page."""
    return render(
        request,
        "intake/choices/intervention_saved.html",
        _context(choices, subject, form) | {"saved_at": clock.now()},
        status=422 if form.errors else 200,
    )


def _change(request: PageRequest, routekaart_id: UUID, of: str = "") -> HttpResponse:
    """Chooses, drops or swaps one intervention; `of`: the one whose page this is."""
    by, post = request.by, request.POST
    menu = reverse("intake:interventions", args=(routekaart_id,))
    if slug := post.get("weg"):
        drop_intervention(by=by, routekaart_id=routekaart_id, intervention=slug)
        messages.success(request, "Niet meer gekozen. Wat jullie erover schreven, blijft bewaard.")
        return redirect(menu)
    slug = post.get("ruil") or post.get("kies")
    if not slug:
        return redirect(menu)
    subject = current_catalogue().intervention_by_slug.get(slug)
    if subject is None:
        raise Http404
    if "ruil" in post and of:
        swap_intervention(by=by, routekaart_id=routekaart_id, intervention=of, instead=slug)
    else:
        choose_intervention(by=by, routekaart_id=routekaart_id, intervention=slug)
    messages.success(request, f"Gekozen: {subject.title}.")
    if subject.consider_first or of:
        return redirect("intake:intervention", routekaart_id, slug)
    return redirect(f"{menu}?{request.GET.urlencode()}#gekozen" if request.GET else menu)
