"""The kinds of scan: what each asks, and of whom."""

import pytest

from courses.entities import Catalogue, WellbeingDomain, WellbeingFrame
from courses.files import SHIPPED, read_catalogue
from routekaart.domain.scan_kinds import ScanKind, ScanQuestion, scan_frame, scan_frames
from tests.small_catalogue import catalogue, intervention

WELLBEING = "welbevinden-en-sociaal-emotionele-ontwikkeling"


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return read_catalogue(SHIPPED)


def test_every_kind_of_the_shipped_catalogue(shipped: Catalogue) -> None:
    plg, wellbeing = scan_frames(shipped)
    assert (plg.kind, len(plg.questions), plg.intervention) == (ScanKind.PLG, 6, "")
    assert (wellbeing.kind, len(wellbeing.questions)) == (ScanKind.WELLBEING, 11)
    assert wellbeing.intervention == WELLBEING
    assert wellbeing.questions[1] == ScanQuestion("energie", "Energie")
    assert all(question.activities for question in plg.questions)
    for frame in (plg, wellbeing):
        assert frame.source is not None
        assert frame.source.slug == "handreiking-duurzaam-beter-onderwijs"
        assert len(set(frame.titles())) == len(frame.questions)


def test_it_asks_about_the_school_and_never_about_one_pupil(shipped: Catalogue) -> None:
    ask = scan_frame(shipped, "wellbeing").ask
    assert "bij jullie op school" in ask
    assert "nooit over één leerling" in ask


def test_wellbeing_is_for_a_team_that_chose_it(shipped: Catalogue) -> None:
    plg, wellbeing = scan_frames(shipped)
    assert (plg.is_for(()), wellbeing.is_for(())) == (True, False)
    assert (wellbeing.is_for({"feedback"}), wellbeing.is_for({WELLBEING})) == (False, True)


def test_the_questions_come_from_the_catalogue() -> None:
    frame = WellbeingFrame((WellbeingDomain("rust", "Rust"),), (), (), ("Praat erover.",), ())
    small = catalogue(intervention("zorg", wellbeing=frame))
    found = scan_frame(small, "wellbeing")
    assert (found.questions, found.next_steps, found.intervention) == (
        (ScanQuestion("rust", "Rust"),),
        ("Praat erover.",),
        "zorg",
    )


def test_without_domains_there_is_nothing_to_ask() -> None:
    found = scan_frame(catalogue(intervention("zorg")), "wellbeing")
    assert (found.questions, found.is_for({"zorg", ""})) == ((), False)


def test_a_kind_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="humeur"):
        scan_frame(catalogue(), "humeur")
