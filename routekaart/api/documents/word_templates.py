"""A school's own Word templates over HTTP."""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status
from pydantic import Field

from routekaart.actions.documents import word_templates as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.organisation.schools import SchoolId
from routekaart.api.paging import Listed, Page, PageQuery, paged
from routekaart.api.shapes import Id, Reply, Shape, ShortText, problems
from routekaart.domain.content.template_check import TemplateCheck
from routekaart.domain.content.template_field import TemplateField
from routekaart.domain.content.template_table import FIELDS
from routekaart.domain.errors import BadInput
from routekaart.formats.word_template.example import example_template
from routekaart.formats.word_template.filling import CONTENT_TYPE
from routekaart.models import WordTemplate
from routekaart.queries.documents.word_templates import (
    CheckedTemplate,
    checked_template,
    filled_example,
    template_file,
    templates_of,
)

router = Router(tags=["Word-sjablonen"])


class NewWordTemplate(Shape):
    name: ShortText
    file: Annotated[
        str,
        Field(
            description="Het .docx-bestand in base64. Samen met de rest hoogstens 1 MB; een "
            "groter bestand lever je in op de pagina.",
            min_length=1,
            max_length=990_000,
        ),
    ]


class WordTemplateReply(Reply):
    """One version. `active`: documents of the school are made with it."""

    id: UUID
    school: UUID
    name: str
    version: int
    active: bool
    size: int = Field(description="In bytes.")
    sha256: str
    uploaded_at: datetime


class TemplateFault(Reply):
    """`place` says in Dutch where it stands; empty: the file as a whole."""

    code: str
    detail: str
    place: str


class MissingFieldReply(Reply):
    path: str
    gives: str
    example: str


class UsedFieldReply(Reply):
    path: str
    places: tuple[str, ...]


class CheckedTemplateReply(Reply):
    """A template with its check. Without `faults` it can be filled."""

    template: WordTemplateReply
    faults: tuple[TemplateFault, ...]
    missing: tuple[MissingFieldReply, ...]
    used: tuple[UsedFieldReply, ...]


class TemplateFieldReply(Reply):
    """A field. `item_name` and `item` only for a list: the fields of one of its items."""

    name: str
    gives: str
    example: str
    recommended: bool
    item_name: str
    item: tuple["TemplateFieldReply", ...]


def _template(template: WordTemplate) -> WordTemplateReply:
    return WordTemplateReply(
        id=template.pk,
        school=template.school_id,
        name=template.name,
        version=template.version,
        active=template.active,
        size=template.size,
        sha256=template.content_hash,
        uploaded_at=template.uploaded_at,
    )


def _checked(found: CheckedTemplate) -> CheckedTemplateReply:
    check = found.check
    return CheckedTemplateReply(
        template=_template(found.template),
        faults=tuple(_faults(check)),
        missing=tuple(
            MissingFieldReply(path=one.path, gives=one.gives, example=one.example)
            for one in check.missing
        ),
        used=tuple(UsedFieldReply(path=one.path, places=one.places) for one in check.used),
    )


def _faults(check: TemplateCheck) -> Sequence[TemplateFault]:
    return [
        *(
            TemplateFault(code=one.code, detail=one.message, place=one.place)
            for one in check.problems
        ),
        *(
            TemplateFault(code="unknown_field", detail=one.message, place=one.place)
            for one in check.unknown
        ),
    ]


def _field(field: TemplateField) -> TemplateFieldReply:
    return TemplateFieldReply(
        name=field.name,
        gives=field.gives,
        example=field.example,
        recommended=field.recommended,
        item_name=field.item_name,
        item=tuple(_field(part) for part in field.item),
    )


