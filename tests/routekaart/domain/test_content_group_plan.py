"""What the plan of a group says, and what it hides."""

from dataclasses import replace

from routekaart.domain.content.blocks import (
    BarChart,
    Bullets,
    Chapter,
    Facts,
    Heading,
    Paragraph,
    TableBlock,
)
from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.content.group_input import of_group
from routekaart.domain.content.group_plan import build_group_plan
from routekaart.domain.content.parts import Fact
from routekaart.domain.hours import Activity
from tests.routekaart.blocks_in import chapter, of_kind
from tests.routekaart.sample_kinds import group
from tests.routekaart.sample_team import empty, sample


def test_chapters_and_head() -> None:
    document = build_group_plan(group())
    assert [block.title for block in document.blocks if isinstance(block, Chapter)] == [
        "In het kort",
        "Wat deze groep leert",
        "Cursussen, met de reden",
        "Studiedagen",
        "Professionele leergemeenschap (PLG)",
        "Uren",
        "Alle data",
        "Wat nog open staat",
    ]
    assert (document.kind, document.front, document.meta.subject) == (
        "group-plan",
        "cover",
        "Leerkrachten",
    )
    assert document.meta.facts == (
        Fact("Schooljaar", "2026-2027"),
        Fact("Groep", "leerkrachten, 10 collega’s"),
        Fact("Team", "Team middenbouw"),
        Fact("School", "Basisschool De Wilgenhof"),
        Fact("Versie van het plan", "2, van 24 juni 2026"),
    )


def test_a_group_is_who_has_one_of_the_functions() -> None:
    team = sample()
    both = of_group(team, ("leerkracht", "onderwijsassistent"))
    assert [one.name for one in both.plan.members] == [
        one.name
        for one in team.members
        if {"leerkracht", "onderwijsassistent"} & set(one.functions)
    ]
    assert both.title == "leerkrachten en onderwijsassistenten"
    ids = {one.id for one in both.plan.members}
    assert {item.member_id for item in both.plan.assignments} == ids
    assert both.plan.plan is not None
    assert {one.member_id for one in both.plan.plan.hours} == ids
    # Somebody with two functions is in both groups.
    helpers = of_group(team, ("intern-begeleider",))
    assert {one.id for one in helpers.plan.members} < ids


def test_only_the_courses_of_the_group_with_their_reason() -> None:
    blocks = chapter(build_group_plan(group(None, "onderwijsassistent")), "Cursussen, met de reden")
    rows = [row for table in of_kind(blocks, TableBlock) for row in table.table.rows]
    assert {row[1] for row in rows} == {
        "2 onderwijsassistenten\nverplicht",
        "2 onderwijsassistenten\nnaar keuze",
    }
    assert all(row[3].startswith("omdat: ") for row in rows)


def test_a_goal_without_courses_for_the_group_says_how_they_learn() -> None:
    given = group()
    kept = tuple(item for item in given.plan.assignments if "goal-0" not in item.goal_ids)
    document = build_group_plan(replace(given, plan=replace(given.plan, assignments=kept)))
    facts = of_kind(chapter(document, "Wat deze groep leert"), Facts)
    assert [fact.value for fact in (item.items[1] for item in facts)] == [
        "Geen eigen cursus: leert hierover op de studiedag en in de PLG.",
        "2 cursussen: zie hoofdstuk 3.",
        "2 cursussen: zie hoofdstuk 3.",
    ]
    titles = of_kind(chapter(document, "Cursussen, met de reden"), Heading)
    assert [one.label for one in titles] == ["Doel 2", "Doel 3"]


def test_hours_of_each_without_names() -> None:
    blocks = chapter(build_group_plan(group(with_persons=False)), "Uren")
    (table,) = of_kind(blocks, TableBlock)
    assert table.table.rows == (
        ("Cursussen voor iedereen", "0:00", "20:00", "20:00"),
        ("Studiedagen", "0:00", "24:00", "0:00"),
        ("PLG-bijeenkomsten", "0:00", "10:30", "10:30"),
        ("Vervolgbijeenkomsten", "0:00", "3:00", "3:00"),
        ("Evaluaties", "0:00", "3:00", "3:00"),
    )


def test_an_assumed_study_day_is_told_beside_the_others() -> None:
    team = sample()
    assert team.plan is not None
    hours = tuple(
        replace(
            one,
            lines=tuple(
                replace(line, assumed_minutes=line.minutes and 360)
                if line.activity is Activity.STUDY_DAY
                else line
                for line in one.lines
            ),
        )
        for one in team.plan.hours
    )
    given = group(replace(team, plan=replace(team.plan, hours=hours)), with_persons=False)
    (table,) = of_kind(chapter(build_group_plan(given), "Uren"), TableBlock)
    assert table.table.columns[-1].title == "Waarvan aanname"
    assert table.table.rows[1] == ("Studiedagen", "0:00", "24:00", "6:00")


