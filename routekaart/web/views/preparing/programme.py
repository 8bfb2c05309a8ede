"""Making the programme of a study day: an order of parts, with rooms, groups and people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from courses.findings import Finding
from routekaart.actions.study_day.programmes import save_programme
from routekaart.domain.content.wording import clock, later
from routekaart.domain.errors import DomainError, RulesBroken
from routekaart.domain.programme import ProgrammeBlock, in_sequence, minutes_filled
from routekaart.queries.study_day.programme_desk import ProgrammeDesk, programme_desk
from routekaart.web.forms.preparing import programme as rows_form
from routekaart.web.forms.preparing.programme import BlockForm, Row
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.preparing.readiness import day_context

_SAVE = "bewaar"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with when it begins and ends."""

    form: BlockForm
    begins: str
    ends: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and the row to look at."""

    message: str
    anchor: str


class RevisionForm(forms.Form):
    """Which programme the rows were made from."""

    revisie = forms.IntegerField(min_value=0)


@require_http_methods(["GET", "POST"])
@signed_in
def programme(request: PageRequest, study_day_id: UUID) -> HttpResponse:
    """Rows to change, move and add; nothing is stored before it is saved as a whole."""
    desk = programme_desk(by=request.by, study_day_id=study_day_id, anew="voorstel" in request.GET)
    posted = request.POST if request.method == "POST" else kept(request)
    doe = request.POST.get("doe", "")
    rows, look_at = _rows(posted, desk, doe)
    division = (
        rows_form.divided(posted) if posted is not None else rows_form.divided_in(desk.blocks)
    )
    saves = doe == _SAVE
    forms_ = [rows_form.block_form(desk, n, row, bound=saves) for n, row in enumerate(rows)]
    faults: list[Fault] = []
    if saves:
        faults = _saved(request, study_day_id, desk, forms_, division)
        if not faults:
            messages.success(request, "Het programma is bewaard.")
            return redirect("preparing:programme", study_day_id)
    context = {
        **_shown(desk, rows, forms_, division),
        "faults": faults,
        "revision": request.POST.get("revisie", desk.day.programme_revision),
        "look_at": look_at,
        "may_prepare": True,
        # Shown as it was when the session ended, or between two buttons: not stored yet.
        "changed": posted is not None,
    }
    return render(request, "preparing/programme.html", context, status=422 if faults else 200)


def _rows(
    posted: QueryDict | None, desk: ProgrammeDesk, doe: str
) -> tuple[Sequence[Row], int | None]:
    if posted is None:
        return rows_form.rows_of(desk.blocks) or [rows_form.NEW_ROW], None
    return rows_form.rearranged(rows_form.rows_posted(posted), doe)


def _saved(
    request: PageRequest,
    study_day_id: UUID,
    desk: ProgrammeDesk,
    forms_: Sequence[BlockForm],
    division: Mapping[str, str],
) -> list[Fault]:
    """What kept the programme from being saved; empty when it is."""
    known = RevisionForm(request.POST)
    if not forms_ or not known.is_valid():
        return [Fault("Maak eerst een onderdeel.", "programma")]
    wrong = [
        Fault(
            f"Onderdeel {place}, {form.fields[name].label}: {message}", f"id_{form.prefix}-{name}"
        )
        for place, form in enumerate(forms_, start=1)
        for name, said in form.errors.items()
        for message in said
    ]
    if wrong:
        return wrong
    try:
        save_programme(
            by=request.by,
            study_day_id=study_day_id,
            revision=known.cleaned_data["revisie"],
            blocks=_blocks(desk, forms_, division),
        )
    except RulesBroken as error:
        return [_fault(finding) for finding in error.findings]
    except DomainError as error:
        return [Fault(error.message, "programma")]
    return []


def _blocks(
    desk: ProgrammeDesk, forms_: Sequence[BlockForm], division: Mapping[str, str]
) -> tuple[ProgrammeBlock, ...]:
    groups = rows_form.by_group(division, desk)
    return in_sequence(desk.day.starts_at, [form.block(desk, groups) for form in forms_])


def _fault(finding: Finding) -> Fault:
    _, _, place = (finding.field or "").partition("blocks.")
    return Fault(finding.message, f"blok-{place}" if place else "programma")


def _shown(
    desk: ProgrammeDesk,
    rows: Sequence[Row],
    forms_: Sequence[BlockForm],
    division: Mapping[str, str],
) -> dict[str, object]:
    placed = rows_form.reckoned(desk, rows)
    filled = minutes_filled(desk.day.starts_at, placed)
    groups = rows_form.groups_in(rows)
    checked = [rows_form.block_form(desk, n, row, bound=True) for n, row in enumerate(rows)]
    complete = all(form.is_valid() for form in checked)
    return {
        **day_context(desk.day),
        "desk": desk,
        "rows": [
            ShownRow(
                form,
                clock(block.start),
                clock(later(block.start, block.minutes)),
                tuple(
                    desk.topics[one]
                    for one in row.get("onderwerpen", "").split(",")
                    if one in desk.topics
                ),
            )
            for form, block, row in zip(forms_, placed, rows, strict=True)
        ],
        "filled": filled,
        "to_fill": desk.day.minutes - filled,
        "begins": clock(desk.day.starts_at),
        "ends": clock(later(desk.day.starts_at, desk.day.minutes)),
        "groups": groups,
        "members": [(pk, name, division.get(pk, "")) for pk, name in desk.members],
        "undivided": sum(1 for pk, _ in desk.members if division.get(pk, "") not in groups),
        "findings": [_fault(finding) for finding in desk.findings(_blocks(desk, checked, division))]
        if complete and rows
        else [],
    }
