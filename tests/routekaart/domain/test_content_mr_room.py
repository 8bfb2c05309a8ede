"""What the summary of a team for the MR tells where there is room: all goals, and more points."""

from dataclasses import replace

from routekaart.domain.content.blocks import Bullets, TableBlock
from routekaart.domain.content.mr_parts import still_open_in
from routekaart.domain.content.mr_summary import mr_summary
from routekaart.domain.content.outline import in_sentences
from tests.routekaart.sample_overview import mr_team
from tests.routekaart.sample_team import sample

POINT = (
    "‘Wij leren voordoen’ heeft nog geen cursus voor onderwijsassistenten. Kiezen mag, maar reken "
    "op een half jaar voordat iets merkbaar is."
)


def _points(items: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The ways to tell these points, the longest first."""
    return [
        block.items for way in still_open_in(items) for block in way if isinstance(block, Bullets)
    ]


def test_four_goals_all_stand_in_the_table() -> None:
    plan = replace(sample(goals=4), with_persons=False)
    document = mr_summary(replace(mr_team(), plan=plan))
    goals = next(block for block in document.blocks if isinstance(block, TableBlock)).table
    assert [row[0].partition(".")[0] for row in goals.rows] == [
        "Doel 1",
        "Doel 2",
        "Doel 3",
        "Doel 4",
    ]


def test_points_are_told_whole_then_brief_and_then_fewer_of_them() -> None:
    whole, brief, *fewer = _points((f"{POINT} {POINT} {POINT}",) * 9)
    assert whole == (f"{POINT} {POINT}",) * 9
    assert brief == (POINT,) * 9
    assert fewer == [
        (*[POINT] * 8, "En nog 1 punt: zie het scholingsplan."),
        *(
            (*[POINT] * most, f"En nog {9 - most} punten: zie het scholingsplan.")
            for most in (7, 6, 5, 4)
        ),
    ]


def test_of_four_points_none_is_left_out() -> None:
    assert _points((POINT,) * 4) == [(POINT,) * 4] * 2
    assert _points(()) == []


def test_a_point_is_cut_after_a_sentence() -> None:
    long = f"{POINT} {'En dit is nog veel meer ' * 20}"
    assert _points((long,))[-1] == (POINT,)
    assert in_sentences("Kort.", 3) == "Ko…"
    assert in_sentences("Een zin. En nog een zin.", 12) == "Een zin."
    assert in_sentences("Een zin. En nog een zin.", 24) == "Een zin. En nog een zin."
