"""What the booklet of a study day says, and what it leaves out."""

from dataclasses import replace
from datetime import date, time

from courses.findings import Finding, Severity
from routekaart.domain.content.blocks import (
    Bullets,
    Card,
    Cards,
    Chapter,
    Facts,
    Heading,
    Paragraph,
    TableBlock,
    Together,
)
from routekaart.domain.content.booklet import build_booklet
from routekaart.domain.content.booklet_input import BookletInput, DayHead, DayPreparation, DayTopic
from routekaart.domain.content.canonical import canonical_json
from routekaart.domain.content.parts import Fact
from tests.routekaart.blocks_in import chapter, of_kind
from tests.routekaart.sample_kinds import MADE_ON, study_day

EMPTY = BookletInput(
    team="Team onderbouw",
    school="De Wilgenhof",
    school_year="2026-2027",
    made_on=MADE_ON,
    day=DayHead("", "studiemiddag", "in voorbereiding", date(2026, 11, 4), time(13), 180),
    inside=True,
)


def test_chapters_in_the_order_of_the_day() -> None:
    document = build_booklet(study_day())
    heads = [block for block in document.blocks if isinstance(block, Chapter)]
    assert [(head.number, head.title) for head in heads] == [
        ("1", "Programma"),
        ("2", "Waar we voor komen"),
        ("3", "Wat is voorbereid"),
        ("4", "Wat jullie inbrachten"),
        ("5", "Vraagkaarten"),
        ("6", "Wie is erbij"),
        ("7", "Afspraken"),
        ("8", "Hoe was de dag?"),
        ("9", "Was je er niet bij?"),
    ]
    assert (document.kind, document.front) == ("study-day-booklet", "cover")
    assert (document.meta.title, document.meta.subject) == ("Studiedag", "Feedback die helpt")
    assert document.meta.facts == (
        Fact("Datum", "Woensdag 4 november 2026"),
        Fact("Tijd", "Van 08.30 tot 15.30 uur, 7 uur."),
        Fact("Plaats", "Teamkamer"),
        Fact("Trainer", "Tess Trainer"),
        Fact("Team", "Team middenbouw"),
        Fact("School", "Basisschool De Wilgenhof"),
        Fact("Stand", "klaar om te beginnen, op 2 november 2026"),
    )


def test_programme_with_groups_rooms_and_what_lies_on_the_table() -> None:
    blocks = chapter(build_booklet(study_day()), "Programma")
    table, people = of_kind(blocks, TableBlock)
    assert table.table.rows == (
        ("08.30–09.30", "Opening", "Wat kwam er uit de voorbereiding?", "Teamkamer"),
        (
            "09.30–11.30",
            "Verdieping\nGroep 1 tot en met 4\nDoel 1",
            (
                "– Feedback die niet te veel tijd kost\n"
                "– Bekijk samen een voorbeeld uit een eigen les."
            ),
            "Speelzaal",
        ),
        ("09.30–11.30", "Verdieping\nGroep 5 tot en met 8", "", "Hal"),
        ("11.30–12.15", "Lunch", "", "Teamkamer"),
        ("12.15–14.15", "Oefenen", "In tweetallen.", "Teamkamer"),
        ("14.15–15.30", "Afspraken en borging", "", "Teamkamer"),
    )
    assert people.table.rows == (
        ("09.30", "Verdieping\nGroep 1 tot en met 4", "Tess Trainer", "Mo Lid"),
    )


def test_what_is_wrong_with_a_programme_is_said() -> None:
    finding = Finding("programme_gap", Severity.ERROR, "Van 10.00 tot 10.15 staat er niets.")
    blocks = chapter(build_booklet(study_day(findings=(finding,))), "Programma")
    assert Paragraph("Van 10.00 tot 10.15 staat er niets.", "note") in blocks
    suggested = chapter(build_booklet(study_day(suggested=True)), "Programma")
    assert of_kind(suggested, Paragraph)[0].text.startswith("Dit is een voorstel.")


def test_what_was_prepared_is_counted_and_names_nobody() -> None:
    blocks = chapter(build_booklet(study_day()), "Wat is voorbereid")
    assert of_kind(blocks, Facts)[0].items == (
        Fact("Klaar uiterlijk", "Woensdag 28 oktober 2026"),
        Fact(
            "Hoe ver het team is",
            "9 van de 12 cursussen zijn klaar, alle collega’s samen (stand van 2 november 2026).",
        ),
    )
    assert of_kind(blocks, TableBlock)[0].table.rows == (
        ("Feedback geven", "leerkrachten", "4 uur (aanname)", "Doel 1"),
    )
    (course,) = study_day().preparation.courses
    for functions, others, told in (
        (("leerkracht",), True, "leerkrachten en enkele andere collega’s"),
        ((), True, "wie hem toegewezen kreeg"),
    ):
        courses = (replace(course, functions=functions, others=others),)
        given = study_day(preparation=replace(study_day().preparation, courses=courses))
        blocks = chapter(build_booklet(given), "Wat is voorbereid")
        assert of_kind(blocks, TableBlock)[0].table.rows[0][1] == told
    few = replace(study_day().preparation, done=0, asked=0, hidden=True)
    hidden = chapter(build_booklet(study_day(preparation=few)), "Wat is voorbereid")
    assert of_kind(hidden, Facts)[0].items[1].value == (
        "Van minder dan 5 mensen laten we dit niet zien."
    )


