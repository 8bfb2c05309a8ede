"""Whether a Dutch text reads easily: what is measured, and the hints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.findings import Severity
from routekaart.domain.readability import hints, readability, syllables
from routekaart.domain.rules import HARD_TO_READ, readability_in_texts

EASY = (
    "Wij leren feedback geven. We doen dat elke dag in de les. Een kind hoort wat goed gaat. Dan "
    "weet het wat het nu gaat doen. We kijken bij elkaar in de klas. Daarna praten we kort met "
    "elkaar. Zo zien we of het werkt."
)
HARD = (
    "De implementatie van formatieve evaluatiestrategieën wordt gerealiseerd binnen de "
    "professionaliseringscyclus van de organisatie. Dientengevolge worden leerlingresultaten "
    "systematisch geanalyseerd ten behoeve van onderwijskwaliteitsverbetering. Verantwoordelijke "
    "functionarissen rapporteren periodiek over de gerealiseerde ontwikkelingsdoelstellingen, "
    "onderwijsopbrengsten en tevredenheidsonderzoeken in de verschillende jaargroepen. Het bestuur "
    "ontvangt daarover een rapportage."
)


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("les", 1),
        ("feedback", 2),
        ("leerkracht", 2),
        ("ideeën", 3),
        ("reageren", 4),
        ("fraaie", 2),
        ("bijeenkomst", 3),
        ("blij", 1),
        ("professionalisering", 8),
        ("brrr", 1),
    ],
)
def test_syllables(word: str, number: int) -> None:
    assert syllables(word) == number


def test_an_easy_text_gets_no_hint() -> None:
    found = readability(EASY)

    assert found.score is not None
    assert found.score > 90
    assert hints(EASY) == ()


def test_a_hard_text_says_what_would_help() -> None:
    score = readability(HARD).score

    assert score == 0
    words, passive, whole = hints(HARD)
    assert words == (
        "Zeg ‘evaluatiestrategieën’, ‘professionaliseringscyclus’ en ‘leerlingresultaten’ met "
        "kortere of gewonere woorden, als dat kan."
    )
    assert passive == "Bij “wordt … gerealiseerd” staat niet wie het doet. Begin met wie: ‘Wij …’."
    assert whole == (
        "De tekst als geheel leest zwaar: 0 op de schaal van Flesch-Douma. Gewone taal haalt daar "
        "ongeveer 60 (aanname). Kortere zinnen en woorden helpen."
    )


def test_the_measure_is_that_of_douma() -> None:
    # 42 words in 3 sentences, of one syllable each.
    text = " ".join(["Ik zie dat ook zo in de klas en het gaat nu best."] * 3)
    words = 13
    assert (readability(text).words, readability(text).sentences) == (3 * words, 3)
    text = " ".join(["Ik zie dat ook zo in de klas en het gaat nu heel best."] * 3)
    assert readability(text).score == round(206.84 - 0.93 * 14 - 77)


def test_a_short_text_has_no_score() -> None:
    assert readability("Wij leren beter feedback geven.").score is None


def test_a_long_sentence_is_told_with_its_words() -> None:
    text = "Wij leren " + "goed te luisteren en " * 6 + "te vragen."

    assert hints(text) == (
        "De zin “Wij leren goed te luisteren …” heeft 28 woorden. Maak er twee zinnen van.",
    )
    # A list is no sentence.
    assert hints("\n".join(["wij leren goed te luisteren"] * 6)) == ()
    assert readability("Lezen, bijv. in groep 4 e.d. en rekenen. Klaar.").sentences == 2


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("In de les wordt feedback gegeven.", ("wordt … gegeven",)),
        ("De doelen werden besproken.", ("werden … besproken",)),
        ("Er wordt samen opgeruimd.", ("wordt … opgeruimd",)),
        # Whoever does it is named.
        ("Feedback wordt gegeven door de leerkracht.", ()),
        ("Wij geven feedback.", ()),
        ("Het wordt gezellig.", ()),
    ],
)
def test_passive_without_a_doer(text: str, passive: tuple[str, ...]) -> None:
    assert readability(text).passive == passive


def test_a_finding_per_field_that_blocks_nothing() -> None:
    (found,) = readability_in_texts({"reason": EASY, "what": "Feedback wordt gegeven."})

    assert (found.code, found.severity, found.field) == (HARD_TO_READ, Severity.INFO, "what")
    assert found.message == (
        "Kan het eenvoudiger? Bij “wordt … gegeven” staat niet wie het doet. Begin met wie: ‘Wij "
        "…’."
    )


@given(st.text(max_size=400))
def test_any_text_is_measured(text: str) -> None:
    found = readability(text)

    assert found.words >= found.sentences
    assert hints(text) == hints(text)
