"""Claims as lines of a table: the value in words, a scale where one exists, source and year.

A claim is never turned into a forecast, and of sources that differ both are printed.
"""

from collections.abc import Sequence

from courses.dutch import dutch_number, listed
from courses.entities import Catalogue, Claim, Intervention, Source
from courses.quality import differences_of
from routekaart.domain.content.blocks import ClaimLine
from routekaart.domain.content.parts import Scale
from routekaart.domain.content.wording import sentence

FIGURES = ("effect", "evidence", "cost")
CAVEAT = "caveat"
DIFFERS = "bronnen verschillen"
NO_FORECAST = (
    "Maanden leerwinst zijn een gemiddelde uit onderzoek op andere scholen. Ze voorspellen niet "
    "wat er op deze school gebeurt."
)
STANDING = (
    f"{NO_FORECAST} Achter elk cijfer staat de bron met het jaar; waar bronnen verschillen, staan "
    "ze allebei in de tabel."
)
CLAIM_COLUMNS = ("Wat", "Schaal", "Volgens de bron", "Geldt voor", "Bron en jaar")
UNDATED = "zonder jaartal"

_AVERAGE = "het gemiddelde"
_SECTORS = {
    "po": "basisonderwijs (po)",
    "sbo": "speciaal basisonderwijs (sbo)",
    "so": "speciaal onderwijs (so)",
    "vo": "voortgezet onderwijs (vo)",
    "mbo": "mbo",
}
_DIMENSIONS = {
    "subject": "vak",
    "performer": "door",
    "qualification": "uitvoerder",
    "age": "leeftijd",
    "target-group": "leerlingen",
    "programme": "programma",
    "form": "vorm",
    "intensity": "intensiteit",
    "class-size": "klas",
    "context": "situatie",
    "topic": "over",
    "per": "per",
    "study": "onderzoek",
}
_EFFECT_STEPS = 8
EVIDENCE_STEPS = ("beperkt", "gemiddeld", "sterk")
COST_STEPS = ("zeer laag", "laag", "gemiddeld", "hoog", "zeer hoog")


def sector_title(sector: str) -> str:
    """The sector in words, or as given where we have none."""
    return _SECTORS.get(sector, sector)


def source_year(source: Source) -> str:
    """The year of a source in words; a source without a date says so."""
    return source.year if source.year.isdigit() else UNDATED


def source_line(source: Source) -> str:
    """Title without its subtitle, and year: the chapter of sources has the whole title."""
    return f"{source.title.partition(': ')[0]}, {source_year(source)}"


def shown_claims(intervention: Intervention, sector: str) -> tuple[Claim, ...]:
    """Effect, evidence and cost: the average first, then the own sector, then narrower ones.

    Claims about another sector are left out, all others stay.
    """
    fitting = [
        claim
        for claim in intervention.claims
        if claim.parameter in FIGURES and _sector_of(claim) in (None, sector)
    ]
    return tuple(sorted(fitting, key=_place))


def claim_lines(
    catalogue: Catalogue, intervention: Intervention, sector: str
) -> tuple[ClaimLine, ...]:
    """The table of an intervention; empty where no source gives a figure."""
    claims = shown_claims(intervention, sector)
    differing = {(item.parameter, item.scope) for item in differences_of(intervention)}
    return tuple(
        ClaimLine(
            subject=catalogue.parameter_by_slug[claim.parameter].title,
            scale=scale_of(claim),
            value=_value(claim, catalogue.parameter_by_slug[claim.parameter].unit),
            applies_to=applies_to(claim),
            source=source_line(catalogue.source_by_slug[claim.source]),
            mark=DIFFERS if (claim.parameter, claim.scope) in differing else "",
        )
        for claim in claims
    )


def caveats(intervention: Intervention, sector: str) -> tuple[Claim, ...]:
    """What sources say against taking their figures at face value."""
    return tuple(
        claim
        for claim in intervention.claims
        if claim.parameter == CAVEAT and _sector_of(claim) in (None, sector)
    )


def narrowness(claim: Claim) -> int:
    """0 for the average, 1 for a sector as a whole, 2 for anything narrower."""
    if not claim.scope:
        return 0
    return 1 if len(claim.scope) == 1 and _sector_of(claim) else 2


def _sector_of(claim: Claim) -> str | None:
    return dict(claim.scope).get("sector")


def _place(claim: Claim) -> tuple[int, int]:
    return FIGURES.index(claim.parameter), narrowness(claim)


def applies_to(claim: Claim) -> str:
    """For what the claim holds, in words."""
    if not claim.scope:
        return _AVERAGE
    return listed([_scope_part(dimension, value) for dimension, value in claim.scope])


def _scope_part(dimension: str, value: str) -> str:
    if dimension == "sector":
        return sector_title(value)
    if dimension in _DIMENSIONS:
        return f"{_DIMENSIONS[dimension]}: {value}"
    return value


def short_value(claim: Claim, unit: str) -> str:
    """The value alone: the number, else the label, else the words of the claim."""
    said = _number(claim, unit) or claim.label or claim.text
    return f"ongeveer {said}" if claim.approximate else said


def _value(claim: Claim, unit: str) -> str:
    said = short_value(claim, unit)
    if claim.label and _number(claim, unit):
        said = f"{said} ({claim.label.lower()})"
    extra = [part for part in (claim.text, claim.note) if part and part != said]
    return " ".join([sentence(said), *map(sentence, extra)]) if extra else said


def _number(claim: Claim, unit: str) -> str:
    low, high = claim.minimum, claim.maximum
    signed = claim.parameter == "effect"
    if low is not None and low == high:
        return f"{_signed(low, signed)} {_in(unit, low)}".strip()
    if low is not None and high is not None:
        return f"{_signed(low, signed)} tot {_signed(high, signed)} {unit}".strip()
    if low is not None:
        return f"minstens {_signed(low, signed)} {_in(unit, low)}".strip()
    if high is not None:
        return f"hoogstens {_signed(high, signed)} {_in(unit, high)}".strip()
    return ""


def _signed(value: float, signed: bool) -> str:
    number = dutch_number(abs(value))
    if value < 0:
        return f"−{number}"
    return f"+{number}" if signed and value else number


def _in(unit: str, value: float) -> str:
    return "maand" if unit == "maanden" and abs(value) == 1 else unit


def scale_of(claim: Claim) -> Scale | None:
    """Where the claim stands on the scale of its figure; None where it has no place there."""
    if claim.parameter == "effect":
        known = [value for value in (claim.minimum, claim.maximum) if value is not None]
        if not known:
            return None
        return Scale(filled=max(0, min(_EFFECT_STEPS, round(min(known)))), steps=_EFFECT_STEPS)
    steps: Sequence[str] = EVIDENCE_STEPS if claim.parameter == "evidence" else COST_STEPS
    label = claim.label.lower()
    return Scale(steps.index(label) + 1, len(steps)) if label in steps else None
