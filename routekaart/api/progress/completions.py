"""Completions over HTTP: reported, noted together, or read in from a list."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from routekaart import clock
from routekaart.actions.progress import completions as actions
from routekaart.actions.progress import group_completions as group_actions
from routekaart.actions.progress.completion_imports import import_completions
from routekaart.actions.progress.reports import report_completion
from routekaart.api.auth import SignedInRequest
from routekaart.api.organisation.schools import SchoolId
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.progress.completion_shapes import (
    CompletionList,
    CompletionReply,
    GroupCompletionReply,
    ImportMode,
    ImportReply,
    NewCompletion,
    NewGroupCompletion,
    Override,
    completion_reply,
    group_reply,
    imported_reply,
)
from routekaart.api.shapes import Id, problems
from routekaart.models import GroupCompletion
from routekaart.queries.progress.completions import (
    completion_detail,
    completions_of_school,
    group_completion_detail,
    group_completions_of,
)

router = Router(tags=["Voortgang"])


@router.get(
    "/schools/{school_id}/completions",
    response={200: Listed[CompletionReply], **problems(403, 404)},
    operation_id="list_completions",
    summary="Wat er is afgerond",
    description="Van jezelf en wat je zelf vastlegde. Van anderen alleen als de PMR heeft "
    "ingestemd, voor teamleider en trainer.",
)
def list_completions(request: SignedInRequest, school_id: SchoolId, page: Query[Page]) -> Any:
    by = request.auth
    with by.entered():
        found = completions_of_school(by=by, school_id=school_id, today=clock.today())
        return paged(found, page, completion_reply)


@router.post(
    "/schools/{school_id}/completions",
    response={200: CompletionReply, 201: CompletionReply, **problems(403, 404)},
    operation_id="report_completion",
    summary="Een afgeronde cursus melden",
    description="Ook als die niet is toegewezen. Wie hetzelfde nog eens meldt, krijgt 200.",
)
def add_completion(request: SignedInRequest, school_id: SchoolId, body: NewCompletion) -> Any:
    by, today = request.auth, clock.today()
    made, is_new = report_completion(
        by=by,
        school_id=school_id,
        person_id=body.person or by.person.pk,
        course=body.course,
        done_on=body.done_on or today,
        proof=body.proof,
        today=today,
    )
    reply = completion_reply(completion_detail(by=by, completion_id=made.pk))
    return Status(201 if is_new else 200, reply)


@router.post(
    "/schools/{school_id}/completion-imports",
    response={200: ImportReply, **problems(403, 404)},
    operation_id="import_completions",
    summary="Een lijst met afrondingen inlezen",
    description="Goede regels worden opgeslagen, over de andere staat erbij wat er mis is. "
    "Gerust te herhalen: wat al bekend is, komt er niet nog eens bij.",
)
def add_import(
    request: SignedInRequest, school_id: SchoolId, body: CompletionList, mode: Query[ImportMode]
) -> Any:
    found = import_completions(
        by=request.auth,
        school_id=school_id,
        text=body.csv,
        proof=body.name,
        today=clock.today(),
        dry_run=mode.dry_run,
    )
    rows = [imported_reply(row) for row in found]
    outcomes = [row.outcome for row in rows]
    return ImportReply(
        dry_run=mode.dry_run,
        new=outcomes.count("new"),
        known=outcomes.count("known"),
        errors=outcomes.count("error"),
        rows=rows,
    )


@router.get(
    "/completions/{completion_id}",
    response={200: CompletionReply, **problems(404)},
    operation_id="get_completion",
    summary="Eén afronding",
    description="Van jezelf, of van wie jij de voortgang vastlegt.",
)
def get_completion(request: SignedInRequest, completion_id: Id) -> Any:
    return completion_reply(completion_detail(by=request.auth, completion_id=completion_id))


@router.put(
    "/completions/{completion_id}/override",
    response={200: CompletionReply, **problems(403, 404)},
    operation_id="override_completion",
    summary="Bepalen of een eerdere afronding meetelt",
)
def put_override(request: SignedInRequest, completion_id: Id, body: Override) -> Any:
    by = request.auth
    actions.override_completion(
        by=by,
        completion_id=completion_id,
        counts=body.counts,
        reason=body.reason,
        today=clock.today(),
    )
    return completion_reply(completion_detail(by=by, completion_id=completion_id))


@router.delete(
    "/completions/{completion_id}",
    response={204: None, **problems(403, 404, 409)},
    operation_id="revoke_completion",
    summary="Een afronding terugnemen",
    description="Wat ermee was afgerond, staat weer open. In het logboek blijft het staan.",
)
def delete_completion(request: SignedInRequest, completion_id: Id) -> Any:
    actions.revoke_completion(by=request.auth, completion_id=completion_id, today=clock.today())
    return Status(204, None)


def _group(request: SignedInRequest, group_completion_id: UUID) -> GroupCompletionReply:
    found, names = group_completion_detail(
        by=request.auth, group_completion_id=group_completion_id, today=clock.today()
    )
    return group_reply(found, reader=request.auth.person.pk, names=names)


@router.get(
    "/routekaarten/{routekaart_id}/group-completions",
    response={200: Listed[GroupCompletionReply], **problems(403, 404)},
    operation_id="list_group_completions",
    summary="Wat samen is gedaan",
)
def list_group_completions(request: SignedInRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    by = request.auth

    def reply(group: GroupCompletion) -> GroupCompletionReply:
        return group_reply(group, reader=by.person.pk, names=names)

    with by.entered():
        found, names = group_completions_of(by=by, routekaart_id=routekaart_id, today=clock.today())
        return paged(found, page, reply)


@router.post(
    "/routekaarten/{routekaart_id}/group-completions",
    response={201: GroupCompletionReply, **problems(403, 404, 409)},
    operation_id="note_group_completion",
    summary="Melden dat jullie een cursus samen deden",
    description="Het telt voor wie het bevestigt. Wie het meldt en er zelf bij was, bevestigt "
    "daarmee meteen.",
)
def add_group_completion(
    request: SignedInRequest, routekaart_id: Id, body: NewGroupCompletion
) -> Any:
    today = clock.today()
    made = group_actions.note_group_completion(
        by=request.auth,
        routekaart_id=routekaart_id,
        course=body.course,
        done_on=body.done_on or today,
        note=body.note,
        persons=body.persons,
        today=today,
    )
    return Status(201, _group(request, made.pk))


@router.post(
    "/group-completions/{group_completion_id}/confirm",
    response={200: GroupCompletionReply, **problems(403, 404, 409)},
    operation_id="confirm_group_completion",
    summary="Bevestigen dat je erbij was",
)
def confirm(request: SignedInRequest, group_completion_id: Id) -> Any:
    group_actions.confirm_group_completion(
        by=request.auth, group_completion_id=group_completion_id, today=clock.today()
    )
    return _group(request, group_completion_id)


@router.post(
    "/group-completions/{group_completion_id}/decline",
    response={204: None, **problems(403, 404, 409)},
    operation_id="decline_group_completion",
    summary="Zeggen dat je er niet bij was",
    description="Je naam gaat eraf.",
)
def decline(request: SignedInRequest, group_completion_id: Id) -> Any:
    group_actions.decline_group_completion(by=request.auth, group_completion_id=group_completion_id)
    return Status(204, None)
