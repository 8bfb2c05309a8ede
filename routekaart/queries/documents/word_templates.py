"""A school's own Word templates, as who runs the school looks at them."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from routekaart.access import Access, NotFound, Permission
from routekaart.domain.content.template_check import TemplateCheck, TemplateProblem
from routekaart.domain.content.template_field import example_values
from routekaart.domain.content.template_table import FIELDS
from routekaart.domain.errors import Conflict
from routekaart.formats.word_template.checking import check_template
from routekaart.formats.word_template.filling import fill_template
from routekaart.models import School, WordTemplate
from routekaart.queries.organisation.names import called_at
from routekaart.storage import FileMissing, Storage


@dataclass(frozen=True, slots=True)
class CheckedTemplate:
    """A template and what its check says now: the table of fields may have changed since."""

    template: WordTemplate
    check: TemplateCheck


def templates_of(*, by: Access, school_id: UUID) -> QuerySet[WordTemplate]:
    """The templates of a school that were not removed, newest first."""
    by.fetch(School, school_id, Permission.EDIT_SCHOOL)
    with by.entered():
        rows = WordTemplate.objects.filter(school=school_id, removed_at=None)
        return called_at(rows, "uploaded_by", school=school_id)


def template_for(*, by: Access, template_id: UUID) -> WordTemplate:
    """One template with its school and board. `NotFound` also for one that was removed."""
    found = by.fetch(WordTemplate, template_id, Permission.EDIT_SCHOOL, along=("school__board",))
    if found.removed_at is not None:
        raise NotFound("WordTemplate")
    return found


def checked_template(*, by: Access, template_id: UUID) -> CheckedTemplate:
    """One template with its check; that its file is gone from the storage is a problem too."""
    found = template_for(by=by, template_id=template_id)
    try:
        return CheckedTemplate(found, check_template(template_bytes(found)))
    except Conflict as gone:
        problem = TemplateProblem(gone.code, gone.message)
        return CheckedTemplate(found, TemplateCheck(problems=(problem,)))


def template_file(*, by: Access, template_id: UUID) -> tuple[WordTemplate, bytes]:
    """The file as it was handed in. Raises `Conflict` as `template_bytes` does."""
    found = template_for(by=by, template_id=template_id)
    return found, template_bytes(found)


def filled_example(*, by: Access, template_id: UUID) -> tuple[WordTemplate, bytes]:
    """The template filled with examples, to see how it looks.

    Raises `BadInput` (`unusable_template`) when it can no longer be filled.
    """
    found, data = template_file(by=by, template_id=template_id)
    return found, fill_template(data, example_values(FIELDS), title=found.name)


def template_in_use(*, school_id: UUID) -> WordTemplate | None:
    """The template with which documents of a school are made; None: it has none of its own.

    Call inside the scope of that school.
    """
    return WordTemplate.objects.filter(school=school_id, active=True).first()


def template_bytes(template: WordTemplate) -> bytes:
    """The file. Raises `Conflict` (`template_file_missing`) when it is gone from the storage."""
    try:
        with Storage(Path(settings.STORAGE_DIR)).open(template.content_hash) as file:
            return file.read()
    except FileMissing:
        raise Conflict(
            "Het bestand van dit sjabloon is niet meer te vinden. Lever het opnieuw in.",
            code="template_file_missing",
        ) from None
