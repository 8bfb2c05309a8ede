"""The ZIP with all that is known of one person."""

import hashlib
from collections.abc import Mapping
from functools import partial
from uuid import UUID

from routekaart.formats import archive
from routekaart.formats.person_data import person_data_files, write_person_data
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
    files = person_data_files(data)
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


def _put(files: Mapping[str, bytes], storage: Storage) -> StoredFile:
    return storage.put_written(lambda target: write_person_data(target, files))


def _input_hash(person_id: UUID, files: dict[str, bytes]) -> str:
    whole = hashlib.sha256("\n".join((*archive.VERSION, str(person_id))).encode())
    for content in files.values():
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()