def _docx(name: str, data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _file(meaning: str) -> dict[str, Any]:
    content = {CONTENT_TYPE: {"schema": {"type": "string", "format": "binary"}}}
    return {"responses": {200: {"description": meaning, "content": content}}}


@router.get(
    "/word-template-fields",
    response={200: list[TemplateFieldReply]},
    operation_id="list_word_template_fields",
    summary="De velden voor een Word-sjabloon",
)
def list_fields(request: HttpRequest) -> Any:  # noqa: ARG001 - a view
    return [_field(field) for field in FIELDS]


@router.get(
    "/word-template-example",
    response={200: None},
    operation_id="download_example_word_template",
    summary="Een voorbeeldsjabloon met alle velden",
    openapi_extra=_file("Het voorbeeld"),
)
def download_example(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    return _docx("voorbeeldsjabloon", example_template())


@router.get(
    "/schools/{school_id}/word-templates",
    response={200: Listed[WordTemplateReply], **problems(403, 404)},
    operation_id="list_word_templates",
    summary="De Word-sjablonen van een school, de nieuwste eerst",
)
def list_templates(request: SignedInRequest, school_id: SchoolId, page: PageQuery[Page]) -> Any:
    by = request.auth
    with by.entered():
        return paged(templates_of(by=by, school_id=school_id), page, _template)


@router.post(
    "/schools/{school_id}/word-templates",
    response={200: WordTemplateReply, 201: WordTemplateReply, **problems(403, 404, 409)},
    operation_id="upload_word_template",
    summary="Een Word-sjabloon inleveren",
    description="Het wordt gecontroleerd en bewaard als nieuwe versie, maar nog niet gebruikt. "
    "Hetzelfde bestand nog eens geeft 200 met de versie die er al is.",
)
def upload(request: SignedInRequest, school_id: SchoolId, body: NewWordTemplate) -> Any:
    try:
        data = base64.b64decode(body.file, validate=True)
    except (binascii.Error, ValueError):
        raise BadInput("file", "Stuur het bestand in base64.", code="not_base64") from None
    made, is_new = actions.upload_template(
        by=request.auth, school_id=school_id, name=body.name, data=data
    )
    return Status(201 if is_new else 200, _template(made))


@router.get(
    "/word-templates/{word_template_id}",
    response={200: CheckedTemplateReply, **problems(404)},
    operation_id="get_word_template",
    summary="Een Word-sjabloon met zijn controle",
)
def get_template(request: SignedInRequest, word_template_id: Id) -> Any:
    return _checked(checked_template(by=request.auth, template_id=word_template_id))


@router.get(
    "/word-templates/{word_template_id}/content",
    response={200: None, **problems(404, 409)},
    operation_id="download_word_template",
    summary="Het bestand van een Word-sjabloon",
    openapi_extra=_file("Het bestand zoals het is ingeleverd"),
)
def download(request: SignedInRequest, word_template_id: Id) -> HttpResponse:
    _found, data = template_file(by=request.auth, template_id=word_template_id)
    return _docx("sjabloon", data)


@router.get(
    "/word-templates/{word_template_id}/trial",
    response={200: None, **problems(404, 409)},
    operation_id="try_word_template",
    summary="Een Word-sjabloon, ingevuld met verzonnen gegevens",
    openapi_extra=_file("De proef"),
)
def trial(request: SignedInRequest, word_template_id: Id) -> HttpResponse:
    _found, data = filled_example(by=request.auth, template_id=word_template_id)
    return _docx("proef", data)


@router.post(
    "/word-templates/{word_template_id}/activate",
    response={200: WordTemplateReply, **problems(403, 404, 409)},
    operation_id="activate_word_template",
    summary="Een Word-sjabloon in gebruik nemen",
)
def activate(request: SignedInRequest, word_template_id: Id) -> Any:
    return _template(actions.activate_template(by=request.auth, template_id=word_template_id))


@router.post(
    "/word-templates/{word_template_id}/deactivate",
    response={200: WordTemplateReply, **problems(403, 404)},
    operation_id="deactivate_word_template",
    summary="Stoppen met een Word-sjabloon",
)
def deactivate(request: SignedInRequest, word_template_id: Id) -> Any:
    return _template(actions.deactivate_template(by=request.auth, template_id=word_template_id))


@router.delete(
    "/word-templates/{word_template_id}",
    response={204: None, **problems(403, 404)},
    operation_id="remove_word_template",
    summary="Een Word-sjabloon weghalen",
    description="Documenten die ermee gemaakt zijn, blijven.",
)
def remove(request: SignedInRequest, word_template_id: Id) -> Status[None]:
    actions.remove_template(by=request.auth, template_id=word_template_id)
    return Status(204, None)
