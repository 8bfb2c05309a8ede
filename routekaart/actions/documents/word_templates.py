"""Handing in a school's own Word template, putting it to use, and taking it away."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from routekaart import clock
from routekaart.access import Access, NotFound, Permission
from routekaart.actions.audit import record
from routekaart.actions.organisation.school_lock import lock_school
from routekaart.domain.content.template_check import TemplateCheck
from routekaart.domain.errors import BadInput, Conflict
from routekaart.formats.word_template.checking import check_template
from routekaart.models import Job, School, WordTemplate
from routekaart.models.jobs import OPEN
from routekaart.queries.documents.word_templates import template_bytes
from routekaart.storage import Storage

# More than a school tries out in a year; the files are its own to tidy up.
MOST_TEMPLATES = 20
_LONGEST_NAME = 200


class UnusableTemplate(BadInput):
    """A file that is no template, or one with faults; `check` has all of them."""

    def __init__(self, check: TemplateCheck) -> None:
        told = [
            *((problem.code, problem.message, problem.place) for problem in check.problems),
            *(("unknown_field", field.message, field.place) for field in check.unknown),
        ]
        code, message, place = told[0]
        where = f" ({place})" if place else ""
        more = f" En nog {len(told) - 1} meer." if len(told) > 1 else ""
        super().__init__("file", f"{message}{where}{more}", code=code)
        self.check = check


def upload_template(
    *, by: Access, school_id: UUID, name: str, data: bytes
) -> tuple[WordTemplate, bool]:
    """Stores a template as a new version; the flag says whether it is new.

    It is not used until it is activated. The same file again gives the version that there is.
    Raises `UnusableTemplate` on `file`, `BadInput` on `name`, `Conflict` (`too_many_templates`)
    and `StorageUnavailable`.
    """
    by.fetch(School, school_id, Permission.EDIT_SCHOOL)
    called = " ".join(name.split())[:_LONGEST_NAME]
    if not called:
        raise BadInput("name", "Geef het sjabloon een naam.", code="required")
    check = check_template(data)
    if not check.is_usable:
        raise UnusableTemplate(check)
    stored = Storage(Path(settings.STORAGE_DIR)).put(data)
    with transaction.atomic(), by.entered():
        # Two who hand in at once wait here: each gets a number of its own.
        lock_school(school_id)
        there = WordTemplate.objects.filter(school=school_id, removed_at=None)
        same = there.filter(content_hash=stored.content_hash).first()
        if same is not None:
            return same, False
        if there.count() >= MOST_TEMPLATES:
            raise Conflict(
                f"Jullie hebben al {MOST_TEMPLATES} sjablonen. Haal er eerst een weg.",
                code="too_many_templates",
            )
        last = WordTemplate.objects.filter(school=school_id).aggregate(last=Max("version"))["last"]
        made = WordTemplate.objects.create(
            school_id=school_id,
            name=called,
            version=(last or 0) + 1,
            content_hash=stored.content_hash,
            size=stored.size,
            uploaded_by=by.person,
        )
        record(by=by, school=school_id, action="upload_word_template", subject=made)
    return made, True


def activate_template(*, by: Access, template_id: UUID) -> WordTemplate:
    """From now on documents are made with this one, and no longer with another. Safe to repeat.

    Raises `UnusableTemplate` when it cannot be filled any more, and `Conflict`
    (`template_file_missing`) when its file is gone.
    """
    with transaction.atomic():
        found = _locked(by, template_id)
        with by.entered():
            if found.active:
                return found
            check = check_template(template_bytes(found))
            if not check.is_usable:
                raise UnusableTemplate(check)
            WordTemplate.objects.filter(school=found.school_id, active=True).update(active=False)
            found.active = True
            found.save(update_fields=["active"])
            record(by=by, school=found.school_id, action="activate_word_template", subject=found)
    return found


def deactivate_template(*, by: Access, template_id: UUID) -> WordTemplate:
    """Documents are made as before again; the template stays. Safe to repeat."""
    with transaction.atomic():
        found = _locked(by, template_id)
        if found.active:
            with by.entered():
                found.active = False
                found.save(update_fields=["active"])
                record(
                    by=by, school=found.school_id, action="deactivate_word_template", subject=found
                )
    return found


def remove_template(*, by: Access, template_id: UUID) -> None:
    """Takes a template out of sight and out of use; gone for good once nothing was made with it."""
    with transaction.atomic():
        found = _locked(by, template_id)
        with by.entered():
            record(by=by, school=found.school_id, action="remove_word_template", subject=found)
            # What is being made may still come to a document with it.
            waits = Job.objects.filter(school=found.school_id, state__in=OPEN).exists()
            if waits or found.documents.exists():
                found.active, found.removed_at = False, clock.now()
                found.save(update_fields=["active", "removed_at"])
            else:
                found.delete()


def _locked(by: Access, template_id: UUID) -> WordTemplate:
    """The template, with its school locked: one of a school is in use, so they go together."""
    found = by.fetch(WordTemplate, template_id, Permission.EDIT_SCHOOL)
    with by.entered():
        lock_school(found.school_id)
        again = WordTemplate.objects.filter(pk=template_id, removed_at=None).first()
    if again is None:
        raise NotFound("WordTemplate")
    return again
