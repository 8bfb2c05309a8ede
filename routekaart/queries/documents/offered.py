"""Which documents can be had: per kind the formats and lengths that there are.

The one place where a request looks. That the worker can make all of it is a test.
"""

from collections.abc import Mapping
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
    def payload(self) -> dict[str, str]:
        """As a job keeps it."""
        return {
            "kind": self.kind.value,
            "format": self.format.value,
            "length": self.length.value,
        }


OFFERED: Final[Mapping[DocumentKind, Offer]] = {
    DocumentKind.TEAM: Offer(
        formats=(DocumentFormat.PDF, DocumentFormat.DOCX, DocumentFormat.JSON),
        lengths=tuple(DocumentLength),
        per_team=True,
    ),
}


def check_offered(wanted: Wanted) -> None:
    """Raises `BadInput` for what cannot be made: `kind_not_offered`, `format_not_offered` or
    `length_not_offered`."""
    offer = OFFERED.get(wanted.kind)
    if offer is None:
        raise BadInput(
            "kind", f"{_capital(wanted.kind)} kun je hier nog niet maken.", code="kind_not_offered"
        )
    if wanted.format not in offer.formats:
        raise BadInput(
            "format",
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


def described(wanted: Wanted) -> str:
    """Scholingsplan van het team, kort (PDF)"""
    length = "" if wanted.length is DocumentLength.FULL else f", {wanted.length.label}"
    return f"{_capital(wanted.kind)}{length} ({wanted.format.label})"


def _capital(kind: DocumentKind) -> str:
    label = str(kind.label)
    return label[:1].upper() + label[1:]
