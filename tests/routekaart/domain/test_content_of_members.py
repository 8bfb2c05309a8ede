"""Who left the team counts in no number of any document."""

from dataclasses import replace

from routekaart.domain.content.blocks import Facts, flat
from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.content.mr_summary import mr_summary
from routekaart.domain.content.of_members import of_members
from routekaart.domain.content.scholingsplan import build_scholingsplan
from tests.routekaart.sample_overview import mr_team
from tests.routekaart.sample_team import empty, sample


def left(people: int) -> ScholingsplanInput:
    """The sample team after so many of its people left."""
    given = sample()
    return of_members(replace(given, members=given.members[people:]))


def test_nothing_goes_while_everybody_is_there() -> None:
    assert of_members(sample()) == sample()
    assert of_members(empty()) == empty()


def test_what_is_of_who_left_goes() -> None:
    gone = {member.id for member in sample().members[:2]}
    given = left(2)
    assert given.plan is not None
    found: list[set[str | None]] = [
        {one.member_id for one in given.assignments},
        {one.member_id for one in given.plan.hours},
        {one.member_id for one in given.plan.preparation_weeks},
        {one.member_id for one in given.plan.completed},
        {one.member_id for one in given.plan.not_placed},
    ]
    assert [gone & ids for ids in found] == [set()] * 5
    assert len(given.plan.hours) == 14
    # What hangs on nobody stays.
    assert given.plan.study_days == left(0).plan.study_days  # type: ignore[union-attr]  # the sample has a plan


def test_all_numbers_are_about_the_same_people() -> None:
    document = mr_summary(replace(mr_team(), plan=replace(left(2), with_persons=False)))
    facts = {
        fact.label: fact.value
        for block in flat(document.blocks)
        if isinstance(block, Facts)
        for fact in block.items
    }
    assert " voor 14 mensen samen." in facts["Uren, samen"]
    assert " voor 14 mensen, " in facts["Cursussen"]
    plan = build_scholingsplan(left(2))
    said = {figure.label: figure.value for figure in plan.summary.figures}
    assert said["collega’s"] == "14"
    total = plan.hours.table.rows[-1]
    hours = (said["individuele uren, samen"], said["opgedragen uren, samen"])
    assert (hours, total[2:4]) == (("11", "711"), ("11:15", "711:09"))
