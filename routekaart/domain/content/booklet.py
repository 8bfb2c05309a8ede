"""The booklet of a study day: what one has in hand on the day, to read and to write in.

Pure: the same input gives the same content. Notes have no author here, and nobody's own progress
is in it: a booklet goes from hand to hand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from courses.dutch import dutch_date, listed
from routekaart.domain.content import as_blocks
from routekaart.domain.content.blocks import (
    Block,
    BlockDocument,
    Bullets,
    Callout,
    Chapter,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Together,
)
from routekaart.domain.content.booklet_forms import (
    agreements,
    evaluation,
    question_cards,
    sign_in,
)
from routekaart.domain.content.booklet_input import BookletInput, DayCourse
from routekaart.domain.content.booklet_programme import programme
from routekaart.domain.content.booklet_questions import questions
from routekaart.domain.content.goals import NO_NOTICEABLE
from routekaart.domain.content.outline import heading_of, shortened
from routekaart.domain.content.parts import Column, Fact, Meta, Table
from routekaart.domain.content.wording import (
    clock,
    counted,
    duration,
    later,
    marked_duration,
    weekday_date,
)
from routekaart.domain.privacy import MINIMUM_GROUP

KIND = "study-day-booklet"
NO_GOAL = "Voor deze dag is nog geen doel gekozen."
_LONGEST_NAME = 80
_LONGEST_HEAD = 45
_COURSES = (
    Column("Cursus", 11, lead=True),
    Column("Voor wie", 8),
    Column("Duur", 6),
    Column("Waarvoor", 5),
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A chapter without its number."""

    title: str
    intro: str
    blocks: Sequence[Block]
    on_new_page: bool = False


def build_booklet(given: BookletInput) -> BlockDocument:
    """The whole booklet, in the order of the day."""
    return BlockDocument(KIND, _meta(given), "cover", tuple(_numbered(_parts(given))))


def _numbered(parts: Iterator[_Part]) -> Iterator[Block]:
    for number, part in enumerate(parts, start=1):
        if part.on_new_page:
            yield PageBreak()
        yield Chapter(str(number), part.title, part.intro)
        yield from part.blocks


def _parts(given: BookletInput) -> Iterator[_Part]:
    yield _Part("Programma", _time(given), tuple(programme(given)))
    yield _Part("Waar we voor komen", "", tuple(_goals(given)))
    yield _Part(
        "Wat is voorbereid",
        "Iedereen begint met dezelfde voorkennis; de dag zelf is om te verdiepen en te oefenen.",
        tuple(_preparation(given)),
    )
    if given.inside:
        yield _Part(
            "Wat jullie inbrachten",
            "Vragen, wensen en bevindingen die jullie bij de voorbereiding hebben gedeeld.",
            tuple(questions(given)),
        )
    yield _Part(
        "Vraagkaarten",
        "Knip de kaarten uit en verdeel ze. Schrijf op wat jullie bespraken.",
        tuple(question_cards(given)),
        on_new_page=True,
    )
    yield _Part(
        "Wie is erbij",
        "Zet je handtekening achter je naam.",
        tuple(sign_in(given)),
        on_new_page=True,
    )
    yield _Part(
        "Afspraken",
        "Wat doen jullie vanaf morgen, wie doet het en wanneer is het klaar?",
        tuple(agreements(given)),
        on_new_page=True,
    )
    yield _Part(
        "Hoe was de dag?",
        "Vul dit aan het einde van de dag in. Je naam hoeft er niet bij.",
        tuple(evaluation(given)),
        on_new_page=True,
    )
    yield _Part("Was je er niet bij?", "", (Together(tuple(_latecomer(given))),))


