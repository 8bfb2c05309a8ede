"""Claims as lines: the value in words, with source and year, and no forecast."""

from dataclasses import replace
from typing import Any

import pytest

from courses.entities import Claim, Intervention
from routekaart.domain.content.blocks import ClaimLine
from routekaart.domain.content.claims import (
    DIFFERS,
    STANDING,
    caveats,
    claim_lines,
    sector_title,
    source_line,
    source_year,
)
from routekaart.domain.content.parts import Scale
from tests.routekaart.sample_team import catalogue

HANDREIKING = "handreiking-duurzaam-beter-onderwijs"
TOOLKIT = "onderwijskennis-een-op-een-begeleiding"


def _lines(*claims: Claim, sector: str = "po") -> tuple[ClaimLine, ...]:
    return claim_lines(catalogue(), _with(*claims), sector)


def _with(*claims: Claim) -> Intervention:
    return replace(catalogue().intervention_by_slug["feedback"], claims=claims)


def _effect(low: float | None = None, high: float | None = None, **more: Any) -> Claim:
    return Claim("effect", HANDREIKING, low, low if high is None else high, **more)


@pytest.mark.parametrize(
    ("claim", "said", "filled"),
    [
        (_effect(5, label="Gemiddeld"), "+5 maanden (gemiddeld)", 5),
        (_effect(1, label="Klein"), "+1 maand (klein)", 1),
        (_effect(-2), "−2 maanden", 0),
        (_effect(0), "0 maanden", 0),
        (_effect(3, 5), "+3 tot +5 maanden", 3),
        (_effect(12), "+12 maanden", 8),
        (replace(_effect(5), approximate=True), "ongeveer +5 maanden", 5),
        (Claim("effect", HANDREIKING, maximum=4), "hoogstens +4 maanden", 4),
        (Claim("effect", HANDREIKING, minimum=2.5), "minstens +2,5 maanden", 2),
        (_effect(1, note="hangt af van de taken"), "+1 maand. Hangt af van de taken.", 1),
    ],
)
def test_effect_in_words_and_as_a_scale(claim: Claim, said: str, filled: int) -> None:
    (line,) = _lines(claim)
    assert (line.subject, line.value, line.applies_to) == ("Leerwinst", said, "het gemiddelde")
    assert line.scale == Scale(filled, 8)
    assert line.source == "Duurzaam beter onderwijs, 2021"


@pytest.mark.parametrize(
    ("parameter", "label", "scale"),
    [
        ("evidence", "Beperkt", Scale(1, 3)),
        ("evidence", "Sterk", Scale(3, 3)),
        ("evidence", "Redelijk sterk", None),
        ("cost", "Zeer laag", Scale(1, 5)),
        ("cost", "Zeer hoog", Scale(5, 5)),
        ("cost", "Gematigd", None),
        ("effect", "Iets kleiner", None),
    ],
)
def test_a_label_outside_the_scale_gets_no_drawing(
    parameter: str, label: str, scale: Scale | None
) -> None:
    (line,) = _lines(Claim(parameter, HANDREIKING, label=label))
    assert (line.value, line.scale) == (label, scale)


def test_sources_that_differ_are_both_there_and_marked() -> None:
    lines = _lines(
        Claim("cost", HANDREIKING, label="Hoog"),
        Claim("cost", TOOLKIT, label="Gematigd"),
        Claim("evidence", HANDREIKING, label="Sterk"),
        Claim("evidence", TOOLKIT, label="sterk"),
    )
    assert [(line.value, line.mark) for line in lines] == [
        ("Sterk", ""),
        ("sterk", ""),
        ("Hoog", DIFFERS),
        ("Gematigd", DIFFERS),
    ]


def test_own_sector_stands_beside_the_average_and_other_sectors_are_left_out() -> None:
    claims = (
        replace(_effect(4), scope=(("sector", "vo"),)),
        replace(_effect(2), scope=(("subject", "rekenen"),)),
        replace(_effect(6), scope=(("sector", "po"),)),
        _effect(5),
    )
    assert [(line.value, line.applies_to) for line in _lines(*claims)] == [
        ("+5 maanden", "het gemiddelde"),
        ("+6 maanden", "basisonderwijs (po)"),
        ("+2 maanden", "vak: rekenen"),
    ]
    assert [line.value for line in _lines(*claims, sector="vo")][1] == "+4 maanden"


def test_no_figures_gives_no_lines_and_caveats_stand_apart() -> None:
    doubt = Claim("caveat", HANDREIKING, text="Onderzoek ontbreekt.")
    elsewhere = replace(doubt, scope=(("sector", "vo"),))
    assert _lines(doubt) == ()
    assert caveats(_with(doubt, elsewhere, _effect(5)), "po") == (doubt,)


def test_a_source_without_a_date_says_so() -> None:
    source = catalogue().source_by_slug[TOOLKIT]
    assert source_year(source) == "zonder jaartal"
    assert source_line(source).endswith(", zonder jaartal")


def test_every_claim_of_the_catalogue_can_be_said() -> None:
    for intervention in catalogue().interventions:
        for sector in ("po", "sbo", "so", "vo"):
            for line in claim_lines(catalogue(), intervention, sector):
                assert line.value
                assert line.source
                assert line.applies_to


def test_the_standing_sentence_denies_a_forecast() -> None:
    assert "voorspellen niet" in STANDING
    assert sector_title("po") == "basisonderwijs (po)"
    assert sector_title("iets anders") == "iets anders"
