"""The school's own Word template: handing it in, looking at its check, and putting it to use."""

from pathlib import PurePath
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from routekaart.actions.documents.word_templates import (
    UnusableTemplate,
    activate_template,
    deactivate_template,
    remove_template,
    upload_template,
)
from routekaart.domain.content.template_check import TemplateCheck, example_of
from routekaart.domain.content.template_field import TemplateField
from routekaart.domain.content.template_table import CHAPTERS
from routekaart.domain.content.wording import counted
from routekaart.formats.word_template.example import example_template
from routekaart.formats.word_template.filling import CONTENT_TYPE
from routekaart.formats.word_template.package import MOST_BYTES
from routekaart.models import School, WordTemplate
from routekaart.queries.documents.word_templates import (
    checked_template,
    filled_example,
    template_file,
    template_for,
    templates_of,
)
from routekaart.queries.organisation.office import school_to_run
from routekaart.web.forms.office.school import TemplateForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.office.page import PER_PAGE, office_page


@require_http_methods(["GET", "POST"])
@signed_in
def templates(request: PageRequest, school_id: UUID) -> HttpResponse:
    """What a school has, and the form to hand in another. All faults of a file are shown."""
    school = school_to_run(by=request.by, school_id=school_id)
    form = TemplateForm(request.POST, request.FILES) if request.method == "POST" else TemplateForm()
    check: TemplateCheck | None = None
    if request.method == "POST" and form.is_valid():
        with refusals(form, {"file": "bestand", "name": "bestand"}):
            try:
                made = _uploaded(request, school_id, form)
            except UnusableTemplate as unusable:
                form.add_error("bestand", _summary(unusable.check))
                check = None if _is_about_the_file(unusable.check) else unusable.check
            else:
                return redirect("office:word_template", made.pk)
    return _templates_page(request, school, form, check)


def _uploaded(request: PageRequest, school_id: UUID, form: TemplateForm) -> WordTemplate:
    chosen = form.cleaned_data["bestand"]
    # One byte more, so that too large is seen without reading all of it.
    data = chosen.read(MOST_BYTES + 1)
    name = PurePath(chosen.name).stem.strip() or "Sjabloon"
    return upload_template(by=request.by, school_id=school_id, name=name, data=data)[0]


def _templates_page(
    request: PageRequest, school: School, form: TemplateForm, check: TemplateCheck | None
) -> HttpResponse:
    with request.by.entered():
        rows = templates_of(by=request.by, school_id=school.pk)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("bladzijde"))
        return office_page(
            request, "word_templates", school, {"page": page, "check": check}, form=form
        )


def _summary(check: TemplateCheck) -> str:
    faults = len(check.problems) + len(check.unknown)
    if _is_about_the_file(check):
        return check.problems[0].message
    said = counted(faults, "fout", "fouten")
    return f"In dit sjabloon {'zit' if faults == 1 else 'zitten'} {said}. Ze staan hieronder."


def _is_about_the_file(check: TemplateCheck) -> bool:
    """One sentence says it all."""
    return len(check.problems) == 1 and not check.problems[0].place and not check.unknown


@require_http_methods(["GET", "POST"])
@signed_in
def template(request: PageRequest, template_id: UUID) -> HttpResponse:
    """One template with its check; its buttons put it to use or stop that."""
    by = request.by
    if request.method == "POST":
        if request.POST.get("doe") == "stop":
            found = deactivate_template(by=by, template_id=template_id)
            messages.success(request, "Jullie plannen krijgen weer de gewone vorm.")
        else:
            found = activate_template(by=by, template_id=template_id)
            messages.success(request, f"Jullie plannen in Word krijgen de vorm van {found.name}.")
        return redirect("office:word_template", template_id)
    found_check = checked_template(by=by, template_id=template_id)
    return office_page(
        request,
        "word_template",
        found_check.template.school,
        {"template": found_check.template, "check": found_check.check},
    )


@require_http_methods(["GET", "POST"])
@signed_in
def remove(request: PageRequest, template_id: UUID) -> HttpResponse:
    """Asks first, then takes a template away."""
    found = template_for(by=request.by, template_id=template_id)
    if request.method == "POST":
        remove_template(by=request.by, template_id=template_id)
        messages.success(request, f"{found.name} is weggehaald.")
        return redirect("office:word_templates", found.school_id)
    return office_page(request, "word_template_remove", found.school, {"template": found})


@require_safe
@signed_in
def fields(request: PageRequest, school_id: UUID) -> HttpResponse:
    """Every field with what it gives, and how to put it in."""
    school = school_to_run(by=request.by, school_id=school_id)
    chapters = [
        (chapter.title, [row for field in chapter.fields for row in _rows(field, "", 0)])
        for chapter in CHAPTERS
    ]
    return office_page(request, "word_fields", school, {"chapters": chapters})


def _rows(field: TemplateField, item: str, depth: int) -> list[tuple[TemplateField, str, int]]:
    """A field and those inside it, each with how it is written and how deep it lies."""
    rows = [(field, example_of(field, item), depth)]
    for part in field.item:
        rows += _rows(part, f"{field.item_name}.", depth + 1)
    return rows


@require_safe
@signed_in
def example(request: PageRequest, school_id: UUID) -> HttpResponse:
    """The example template, to begin with."""
    school_to_run(by=request.by, school_id=school_id)
    return _file("voorbeeldsjabloon", example_template())


@require_safe
@signed_in
def file(request: PageRequest, template_id: UUID) -> HttpResponse:
    """A template as it was handed in."""
    found, data = template_file(by=request.by, template_id=template_id)
    return _file(f"{slugify(found.name) or 'sjabloon'}-versie-{found.version}", data)


@require_safe
@signed_in
def trial(request: PageRequest, template_id: UUID) -> HttpResponse:
    """A template filled with examples."""
    found, data = filled_example(by=request.by, template_id=template_id)
    return _file(f"{slugify(found.name) or 'sjabloon'}-proef", data)


def _file(stem: str, data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{stem}.docx"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