def _meta(given: BookletInput) -> Meta:
    day = given.day
    team, school, title = (
        shortened(" ".join(text.split()), _LONGEST_NAME)
        for text in (given.team, given.school, day.title)
    )
    when = weekday_date(day.on)
    facts = [
        Fact(
            "Datum", when.capitalize() if day.certain else f"{when.capitalize()} (staat niet vast)"
        ),
        Fact("Tijd", _time(given)),
        Fact("Plaats", day.room.strip() or "Nog niet ingevuld."),
    ]
    if day.trainer:
        facts.append(Fact("Trainer", day.trainer))
    facts += [
        Fact("Team", given.team),
        Fact("School", given.school),
        Fact("Stand", f"{day.state}, op {dutch_date(given.made_on)}"),
    ]
    return Meta(
        kind="Programmaboekje",
        title=day.kind.capitalize(),
        school_year=given.school_year,
        subject=title or team,
        organisation=f"{team}, {school}",
        status=day.state.capitalize(),
        version=f"stand van {dutch_date(given.made_on)}",
        made_on=given.made_on.isoformat(),
        running_head=f"{shortened(team, _LONGEST_HEAD)} · {when}",
        language="nl",
        facts=tuple(facts),
    )


def _time(given: BookletInput) -> str:
    day = given.day
    return (
        f"Van {clock(day.start)} tot {clock(later(day.start, day.minutes))} uur, "
        f"{duration(day.minutes)}."
    )


def _goals(given: BookletInput) -> Iterator[Block]:
    indicators = dict(given.indicators)
    labels = given.labels
    if not given.day_goals:
        yield from as_blocks.missing(NO_GOAL)
    for goal in given.day_goals:
        heading, whole = heading_of(goal)
        yield Together(
            (
                Heading(2, heading, label=labels[goal.id]),
                *([Paragraph(whole)] if whole else []),
                Callout("Merkbaar bij leerlingen", goal.noticeable.strip() or NO_NOTICEABLE),
                *(
                    [Facts((Fact("Waaraan we het zien", indicators[goal.id].strip()),))]
                    if indicators.get(goal.id, "").strip()
                    else []
                ),
            )
        )


def _preparation(given: BookletInput) -> Iterator[Block]:
    preparation = given.preparation
    if not preparation.courses:
        yield from as_blocks.missing("Voor deze dag is geen voorbereiding gevraagd.")
        return
    yield Facts(
        (
            Fact(
                "Klaar uiterlijk",
                weekday_date(preparation.deadline).capitalize()
                if preparation.deadline
                else "Hiervoor is geen datum gepland.",
            ),
            Fact("Hoe ver het team is", _how_far(given)),
        )
    )
    titles = dict(given.function_titles)
    yield from as_blocks.table(
        Table(
            _COURSES,
            tuple(
                (
                    course.title,
                    _for_whom(course, titles),
                    marked_duration(course.minutes, assumed=course.assumed),
                    given.labelled(course.goal_ids) or "–",
                )
                for course in preparation.courses
            ),
            "",
        )
    )


def _for_whom(course: DayCourse, titles: Mapping[str, str]) -> str:
    named = [titles.get(slug, slug) for slug in course.functions]
    if not named:
        return "wie hem toegewezen kreeg"
    return listed([*named, *(["enkele andere collega’s"] if course.others else [])])


def _how_far(given: BookletInput) -> str:
    """In courses of people together: nobody is in it by name, and small groups are not counted."""
    preparation = given.preparation
    if preparation.hidden:
        return f"Van minder dan {MINIMUM_GROUP} mensen laten we dit niet zien."
    if not preparation.asked:
        return "Er hoeft niets klaar te zijn."
    asked = counted(preparation.asked, "cursus is", "cursussen zijn")
    return (
        f"{preparation.done} van de {asked} klaar, alle collega’s samen "
        f"(stand van {dutch_date(given.made_on)})."
    )


def _latecomer(given: BookletInput) -> Iterator[Block]:
    day = given.day
    steps = ["Doe de voorbereiding: de cursussen staan in hoofdstuk 3."]
    steps.append("Lees op de pagina van deze dag wat de dag bracht.")
    steps.append("Doe mee met de afspraken: vraag een collega wat jullie afspraken.")
    yield Paragraph("Ziek, vrij of later in het team gekomen? Zo ben je weer bij.")
    yield Bullets(tuple(steps))
    yield Facts(
        (
            Fact("Vervolgbijeenkomst", _date_or_not(day.follow_up_on)),
            Fact("Evaluatie", _date_or_not(day.evaluation_on)),
        )
    )


def _date_or_not(day: date | None) -> str:
    return weekday_date(day).capitalize() if day else "Nog niet gepland."
