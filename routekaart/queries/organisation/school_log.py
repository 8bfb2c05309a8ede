"""Reading what happened at a school, for who runs it: also who opened whose document."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from routekaart.access import Access, Permission
from routekaart.domain.history_words import ABOUT_DOCUMENTS, read_by_school, sentence
from routekaart.models import (
    AuditEntry,
    Document,
    DocumentLink,
    Employment,
    Person,
    School,
    Team,
)
from routekaart.models.jobs import DocumentKind
from routekaart.queries.organisation.names import name_at, name_of_employed


@dataclass(frozen=True, slots=True)
class LogLine:
    """`text` says who did what. `about` names what it was done to, where that is still there."""

    at: datetime
    text: str
    about: str


def school_log(
    *, by: Access, school_id: UUID, only_documents: bool = False
) -> QuerySet[AuditEntry]:
    """What people did at a school, newest first; make lines of a page of it with `log_lines`.

    Progress, notes, votes and answers of somebody are in it for nobody. `only_documents`: who
    opened, sent or stopped what.
    """
    by.fetch(School, school_id, Permission.MANAGE_PEOPLE)
    actions = ABOUT_DOCUMENTS if only_documents else read_by_school()
    with by.entered():
        rows = AuditEntry.objects.filter(school=school_id, action__in=actions)
        called = rows.annotate(called=name_at(school_id, person="person"))
        return called.select_related("routekaart__team").order_by("-at", "-id")


def log_lines(*, by: Access, entries: Iterable[AuditEntry]) -> tuple[LogLine, ...]:
    """The lines of some rows of `school_log`, in as many queries as there are kinds of object."""
    rows: tuple[Any, ...] = tuple(entries)
    with by.entered():
        names = _names(rows)
    return tuple(
        LogLine(
            at=row.at,
            text=sentence(row.action, row.called),
            about=names.get((row.object_kind, row.object_id), _of_team(row)),
        )
        for row in rows
    )


def _of_team(row: AuditEntry) -> str:
    return f"team {row.routekaart.team.name}" if row.routekaart else ""


def _names(rows: Sequence[AuditEntry]) -> Mapping[tuple[str, str], str]:
    """What each object of these rows of one school is called: a document with whose it is, a
    person, a team."""
    ids: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        ids[row.object_kind].add(row.object_id)
    found: dict[tuple[str, str], str] = {}
    documents = Document.objects.select_related("routekaart__team").annotate(
        whose=name_at(OuterRef("school"), person="person")
    )
    for document in documents.filter(pk__in=ids["Document"]) if ids["Document"] else ():
        found["Document", str(document.pk)] = _of_document(document, document.whose)
    at_school = OuterRef("document__school")
    links = DocumentLink.objects.select_related("document__routekaart__team").annotate(
        whose=name_at(at_school, person="document__person"),
        to=name_at(at_school, person="recipient"),
    )
    for link in links.filter(pk__in=ids["DocumentLink"]) if ids["DocumentLink"] else ():
        said = f"{_of_document(link.document, link.whose)}, link voor {link.to}"
        found["DocumentLink", str(link.pk)] = said
    if ids["Person"]:
        # Nobody is called by the own name who has nothing here (any more) by which they came.
        school = rows[0].school_id
        here = Q(employments__school=school) | Q(departures__school=school)
        here |= Q(role_grants__school=school) | Q(role_grants__board__schools=school)
        here |= Q(memberships__team__school=school)
        people = Person.objects.filter(here, pk__in=ids["Person"]).distinct()
        called = people.annotate(called=name_at(school))
        for pk, name in called.values_list("pk", "called"):
            found["Person", str(pk)] = name
    if ids["Employment"]:
        employed = Employment.objects.filter(pk__in=ids["Employment"])
        for pk, name in employed.annotate(called=name_of_employed()).values_list("pk", "called"):
            found["Employment", str(pk)] = name
    if ids["Team"]:
        for pk, name in Team.objects.filter(pk__in=ids["Team"]).values_list("pk", "name"):
            found["Team", str(pk)] = f"team {name}"
    return found


def _of_document(document: Document, whose: str | None) -> str:
    """What people call it. A private one by its kind and whose it is, and nothing of what it says.

    "scholingsplan van team Bovenbouw", "programmaboekje: woensdag 14 oktober 2026 (team Onderbouw)"
    """
    kind = document.get_kind_display()
    if whose is not None:
        return f"{kind} van {whose}"
    team = document.routekaart.team.name if document.routekaart else ""
    if document.kind == DocumentKind.TEAM and team:
        return f"scholingsplan van team {team}"
    named = f"{kind}: {document.subject}" if document.subject else kind
    return f"{named} (team {team})" if team else named