def test_topics_come_before_loose_questions_wishes_and_findings() -> None:
    blocks = chapter(build_booklet(study_day()), "Wat jullie inbrachten")
    assert [
        block.title if isinstance(block, Heading) else block.text
        for block in blocks
        if isinstance(block, Heading | Paragraph)
    ] == [
        "Feedback die niet te veel tijd kost",
        "In het programma, 7 stemmen",
        "Wanneer beginnen we?",
        "Beantwoord",
        "Antwoord: Na de herfstvakantie.",
        "Andere vragen",
        "Andere wensen",
    ]
    assert [block.items for block in of_kind(blocks, Bullets)] == [
        (
            "Vraag: Hoe geef ik feedback zonder dat de les stilvalt?",
            "Bevinding: Eén ding per keer werkt het best.",
        ),
        ("Doen we dit ook bij gym?",),
        ("Voorbeelden voor groep 3. (Doel 1)",),
    ]


def test_cards_for_what_is_still_to_discuss_and_some_empty_ones() -> None:
    (cards,) = of_kind(chapter(build_booklet(study_day()), "Vraagkaarten"), Cards)
    empty = Card("Vraag", "Onze vraag:", lines=3)
    assert cards.items == (
        Card("Onderwerp · Doel 1", "Feedback die niet te veel tijd kost", lines=3),
        Card("Vraag", "Doen we dit ook bij gym?", lines=3),
        Card("Wens · Doel 1", "Voorbeelden voor groep 3.", lines=3),
        *[empty] * 4,
    )
    parked = study_day(topics=(DayTopic("p", "Later", "parked"),), notes=())
    (none,) = of_kind(chapter(build_booklet(parked), "Vraagkaarten"), Cards)
    assert none.items == (empty,) * 4


def test_lists_to_write_in() -> None:
    document = build_booklet(study_day())
    (who,) = of_kind(chapter(document, "Wie is erbij"), TableBlock)
    assert who.table.rows == (("Lies Leider", ""), ("Mo Lid", ""), *[("", "")] * 4)
    (agreed,) = of_kind(chapter(document, "Afspraken"), TableBlock)
    assert agreed.table.rows == (
        (
            "Elke les eindigt met een terugblik",
            "het hele team",
            "1 december 2026",
            "2 december 2026",
        ),
        *[("", "", "", "")] * 6,
    )


def test_nothing_is_filled_in_for_an_empty_day() -> None:
    document = build_booklet(EMPTY)
    assert (document.meta.title, document.meta.subject) == ("Studiemiddag", "Team onderbouw")
    assert Fact("Plaats", "Nog niet ingevuld.") in document.meta.facts
    said = {
        title: [block.text for block in of_kind(chapter(document, title), Paragraph)]
        for title in ("Programma", "Waar we voor komen", "Wat is voorbereid")
    }
    assert said == {
        "Programma": ["Er is nog geen programma."],
        "Waar we voor komen": ["Voor deze dag is nog geen doel gekozen."],
        "Wat is voorbereid": ["Voor deze dag is geen voorbereiding gevraagd."],
    }
    assert chapter(document, "Wat jullie inbrachten") == (
        Paragraph("Er zijn nog geen vragen, wensen of bevindingen gedeeld.", "missing"),
    )
    last = chapter(document, "Was je er niet bij?")
    # Short enough for one page, so it does not spill two lines on another.
    assert isinstance(document.blocks[-1], Together)
    assert of_kind(last, Facts)[0].items == (
        Fact("Vervolgbijeenkomst", "Nog niet gepland."),
        Fact("Evaluatie", "Nog niet gepland."),
    )
    too_long = replace(EMPTY, day=replace(EMPTY.day, minutes=600))
    assert of_kind(chapter(build_booklet(too_long), "Programma"), Paragraph)[0].text == (
        "Er is nog geen programma. Voor een dag van deze lengte doen we geen voorstel."
    )


def test_the_outline_has_lines_instead_of_names() -> None:
    outline = study_day(
        inside=False, topics=(), notes=(), agreements=(), expected=(), people=(), team_size=3,
        blocks=tuple(replace(one, people=(), items=(), topics=()) for one in study_day().blocks),
        day=replace(study_day().day, trainer=""),
    )  # fmt: skip
    document = build_booklet(outline)
    heads = [block.title for block in document.blocks if isinstance(block, Chapter)]
    assert "Wat jullie inbrachten" not in heads
    (who,) = of_kind(chapter(document, "Wie is erbij"), TableBlock)
    assert who.table.rows == (("", ""),) * 7
    printed = canonical_json(document).decode()
    assert [name for name in ("Lies", "Mo Lid", "Tess") if name in printed] == []


def test_a_goal_that_is_gone_is_left_out() -> None:
    gone = study_day(goals_of_day=("goal-9", "goal-0"))
    titles = of_kind(chapter(build_booklet(gone), "Waar we voor komen"), Heading)
    assert [(one.label, one.title) for one in titles] == [("Doel 1", "Wij leren feedback geven")]


def test_a_date_that_may_move_says_so() -> None:
    day = replace(study_day().day, certain=False)
    assert build_booklet(study_day(day=day)).meta.facts[0] == Fact(
        "Datum", "Woensdag 4 november 2026 (staat niet vast)"
    )


def test_a_deadline_that_could_not_be_planned() -> None:
    courses = study_day().preparation.courses
    given = study_day(preparation=DayPreparation(courses))
    facts = of_kind(chapter(build_booklet(given), "Wat is voorbereid"), Facts)[0].items
    assert [fact.value for fact in facts] == [
        "Hiervoor is geen datum gepland.",
        "Er hoeft niets klaar te zijn.",
    ]
