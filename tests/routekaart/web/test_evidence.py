"""What is drawn and said of an intervention's figures."""

from dataclasses import replace

from django.template.loader import render_to_string
from django.utils.html import escape

from courses.entities import Claim
from routekaart.web.evidence import Disagreement, Statement, Track, evidence_of
from tests.routekaart.sample_team import catalogue as sample

_HANDREIKING = "Duurzaam beter onderwijs, 2021"
_TOOLKIT = "Een-op-een-begeleiding (Toolkit Lesgeven en Leren), zonder jaartal"


def test_sources_that_differ_both_stand_there() -> None:
    catalogue = sample()
    found = evidence_of(catalogue, catalogue.intervention_by_slug["een-op-een-begeleiding"])
    effect, evidence, cost = found.figures
    handreiking, toolkit = found.sources_in_short
    assert [one.line for one in found.sources_in_short] == [_HANDREIKING, _TOOLKIT]
    assert [one.number for one in found.sources_in_short] == [1, 2]
    assert found.differs
    assert effect.averages == (
        Statement("+5 maanden", "het gemiddelde", handreiking, "Gemiddeld"),
        Statement(
            "+5 maanden", "het gemiddelde", toolkit, "Groot", "Gemiddeld ongeveer vijf maanden."
        ),
    )
    assert [one.words for one in evidence.averages] == ["Sterk", "Redelijk sterk"]
    assert [one.words for one in cost.averages] == ["Hoog", "Gematigd"]
    assert cost.track == Track("4 op een schaal van 5", (232,), 176)
    assert effect.sector == ()


def test_the_own_sector_stands_beside_the_average() -> None:
    catalogue = sample()
    one_to_one = catalogue.intervention_by_slug["een-op-een-begeleiding"]
    for sector, words, beside in (("po", "+6 maanden", 168), ("vo", "+4 maanden", 104)):
        effect = evidence_of(catalogue, one_to_one, sector).figures[0]
        assert [one.words for one in effect.sector] == [words]
        assert effect.track is not None
        assert (effect.track.at, effect.track.beside) == (136, beside)
        assert [one.applies_to for one in effect.narrower[:3]] == [
            "vak: lezen",
            "vak: schrijven",
            "vak: rekenen",
        ]


def test_the_same_figure_for_the_own_sector_is_no_second_mark() -> None:
    catalogue = sample()
    average = Claim("effect", "education-lab-tutoring", 3, 3)
    one = replace(
        catalogue.intervention_by_slug["feedback"],
        claims=(average, replace(average, scope=(("sector", "po"),))),
    )
    (effect,) = evidence_of(catalogue, one, "po").figures
    assert effect.track is not None
    assert effect.track.beside is None
    assert [said.words for said in effect.sector] == ["+3 maanden"]


def test_no_figure_is_not_zero() -> None:
    catalogue = sample()
    wellbeing = catalogue.intervention_by_slug["welbevinden-en-sociaal-emotionele-ontwikkeling"]
    found = evidence_of(catalogue, wellbeing)
    assert found.figures == ()
    assert "Geen bron geeft hier een cijfer" in render_to_string(
        "parts/evidence.html", {"evidence": found}
    )


def test_other_disagreements_are_told_too() -> None:
    catalogue = sample()
    first = Claim("duration-weeks", "handreiking-duurzaam-beter-onderwijs", 6, 12)
    one = replace(
        catalogue.intervention_by_slug["feedback"],
        claims=(first, Claim("duration-weeks", "onderwijskennis-een-op-een-begeleiding", 10, 10)),
    )
    found = evidence_of(catalogue, one)
    handreiking, toolkit = found.sources
    assert found.disagreements == (
        Disagreement(
            "Duur",
            "",
            (
                Statement("6 tot 12 weken", "het gemiddelde", handreiking),
                Statement("10 weken", "het gemiddelde", toolkit),
            ),
        ),
    )
    assert found.sources_in_short == ()


def test_every_intervention_can_be_shown_and_names_its_source() -> None:
    catalogue = sample()
    for one in catalogue.interventions:
        found = evidence_of(catalogue, one, "po")
        page = render_to_string("parts/evidence.html", {"evidence": found, "full": True})
        for figure in found.figures:
            assert figure.title in page
        for cited in found.sources:
            assert escape(cited.source.title) in page
