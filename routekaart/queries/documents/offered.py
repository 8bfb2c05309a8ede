"""Which documents can be had: per kind the formats and lengths that there are.

The one place where a request looks. That the worker can make all of it is a test.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from courses.dutch import listed
from routekaart.domain.errors import BadInput
from routekaart.models import Job
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength


@dataclass(frozen=True, slots=True)
class Offer:
    """What a kind of document comes as. `per_team`: it is about one plan of one team."""

    formats: tuple[DocumentFormat, ...]
    lengths: tuple[DocumentLength, ...]
    per_team: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """One document as it was asked for."""

    kind: DocumentKind
    format: DocumentFormat = DocumentFormat.PDF
    length: DocumentLength = DocumentLength.FULL

    @property
    def has_room_for_persons(self) -> bool:
        """Two pages hold no chapter per person; a machine gets the same data in every length."""
        on_two_pages = self.kind is DocumentKind.TEAM and self.length is DocumentLength.COMPACT
        return not on_two_pages or self.format is DocumentFormat.JSON

    @property
    def payload(self) -> dict[str, str]:
        """As a job keeps it."""
        return {
            "kind": self.kind.value,
            "format": self.format.value,
            "length": self.length.value,
        }


# Of a few people, one person or one day: not something that each team has one of.
_ONE_LENGTH: Final = Offer(
    formats=(DocumentFormat.PDF, DocumentFormat.DOCX, DocumentFormat.JSON),
    lengths=(DocumentLength.FULL,),
    per_team=False,
)
OFFERED: Final[Mapping[DocumentKind, Offer]] = {
    DocumentKind.TEAM: Offer(
        formats=(DocumentFormat.PDF, DocumentFormat.DOCX, DocumentFormat.JSON),
        lengths=tuple(DocumentLength),
        per_team=True,
    ),
    DocumentKind.GROUP: _ONE_LENGTH,
    DocumentKind.PERSON: _ONE_LENGTH,
    DocumentKind.STUDY_DAY: _ONE_LENGTH,
    DocumentKind.SCHOOL: Offer(
        formats=(
            DocumentFormat.PDF,
            DocumentFormat.DOCX,
            DocumentFormat.XLSX,
            DocumentFormat.JSON,
        ),
        lengths=tuple(DocumentLength),
        per_team=False,
    ),
    DocumentKind.BOARD: Offer(
        formats=(
            DocumentFormat.PDF,
            DocumentFormat.DOCX,
            DocumentFormat.XLSX,
            DocumentFormat.JSON,
        ),
        lengths=tuple(DocumentLength),
        per_team=False,
    ),
    DocumentKind.MR: Offer(
        formats=(DocumentFormat.PDF, DocumentFormat.DOCX, DocumentFormat.JSON),
        lengths=(DocumentLength.FULL,),
        per_team=True,
    ),
    DocumentKind.MR_SCHOOL: Offer(
        formats=(DocumentFormat.PDF, DocumentFormat.DOCX, DocumentFormat.JSON),
        lengths=(DocumentLength.FULL,),
        per_team=False,
    ),
}


def check_offered(wanted: Wanted, *, format_field: str = "format") -> None:
    """Raises `BadInput` for what cannot be made: `kind_not_offered`, `format_not_offered` or
    `length_not_offered`."""
    offer = OFFERED.get(wanted.kind)
    if offer is None:
        raise BadInput(
            "kind", f"{_capital(wanted.kind)} kun je hier nog niet maken.", code="kind_not_offered"
        )
    if wanted.format not in offer.formats:
        raise BadInput(
            format_field,
            f"{_capital(wanted.kind)} is er niet als {wanted.format.label}. "
            f"Kies {listed([one.label for one in offer.formats], 'of')}.",
            code="format_not_offered",
        )
    if wanted.length not in offer.lengths:
        raise BadInput(
            "length",
            f"{_capital(wanted.kind)} is er niet in de lengte {wanted.length.label}. "
            f"Kies {listed([one.label for one in offer.lengths], 'of')}.",
            code="length_not_offered",
        )


def wanted_of(job: Job) -> Wanted | None:
    """What a job makes; None for a bundle, and for what this version of the program cannot read."""
    try:
        return Wanted(
            kind=DocumentKind(job.payload["kind"]),
            format=DocumentFormat(job.payload["format"]),
            length=DocumentLength(job.payload["length"]),
        )
    except (KeyError, ValueError):
        return None


def formats_for_people(kinds: Iterable[DocumentKind]) -> tuple[DocumentFormat, ...]:
    """The formats of these kinds that somebody opens, in a fixed order; JSON is for programs."""
    had = {one for kind in kinds for one in OFFERED[kind].formats}
    return tuple(one for one in DocumentFormat if one in had and one is not DocumentFormat.JSON)


def lengths_of(kinds: Iterable[DocumentKind]) -> tuple[DocumentLength, ...]:
    """The lengths that some of these kinds come in, the shortest first."""
    had = {one for kind in kinds for one in OFFERED[kind].lengths}
    return tuple(one for one in DocumentLength if one in had)


def described(wanted: Wanted, *others: Wanted) -> str:
    """Scholingsplan van het team, kort (PDF). With `others`: of the same in more formats."""
    length = "" if wanted.length is DocumentLength.FULL else f", {wanted.length.label}"
    formats = listed([str(one.format.label) for one in (wanted, *others)])
    return f"{_capital(wanted.kind)}{length} ({formats})"


def _capital(kind: DocumentKind) -> str:
    label = str(kind.label)
    return label[:1].upper() + label[1:]
