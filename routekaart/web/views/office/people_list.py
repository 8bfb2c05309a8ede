"""Reading in a list of people: choose it once, look at what it would do, then do it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from routekaart import clock
from routekaart.access import Permission
from routekaart.actions.organisation.people_import import PeopleImport, import_people
from routekaart.domain.content.wording import counted
from routekaart.domain.errors import Conflict
from routekaart.domain.people_import import Outcome
from routekaart.domain.people_import.headings import WORDS
from routekaart.formats.tables import MOST_BYTES
from routekaart.models import School
from routekaart.queries.organisation.office import school_to_run
from routekaart.queries.organisation.people_import import people_template
from routekaart.web.forms.office.people import ListForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.uploads import ChosenFile, chosen_file, forget_chosen, keep_chosen
from routekaart.web.views.office.page import office_page

_ROWS = 50
_DONE_KEY = "people_read_in"
# What needs a look comes first.
_ORDER = (Outcome.WRONG, Outcome.ADDED, Outcome.CHANGED, Outcome.LEFT, Outcome.UNCHANGED)
_WORDS = {
    Outcome.WRONG: ("met een fout", "alert"),
    Outcome.ADDED: ("nieuw", "done"),
    Outcome.CHANGED: ("gewijzigd", "todo"),
    Outcome.LEFT: ("overgeslagen", "care"),
    Outcome.UNCHANGED: ("blijft gelijk", ""),
}
# Where several go by other words than one.
_MORE = {Outcome.UNCHANGED: "blijven gelijk"}


def _school(request: PageRequest, school_id: UUID) -> School:
    return school_to_run(by=request.by, school_id=school_id, permission=Permission.MANAGE_PEOPLE)


@require_http_methods(["GET", "POST"])
@signed_in
def choose(request: PageRequest, school_id: UUID) -> HttpResponse:
    """The file is chosen here, once. What cannot be read at all is refused here too."""
    school = _school(request, school_id)
    # Nothing waits here from while somebody was signed out: files are not kept.
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["lijst"]
        # One byte more, so that too large is seen without reading all of it.
        data = chosen.read(MOST_BYTES + 1)
        with refusals(form, {"file": "lijst"}):
            import_people(
                by=request.by, school_id=school_id, data=data, today=clock.today(), dry_run=True
            )
            keep_chosen(request, school_id=school_id, name=chosen.name, data=data, now=clock.now())
        if not form.errors:
            return redirect("office:check_list", school_id)
    return office_page(request, "list_choose", school, form=form)


@require_safe
@signed_in
def template(request: PageRequest, school_id: UUID) -> HttpResponse:
    """The list to fill in, as a file."""
    school = _school(request, school_id)
    answer = HttpResponse(
        people_template(by=request.by, school_id=school_id), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="medewerkers-{school.brin}.csv"'
    return answer


@require_http_methods(["GET", "POST"])
@signed_in
def check(request: PageRequest, school_id: UUID) -> HttpResponse:
    """What the list would do, as things stand now; its button does it."""
    school = _school(request, school_id)
    chosen = chosen_file(request, school_id=school_id, now=clock.now())
    if chosen is None:
        return office_page(request, "list_gone", school)
    posted = request.method == "POST"
    try:
        found = _read_in(request, school_id, chosen, dry_run=not posted)
    except Conflict as refused:
        # Shown as it would be now, with a new sign to say yes to.
        found = _read_in(request, school_id, chosen, dry_run=True)
        return _checked(request, school, chosen, found, refused)
    if found.stored:
        forget_chosen(request)
        request.session[_DONE_KEY] = {
            "school": str(school_id),
            **{outcome.value: found.count(outcome) for outcome in Outcome},
        }
        return redirect("office:list_done", school_id)
    return _checked(request, school, chosen, found)


def _read_in(
    request: PageRequest, school_id: UUID, chosen: ChosenFile, *, dry_run: bool
) -> PeopleImport:
    return import_people(
        by=request.by,
        school_id=school_id,
        data=chosen.data,
        today=clock.today(),
        dry_run=dry_run,
        shown=request.POST.get("gezien", ""),
    )


def _checked(
    request: PageRequest,
    school: School,
    chosen: ChosenFile,
    found: PeopleImport,
    refused: Conflict | None = None,
) -> HttpResponse:
    rows = sorted(found.rows, key=lambda row: (_ORDER.index(row.outcome), row.line))
    page = Paginator(rows, _ROWS).get_page(request.GET.get("bladzijde"))
    wrong = found.count(Outcome.WRONG)
    return office_page(
        request,
        "list_check",
        school,
        {
            "file_name": chosen.name,
            "page": page,
            "rows": [
                {
                    "row": row,
                    "state": _WORDS[row.outcome][0],
                    "tag": _WORDS[row.outcome][1],
                    "changes": [(WORDS[each.column][0], each) for each in row.changes],
                }
                for row in page
            ],
            "counts": _counts(found),
            "team_is_missing": any(
                problem.code == "unknown_team" for row in found.rows for problem in row.problems
            ),
            "ignored": found.ignored,
            "wrong": counted(wrong, "regel klopt", "regels kloppen") if wrong else "",
            "something": found.count(Outcome.ADDED) + found.count(Outcome.CHANGED),
            "sign": found.sign,
            "changed": refused is not None and refused.code == "list_changed",
            "refused": refused.message if refused else "",
            # Somebody changed the school between the look and the button.
            "faults": request.method == "POST",
        },
    )


def _counts(found: PeopleImport) -> list[str]:
    """1 met een fout, 3 blijven gelijk"""
    counts = [(outcome, found.count(outcome)) for outcome in _ORDER if found.count(outcome)]
    return [
        counted(count, _WORDS[outcome][0], _MORE.get(outcome, _WORDS[outcome][0]))
        for outcome, count in counts
    ]


@require_safe
@signed_in
def done(request: PageRequest, school_id: UUID) -> HttpResponse:
    """What was read in, and what comes next."""
    school = _school(request, school_id)
    result = request.session.get(_DONE_KEY)
    if result is None or result["school"] != str(school_id):
        return redirect("office:people", school_id)
    return office_page(request, "list_done", school, {"result": result})
