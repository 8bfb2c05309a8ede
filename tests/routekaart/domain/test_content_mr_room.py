"""What the summary of a team for the MR tells where there is room: all goals, and more points."""

from dataclasses import replace

from routekaart.domain.content.blocks import Bullets, TableBlock
from routekaart.domain.content.mr_parts import still_open
from routekaart.domain.content.mr_summary import mr_summary
from routekaart.domain.content.outline import in_sentences
from tests.routekaart.sample_overview import mr_team
from tests.routekaart.sample_team import sample

POINT = (
    "‘Wij leren voordoen’ heeft nog geen cursus voor onderwijsassistenten. Kiezen mag, maar reken "
    "op een half jaar voordat iets merkbaar is."
)


def _points(items: tuple[str, ...], room: float | None) -> tuple[str, ...]:
    (found,) = (block for block in still_open(items, room) if isinstance(block, Bullets))
    return found.items


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


def test_all_points_stand_there_whole_where_there_is_room() -> None:
    assert _points((POINT,) * 9, 200) == (POINT,) * 9
    assert _points((POINT,) * 9, None) == (POINT,) * 9


def test_where_there_is_little_room_four_stand_there_and_the_rest_is_counted() -> None:
    told = _points((POINT,) * 9, 10)
    assert told == (POINT,) * 4 + ("En nog 5 punten: zie het scholingsplan.",)


def test_a_point_is_cut_after_a_sentence() -> None:
    long = f"{POINT} {'En dit is nog veel meer ' * 20}"
    assert _points((long,) * 5, 10)[0] == POINT
    assert in_sentences("Kort.", 3) == "Ko…"
    assert in_sentences("Een zin. En nog een zin.", 12) == "Een zin."
    assert in_sentences("Een zin. En nog een zin.", 24) == "Een zin. En nog een zin."
