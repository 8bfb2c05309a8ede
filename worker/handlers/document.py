"""Any document: its content from the table of kinds, its bytes from the table of formats."""

import hashlib
from dataclasses import fields

from django.utils.text import slugify

from routekaart import clock
from routekaart.domain.content.canonical import content_hash
from routekaart.models.jobs import DocumentKind, DocumentLength
from routekaart.queries.documents.documents import progress_by_name
from routekaart.queries.documents.offered import Wanted
from routekaart.storage import Storage, StoredFile
from worker.failures import UNKNOWN_KIND, Refused
from worker.handlers.contents import CONTENTS
from worker.handlers.renderers import FORMATS, in_own_form
from worker.work import About, Made, Product, Renderer, Work

# A booklet names who does what, and counts what is done.
_WITH_PROGRESS = (DocumentKind.TEAM, DocumentKind.GROUP, DocumentKind.PERSON)


def document(work: Work) -> Product:
    """Payload: `kind`, `format`, `length`, and the ids that the content function of the kind asks.

    Raises `NotFound` and `Forbidden` when the requester may not have this made any more.
    """
    wanted = work.wanted
    content_of = CONTENTS.get(wanted.kind)
    renderer = FORMATS.get(wanted.format)
    if content_of is None or renderer is None:
        raise Refused(UNKNOWN_KIND)
    # Asked on both sides, for the consent may change while the content is read.
    shown = _shows_progress(work)
    made = content_of(work)
    shown = shown or _shows_progress(work)
    if made.word_template is not None:
        renderer = in_own_form(made.word_template)
    work.report(40)

    def put(storage: Storage) -> StoredFile:
        return storage.put(renderer.render(made.content))

    return Product(
        about=made.about,
        wanted=wanted,
        input_hash=_input_hash(made, renderer, length=wanted.length),
        file_name=f"{_stem(made, wanted)}.{renderer.extension}",
        media_type=renderer.media_type,
        holds_persons=made.holds_persons,
        holds_progress=made.holds_persons and shown,
        adopted=made.adopted,
        put=put,
        catalogue_version=made.catalogue_version,
        word_template=made.word_template.pk if made.word_template else None,
    )


def _shows_progress(work: Work) -> bool:
    """Whether what is made now tells by name how far others are."""
    if not work.job.holds_persons or work.wanted.kind not in _WITH_PROGRESS:
        return False
    return progress_by_name(school_id=work.school, today=clock.today())


def _stem(made: Made, wanted: Wanted) -> str:
    """A shorter document is named after its length, so that both fit in one folder."""
    if wanted.length is DocumentLength.FULL:
        return made.stem
    return f"{made.stem}-{slugify(wanted.length.label)}"


def _input_hash(made: Made, renderer: Renderer, *, length: str) -> str:
    # A team without members reads the same both ways, but is not for the same readers; and what
    # reads the same in two lengths is still listed under both.
    readers = "persons" if made.holds_persons else "everyone"
    content = content_hash(made.content, *renderer.version())
    return hashlib.sha256(
        "\n".join((readers, length, *_ids(made.about), content)).encode()
    ).hexdigest()


def _ids(about: About) -> list[str]:
    # The plan too: what a document says of itself is the version that it was made of.
    return [f"{field.name} {getattr(about, field.name) or ''}" for field in fields(about)]