def test_courses_of_a_part_of_the_group_are_told_as_the_most() -> None:
    given = group(with_persons=False)
    first, *others = given.plan.assignments
    voluntary = replace(first, course="extra", mandatory=False, minutes=45)
    plan = replace(given.plan, assignments=(voluntary, *others))
    (table,) = of_kind(chapter(build_group_plan(replace(given, plan=plan)), "Uren"), TableBlock)
    assert table.table.rows[:2] == (
        # What one of them does not follow is not for everybody any more.
        ("Cursussen voor iedereen", "0:00", "16:00", "16:00"),
        ("Andere cursussen, hoogstens", "0:45", "4:00", "4:00"),
    )


def test_by_name_for_who_may_see_persons() -> None:
    blocks = chapter(build_group_plan(group()), "Uren")
    _, named = of_kind(blocks, TableBlock)
    assert named.table.rows[0] == ("Aysel Demir", "1", "0:00", "55:00", "31:00", "83:00")
    assert named.table.rows[-1][0] == "Hele groep"
    assert len(of_kind(blocks, BarChart)) == 1


def test_no_name_without_persons() -> None:
    printed = canonical_json(build_group_plan(group(with_persons=False))).decode()
    assert [one.name for one in sample().members if one.name in printed] == []


def test_hours_of_a_few_are_hidden_from_who_may_not_see_persons() -> None:
    small = build_group_plan(group(None, "onderwijsassistent", with_persons=False))
    assert chapter(small, "Uren") == (
        Paragraph("Van minder dan 5 mensen laten we hier geen uren zien.", "missing"),
    )
    assert of_kind(chapter(build_group_plan(group(None, "onderwijsassistent")), "Uren"), TableBlock)


def test_advice_for_others_is_not_counted() -> None:
    given = group(None, "onderwijsassistent")
    assert given.plan.advice is not None
    assert all("onderwijsassistent" in item.functions for item in given.plan.advice.items)
    assert {function for _, function in given.plan.advice.uncovered} <= {"onderwijsassistent"}


def test_how_far_somebody_is_is_not_in_it() -> None:
    team = sample()
    done = replace(
        team, assignments=tuple(replace(item, completed=True) for item in team.assignments)
    )
    assert build_group_plan(group(done)) == build_group_plan(group(team))


def test_what_does_not_fit_is_summed_up_without_names() -> None:
    blocks = chapter(build_group_plan(group()), "Wat nog open staat")
    assert [one.title for one in of_kind(blocks, Heading)] == [
        "Cursussen die nog niet vaststaan",
        "Wat niet in de planning paste",
        "Aannames in de planning van het team",
    ]
    assert of_kind(blocks, Bullets)[0].items == (
        "Van 10 collega’s past niet alle voorbereiding op tijd in de studietijd.",
    )


def test_nothing_is_filled_in_for_an_empty_team() -> None:
    document = build_group_plan(of_group(empty(), ("leerkracht",)))
    assert document.meta.version == "nog geen plan"
    said = {
        block.title: [one.text for one in of_kind(chapter(document, block.title), Paragraph)]
        for block in document.blocks
        if isinstance(block, Chapter)
    }
    assert said == {
        "In het kort": ["Er zit nu niemand met deze functie in het team."],
        "Wat deze groep leert": ["Dit team heeft nog geen doelen gekozen."],
        "Cursussen, met de reden": ["Er zijn nog geen cursussen aan deze groep toegewezen."],
        "Studiedagen": ["Er zijn nog geen studiedagen gepland."],
        "Professionele leergemeenschap (PLG)": [
            "Er zijn nog geen PLG-bijeenkomsten gepland.",
            "De vragen staan in: Duurzaam beter onderwijs, 2021.",
        ],
        "Uren": ["Zonder mensen in deze groep zijn er geen uren."],
        "Alle data": ["Er zijn nog geen data gepland."],
        "Wat nog open staat": [
            "Er zijn nog geen cursussen toegewezen.",
            "Er is nog geen planning gemaakt.",
            "Zonder planning zijn er nog geen aannames.",
        ],
    }


def test_without_a_plan_only_courses_are_counted() -> None:
    given = group(replace(sample(), plan=None))
    blocks = chapter(build_group_plan(given), "Uren")
    assert of_kind(blocks, TableBlock)[0].table.rows == (
        ("Cursussen voor iedereen", "0:00", "20:00", "20:00"),
    )
    assert of_kind(blocks, Bullets)[0].items[0] == (
        "Er is nog geen planning: studiedagen en bijeenkomsten zijn niet meegeteld."
    )
