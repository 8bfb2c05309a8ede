"""The ZIP with all that is known of one person."""

import hashlib
import io
from contextlib import AbstractContextManager, closing
from functools import partial
from typing import BinaryIO
from uuid import UUID

from routekaart.domain.content.person_data import DATA, README, as_json, readable
from routekaart.formats import archive
from routekaart.formats.archive import Entry
from routekaart.models import Person
from routekaart.models.jobs import DocumentFormat, DocumentKind
from routekaart.queries.documents.offered import Wanted
from routekaart.queries.privacy.person_data import data_of_person, whose_data
from routekaart.storage import Storage, StoredFile
from worker.work import About, Product, Work


def person_data(work: Work) -> Product:
    """Payload: `person`. The document is for that person only, whoever asked for it.

    Raises `NotFound` when the requester may not have this made any more.
    """
    person_id = whose_data(by=work.by, person_id=work.id_of("person"))
    data = data_of_person(Person.objects.get(pk=person_id))
    files = {README: readable(data).encode(), DATA: as_json(data)}
    work.report(60)
    return Product(
        about=About(school=work.school, person=person_id, private=True),
        wanted=Wanted(DocumentKind.PERSON_DATA, DocumentFormat.ZIP),
        input_hash=_input_hash(person_id, files),
        file_name=f"mijn-gegevens.{archive.EXTENSION}",
        media_type=archive.CONTENT_TYPE,
        holds_persons=False,
        put=partial(_put, files),
    )


def _put(files: dict[str, bytes], storage: Storage) -> StoredFile:
    entries = [
        Entry(name, len(content), partial(_opened, content)) for name, content in files.items()
    ]
    return storage.put_written(lambda target: archive.write_zip(target, entries))


def _opened(content: bytes) -> AbstractContextManager[BinaryIO]:
    return closing(io.BytesIO(content))


def _input_hash(person_id: UUID, files: dict[str, bytes]) -> str:
    whole = hashlib.sha256("\n".join((*archive.VERSION, str(person_id))).encode())
    for content in files.values():
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()
