"""The ZIP with the documents of all teams, once each of them was made or failed."""

import hashlib
import io
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, closing
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.text import slugify

from routekaart.access import Forbidden
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.bundle_note import Absent, bundle_note
from routekaart.formats import archive
from routekaart.formats.archive import Entry
from routekaart.models import Document, Job
from routekaart.models.jobs import (
    OPEN,
    DocumentFormat,
    DocumentKind,
    DocumentLength,
    JobState,
)
from routekaart.queries.documents.bundle_places import lacks_for_all, schools_of_bundle
from routekaart.queries.documents.bundles import children_of, skipped_of
from routekaart.queries.documents.offered import Wanted, wanted_of
from routekaart.storage import Storage, StoredFile
from worker.failures import NOTHING_MADE, UNKNOWN_KIND, Refused
from worker.work import About, ChildrenOpen, Product, Work

NOTE = "LEES MIJ.txt"
_FILE_GONE = "Het bestand is niet meer te vinden. Vraag dit document opnieuw aan."
_CANCELLED = "Dit is geannuleerd."
_LONGEST_NAME = 60


def bundle(work: Work) -> Product:
    """Payload: `asked`, `schools` and `skipped`, as `request_bundle` writes them.

    Raises `ChildrenOpen` while one of them waits or runs, `Forbidden` when the requester may not
    have all of them any more, and `Refused` when there is nothing to pack.
    """
    schools = schools_of_bundle(work.job)
    lacking = lacks_for_all(by=work.by, schools=schools, persons=work.job.holds_persons)
    if lacking:
        raise Forbidden(lacking)
    children = list(children_of(Job.objects.all(), work.job.pk).select_related("document"))
    if any(child.state in OPEN for child in children):
        raise ChildrenOpen
    storage = Storage(Path(settings.STORAGE_DIR))
    several = len(schools) > 1
    documents, failed = _sorted_out(children, storage, several=several)
    if not documents:
        raise Refused(NOTHING_MADE)
    name = _name_of(work)
    note = bundle_note(
        title=f"{name}, schooljaar {_year(work)}",
        documents=len(documents),
        failed=failed,
        skipped=[
            Absent(f"{school}, {team}" if several else team, reason)
            for school, team, reason in skipped_of(by=work.by, job=work.job)
        ],
    ).encode()
    named = _named(documents, several=several)
    return Product(
        about=About(school=work.school, board=work.job.board_id),
        wanted=Wanted(DocumentKind.BUNDLE, DocumentFormat.ZIP, _length(work)),
        input_hash=_input_hash(work, named, note),
        file_name=f"{_stem(work, name)}.{archive.EXTENSION}",
        media_type=archive.CONTENT_TYPE,
        holds_persons=work.job.holds_persons,
        holds_progress=any(one.holds_progress for _, one in documents),
        put=partial(_put, named, note),
    )


def _sorted_out(
    children: Iterable[Job], storage: Storage, *, several: bool
) -> tuple[list[tuple[Job, Document]], list[Absent]]:
    """What can be packed, and what is missing with its reason."""
    documents: list[tuple[Job, Document]] = []
    failed: list[Absent] = []
    for child in children:
        if child.document and storage.exists(child.document.content_hash):
            documents.append((child, child.document))
        else:
            reason = child.failure_text or (
                _CANCELLED if child.state == JobState.CANCELLED else _FILE_GONE
            )
            failed.append(Absent(_what(child, several=several), reason))
    return documents, failed


def _what(child: Job, *, several: bool) -> str:
    wanted = wanted_of(child)
    team = child.routekaart.team.name if child.routekaart else ""
    parts = [child.school.name] if several else []
    return ", ".join([*parts, team, *([str(wanted.format.label)] if wanted else [])])


def _named(
    documents: Iterable[tuple[Job, Document]], *, several: bool
) -> list[tuple[str, Document]]:
    """Each with its name in the ZIP, sorted; those of several schools in a folder per school."""
    wanted = [
        ((f"{_slug(job.school.name) or 'school'}/" if several else "") + one.file_name, one)
        for job, one in documents
    ]
    # By the bytes where names are the same, so that it is always the same one that gets a number.
    wanted.sort(key=lambda named: (named[0], named[1].content_hash))
    names = archive.distinct(name for name, _ in wanted)
    named = zip(names, (one for _, one in wanted), strict=True)
    return sorted(named, key=lambda one: one[0])


def _put(named: Sequence[tuple[str, Document]], note: bytes, storage: Storage) -> StoredFile:
    entries = [
        Entry(name, document.size, partial(_opened, storage, document)) for name, document in named
    ]
    entries.insert(0, Entry(NOTE, len(note), lambda: closing(io.BytesIO(note))))
    return storage.put_written(lambda target: archive.write_zip(target, entries))


def _opened(storage: Storage, document: Document) -> AbstractContextManager[BinaryIO]:
    return storage.open(document.content_hash)


def _input_hash(work: Work, named: Iterable[tuple[str, Document]], note: bytes) -> str:
    whole = hashlib.sha256(note)
    readers = "persons" if work.job.holds_persons else "everyone"
    parts = [*archive.VERSION, readers, str(work.job.board_id or ""), _length(work)]
    parts += [f"{document.content_hash} {name}" for name, document in named]
    whole.update("\n".join(parts).encode())
    return whole.hexdigest()


def _name_of(work: Work) -> str:
    board = work.job.board
    return board.name if board else work.job.school.name


def _year(work: Work) -> str:
    return SchoolYear(work.job.payload["asked"]["year"]).label


def _length(work: Work) -> DocumentLength:
    try:
        return DocumentLength(work.job.payload["asked"]["length"])
    except ValueError:
        raise Refused(UNKNOWN_KIND) from None


def _stem(work: Work, name: str) -> str:
    """documenten-de-wilg-2026-2027; those for the MR are another file in the same folder."""
    for_mr = work.job.payload["asked"].get("kind") == DocumentKind.MR
    what = "samenvattingen-mr" if for_mr else "documenten"
    return "-".join(part for part in (what, _slug(name), _year(work)) if part)


def _slug(name: str) -> str:
    return slugify(name)[:_LONGEST_NAME].strip("-")
