"""What the plan of one person says, and what it leaves out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from courses.entities import DurationBasis
from routekaart.domain.content.blocks import (
    Answer,
    Answers,
    BarChart,
    Cards,
    Chapter,
    Facts,
    Heading,
    Paragraph,
    TableBlock,
)
from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.content.inputs import ChosenIntervention, PlanAssignment, PlanGoal
from routekaart.domain.content.parts import Fact
from routekaart.domain.content.person_input import (
    CourseRecord,
    OwnAgreement,
    OwnMeeting,
    PersonInTeam,
    PersonPlanInput,
)
from routekaart.domain.content.person_plan import build_person_plan
from routekaart.domain.content.person_progress import NOT_SHOWN
from routekaart.domain.people import Member
from routekaart.domain.planner.plan import PreparationWeek
from tests.routekaart.blocks_in import chapter, of_kind
from tests.routekaart.sample_kinds import MADE_ON, one_person
from tests.routekaart.sample_team import empty, sample

MEMBER = Member("t", "Aysel Demir", ("leerkracht",), Decimal("0.4"), (1, 2))
GOAL = PlanGoal("g", "Wij leren feedback geven", "", (ChosenIntervention("feedback"),))
COURSE = PlanAssignment(
    member_id="t",
    goal_ids=("g",),
    course="complimenten-geven-en-corrigeren",
    course_title="Complimenten geven en corrigeren",
    minutes=240,
    duration_basis=DurationBasis.ASSUMED,
    mandatory=True,
    reason="omdat: Feedback + leerkracht",
)


def unplanned(**changes: object) -> PersonPlanInput:
    """Somebody with a course and a goal, and no plan yet."""
    plan = replace(empty(), goals=(GOAL,), members=(MEMBER,), assignments=(COURSE,))
    made = PersonPlanInput(MEMBER, MADE_ON, (PersonInTeam(plan, records=()),), own=True)
    return replace(made, **changes)  # type: ignore[arg-type]  # any field, each of its own type


def test_chapters_and_head() -> None:
    document = build_person_plan(one_person())
    assert [block.title for block in document.blocks if isinstance(block, Chapter)] == [
        "Wat je doet, en wanneer",
        "Waarvoor je dit doet",
        "Voorbereiding per week",
        "Samen",
        "Je PLG",
        "Je afspraken",
        "Je uren",
        "Hoe het gaat",
    ]
    assert (document.kind, document.front, document.meta.subject, document.meta.version) == (
        "person-plan",
        "head",
        "Aysel Demir",
        "stand van 2 november 2026",
    )
    first = document.blocks[0]
    assert isinstance(first, Facts)
    assert (
        first.items
        == document.meta.facts
        == (
            Fact("Voor", "Aysel Demir"),
            Fact("School", "Basisschool De Wilgenhof"),
            Fact("Team", "Team middenbouw, plan versie 2"),
            Fact("Functie", "Leerkracht"),
            Fact("Werk", "1 fte, maandag, dinsdag, woensdag, donderdag en vrijdag"),
            Fact("Werkgroep", "Lezen"),
        )
    )


def test_courses_with_deadline_weeks_goal_and_reason() -> None:
    (table,) = of_kind(
        chapter(build_person_plan(one_person()), "Wat je doet, en wanneer"), TableBlock
    )
    assert table.table.rows[0] == (
        "wo 16 sep 2026",
        "Complimenten geven en corrigeren\nOmdat: Feedback + leerkracht en kleuterleerkracht.",
        "4 uur (aanname)",
        "36–38",
        "Doel 1",
    )
    deadlines = [row[0] for row in table.table.rows]
    assert deadlines == [
        *["wo 16 sep 2026"] * 2, *["do 12 nov 2026"] * 2, "wo 31 mrt 2027"
    ]  # fmt: skip


def test_nothing_of_anybody_else_is_in_it() -> None:
    printed = canonical_json(build_person_plan(one_person())).decode()
    others = [member.name for member in sample().members[1:]]
    assert [name for name in others if name in printed] == []


def test_weeks_in_a_drawing_and_a_table() -> None:
    blocks = chapter(build_person_plan(one_person()), "Voorbereiding per week")
    (chart,), (table,) = of_kind(blocks, BarChart), of_kind(blocks, TableBlock)
    assert table.table.rows[0] == (
        "Week 36 (31 augustus tot en met 4 september)",
        "Complimenten geven en corrigeren",
        "1 uur 30 min",
        "Studiedag 1",
    )
    first = chart.bars[0]
    assert (first.label, first.value, first.shown, first.lighter) == ("36", 90, "1 uur 30 min", 90)
    assert (chart.limit, chart.limit_label) == (90, "Je studietijd: 1 uur 30 min per week")
    planned = sum(bar.value for bar in chart.bars)
    plan = one_person().teams[0].plan.plan
    assert plan is not None
    assert planned == sum(week.minutes for week in plan.preparation_weeks)


def test_days_on_which_somebody_does_not_work_say_so() -> None:
    # A teacher who works on Wednesday, Thursday and Friday.
    person = one_person(number=4)
    (table,) = of_kind(chapter(build_person_plan(person), "Samen"), TableBlock)
    remarks = {row[0].partition("\n")[0]: row[1].partition("\n")[2] for row in table.table.rows}
    assert remarks["Dinsdag 26 januari 2027"] == (
        "Je werkt dan niet. Deze uren tellen mee als opgedragen."
    )
    assert remarks["Dinsdag 4 mei 2027"] == "Je werkt dan niet: spreek af hoe je meedoet."
    assert remarks["Donderdag 19 november 2026"] == ""


def test_meetings_of_the_own_plg_take_the_place_of_those_foreseen() -> None:
    (own,) = of_kind(chapter(build_person_plan(one_person()), "Samen"), TableBlock)
    plg = [row[:3] for row in own.table.rows if "PLG" in row[1]]
    assert plg == [("Woensdag 25 november 2026\n15.30–17.00 uur", "PLG Feedback", "1 uur 30 min")]
    given = one_person()
    without = replace(given, teams=(replace(given.teams[0], plgs=()),))
    (foreseen,) = of_kind(chapter(build_person_plan(without), "Samen"), TableBlock)
    plan = given.teams[0].plan.plan
    assert plan is not None
    assert sum("PLG-bijeenkomst" in row[1] for row in foreseen.table.rows) == len(plan.plg_meetings)
    assert of_kind(chapter(build_person_plan(without), "Je PLG"), Paragraph)[0].text == (
        "Je zit nog niet in een PLG. De bijeenkomsten van het team staan in hoofdstuk 4."
    )


def test_hours_apart_with_the_source_of_the_budget() -> None:
    blocks = chapter(build_person_plan(one_person()), "Je uren")
    (table,) = of_kind(blocks, TableBlock)
    assert table.table.rows == (
        ("Cursussen", "0:00", "14:30", "14:30"),
        ("Studiedagen", "0:00", "24:00", "0:00"),
        ("PLG-bijeenkomsten", "0:00", "10:30", "10:30"),
        ("Vervolgbijeenkomsten", "0:00", "3:00", "3:00"),
        ("Evaluaties", "0:00", "3:00", "3:00"),
        ("Samen", "0:00", "55:00", "31:00"),
    )
    assert table.table.totals
    assert of_kind(blocks, Facts)[0].items == (
        Fact(
            "Je eigen uren",
            "Niets in dit plan, van de 83 uur die je hebt volgens CAO PO, artikel 9.3 "
            "(CAO PO 1 november 2025 tot 1 maart 2027). 2 uur per week × fte, over een jaar "
            "ongeveer 83 uur.",
        ),
    )


def test_a_rule_that_has_ended_is_not_told_as_if_it_held() -> None:
    given = one_person()
    later = replace(given.teams[0].plan, sector="vo")
    blocks = chapter(
        build_person_plan(replace(given, teams=(replace(given.teams[0], plan=later),))), "Je uren"
    )
    assert (
        of_kind(blocks, Facts)[0]
        .items[0]
        .value.endswith(
            "(CAO VO, gevonden tot 1 november 2025). Controleer dit eerst: we weten het niet "
            "zeker. De begindatum is een aanname. Ondersteuners met een plan krijgen 43 uur extra. "
            "Die regel gold van 1 januari 2024 tot 1 november 2025: kijk of er een nieuwe is."
        )
    )


def _notes(given: PersonPlanInput) -> list[str]:
    blocks = chapter(build_person_plan(given), "Je uren")
    return [block.text for block in of_kind(blocks, Paragraph) if block.tone == "note"]


def test_meetings_that_a_plg_made_are_told_beside_the_hours_of_the_plan() -> None:
    (note,) = _notes(one_person())
    assert note == (
        "De bijeenkomsten van je PLG in hoofdstuk 4 duren voor jou samen 1 uur 30 min. Het plan "
        "van het team had daarvoor 10 uur 30 min gerekend, en daarmee telt dit overzicht."
    )


def _meeting_on(*days: date) -> PersonPlanInput:
    """The sample with these meetings of 630 minutes, and somebody who is free on Wednesday."""
    given = one_person()
    (team,) = given.teams
    plgs = (replace(team.plgs[0], meetings=tuple(OwnMeeting(day, 630, "gepland") for day in days)),)
    member = replace(given.member, working_days=(1, 2, 4, 5))
    return replace(given, member=member, teams=(replace(team, plgs=plgs),))


def test_meetings_that_take_what_the_plan_reckoned_need_no_note() -> None:
    thursday, wednesday = date(2026, 11, 26), date(2026, 11, 25)
    assert _notes(_meeting_on(thursday)) == []
    # Who does not work on a day is not there, in the plan too.
    assert _notes(_meeting_on(wednesday, thursday)) == []
    (note,) = _notes(_meeting_on(wednesday))
    assert note == (
        "De bijeenkomsten van je PLG in hoofdstuk 4 zijn op dagen waarop je niet werkt. Het plan "
        "van het team had daarvoor 10 uur 30 min gerekend, en daarmee telt dit overzicht."
    )
    assert _notes(_meeting_on()) == []


def test_progress_reflection_and_room_to_write() -> None:
    blocks = chapter(build_person_plan(one_person()), "Hoe het gaat")
    (table,) = of_kind(blocks, TableBlock)
    assert ("Complimenten geven en corrigeren", "afgerond", "12 oktober 2026") in table.table.rows
    assert of_kind(blocks, Answers)[0].items == (
        Answer("Complimenten geven en corrigeren", "Klein beginnen."),
    )
    (cards,) = of_kind(blocks, Cards)
    assert [card.lines for card in cards.items] == [4] * 4


def test_without_consent_progress_is_not_there_and_that_is_said() -> None:
    blocks = chapter(build_person_plan(one_person(records=False)), "Hoe het gaat")
    assert of_kind(blocks, Paragraph) == [Paragraph(NOT_SHOWN, "missing")]
    assert [*of_kind(blocks, TableBlock), *of_kind(blocks, Answers)] == []


def test_nothing_is_filled_in_without_a_plan() -> None:
    document = build_person_plan(unplanned())
    assert Fact("Team", "Team onderbouw, nog geen plan") in document.meta.facts
    said = {
        block.title: [one.text for one in of_kind(chapter(document, block.title), Paragraph)]
        for block in document.blocks
        if isinstance(block, Chapter)
    }
    source = said.pop("Je PLG")
    assert source[0].startswith("Je zit nog niet in een PLG.")
    assert said == {
        "Wat je doet, en wanneer": [],
        "Waarvoor je dit doet": [],
        "Voorbereiding per week": [
            "Er is nog geen planning. Daarom staat hier nog niet wat je in welke week doet."
        ],
        "Samen": ["Er zijn nog geen studiedagen en bijeenkomsten gepland."],
        "Je afspraken": ["Er staan geen afspraken van je open."],
        "Je uren": ["Je uren zijn nog niet berekend: er is geen planning."],
        "Hoe het gaat": ["Er is nog niets te melden: je hebt nog geen cursussen."],
    }
    (course,) = of_kind(chapter(document, "Wat je doet, en wanneer"), TableBlock)
    assert course.table.rows[0][0] == "nog niet ingepland"


def test_somebody_without_courses() -> None:
    given = unplanned()
    plan = replace(given.teams[0].plan, assignments=(), goals=())
    document = build_person_plan(replace(given, teams=(PersonInTeam(plan, records=()),)))
    assert of_kind(chapter(document, "Wat je doet, en wanneer"), Paragraph)[0].text == (
        "Er zijn nog geen cursussen aan je toegewezen."
    )
    assert of_kind(chapter(document, "Waarvoor je dit doet"), Paragraph)[0].text == (
        "Je team heeft nog geen doelen gekozen."
    )


def test_only_goals_that_ask_something_are_told() -> None:
    given = one_person()
    team = given.teams[0]
    more = tuple(PlanGoal(f"more-{number}", f"Wij leren {number}") for number in range(2))
    extra = replace(team, plan=replace(team.plan, goals=(*team.plan.goals, *more)))
    blocks = chapter(build_person_plan(replace(given, teams=(extra,))), "Waarvoor je dit doet")
    assert [row[0] for row in of_kind(blocks, TableBlock)[0].table.rows] == [
        "Doel 1",
        "Doel 2",
        "Doel 3",
    ]
    assert of_kind(blocks, Paragraph)[0].text == (
        "Je team heeft nog 2 doelen waarvoor je dit jaar geen cursus of studiedag hebt."
    )
    only = replace(team, plan=replace(team.plan, goals=more, assignments=()))
    assert chapter(build_person_plan(replace(given, teams=(only,))), "Waarvoor je dit doet") == (
        Paragraph(
            "Voor de doelen van je team heb je dit jaar geen cursus of studiedag.", "missing"
        ),
    )


def test_two_teams_are_one_plan_and_a_shared_course_is_done_once() -> None:
    given = one_person()
    first = given.teams[0]
    assert first.plan.plan is not None
    course = first.plan.assignments[0]
    later = tuple(
        replace(week, deadline=date(2027, 3, 1))
        for week in first.plan.plan.preparation_weeks
        if week.course == course.course
    )
    other = replace(
        first.plan,
        team="Team bovenbouw",
        assignments=(course,),
        plan=replace(first.plan.plan, preparation_weeks=later, not_placed=()),
    )
    both = replace(given, teams=(PersonInTeam(other, records=first.records), first))
    document = build_person_plan(both)
    (tasks,) = of_kind(chapter(document, "Wat je doet, en wanneer"), TableBlock)
    shared = [row for row in tasks.table.rows if row[1].startswith(course.course_title)]
    assert [(row[0], row[4]) for row in shared] == [
        ("wo 16 sep 2026", "Team middenbouw: Doel 1\nTeam bovenbouw: Doel 1")
    ]
    (weeks,) = of_kind(chapter(document, "Voorbereiding per week"), TableBlock)
    (alone,) = of_kind(chapter(build_person_plan(given), "Voorbereiding per week"), TableBlock)
    assert len(weeks.table.rows) == len(alone.table.rows)
    assert weeks.table.rows[0][3] == "Team middenbouw: Studiedag 1"
    said = [one.text for one in of_kind(chapter(document, "Je uren"), Paragraph)]
    assert said[-1].startswith("Een cursus die twee teams vragen, doe je één keer")
    (records,) = of_kind(chapter(document, "Hoe het gaat"), TableBlock)
    assert len(records.table.rows) == len(first.records or ())


def test_own_hours_by_agreement_and_agreements_by_date() -> None:
    given = one_person()
    team = replace(
        given.teams[0],
        on_own_hours=(given.teams[0].plan.assignments[0].course,),
        agreements=(
            OwnAgreement("Later", "Lezen", date(2027, 1, 5), date(2027, 1, 6)),
            OwnAgreement("Eerst", "jij", date(2026, 12, 5), date(2026, 12, 6)),
        ),
    )
    document = build_person_plan(replace(given, teams=(team,)))
    assert [one.text for one in of_kind(chapter(document, "Je uren"), Paragraph)][-1] == (
        "Op je eigen uren, zoals met je is afgesproken:"
    )
    (table,) = of_kind(chapter(document, "Je afspraken"), TableBlock)
    assert table.table.rows == (
        ("Eerst", "jij", "5 december 2026", "6 december 2026"),
        ("Later", "Lezen", "5 januari 2027", "6 januari 2027"),
    )


def test_steps_and_meetings_of_the_own_plg() -> None:
    blocks = chapter(build_person_plan(one_person()), "Je PLG")
    assert [one.title for one in of_kind(blocks, Heading)] == ["Feedback", "De vier vragen"]
    assert Paragraph("De vragen staan in: Duurzaam beter onderwijs, 2021.", "soft") in blocks


def test_a_week_that_the_calendar_does_not_know_keeps_its_date() -> None:
    given = one_person()
    plan = given.teams[0].plan.plan
    assert plan is not None
    week: PreparationWeek = replace(plan.preparation_weeks[0], week=date(2028, 1, 3))
    odd = replace(given.teams[0].plan, plan=replace(plan, preparation_weeks=(week,)))
    (table,) = of_kind(
        chapter(
            build_person_plan(replace(given, teams=(replace(given.teams[0], plan=odd),))),
            "Voorbereiding per week",
        ),
        TableBlock,
    )
    assert table.table.rows[0][0] == "Week van ma 3 jan 2028"


def test_of_two_records_of_a_course_the_one_with_a_day_counts() -> None:
    given = unplanned()
    first = replace(given.teams[0], records=(CourseRecord("c", "Cursus", "begonnen"),))
    second = replace(
        given.teams[0], records=(CourseRecord("c", "Cursus", "afgerond", date(2026, 10, 1)),)
    )
    document = build_person_plan(replace(given, teams=(first, second)))
    (table,) = of_kind(chapter(document, "Hoe het gaat"), TableBlock)
    assert table.table.rows == (("Cursus", "afgerond", "1 oktober 2026"),)
