"""Parts of the summaries for the MR: what is asked, the study days against the rules, signing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from courses.dutch import dutch_date, listed
from routekaart.domain.consent_rules import CONSENT_RULES, ConsentSlug, last_looked_up
from routekaart.domain.content.blocks import (
    Block,
    Bullets,
    Facts,
    Heading,
    Paragraph,
    Signatures,
    TableBlock,
    Together,
)
from routekaart.domain.content.inputs import DEFAULT_SIGNERS, Signer
from routekaart.domain.content.outline import shortened
from routekaart.domain.content.parts import Column, Fact, Signature, Table
from routekaart.domain.content.wording import counted, sentence, short_date, weekday_date
from routekaart.domain.dates.legal import DayCheck
from routekaart.domain.dates.reasons import LIGHT_WORDS, groups_text
from routekaart.domain.dates.rules import DateRule
from routekaart.domain.planner.problem import StudyDayKind

MR_KIND = "Samenvatting voor de MR"
_DAYS = (
    Column("Studiedagen", 9),
    Column("Leerlingen vrij", 4),
    Column("Wat de regels zeggen", 12, lead=True),
)
_KINDS = {StudyDayKind.DAY: "hele dag", StudyDayKind.AFTERNOON: "middag"}
_SECONDARY = "vo"
_MOST_OPEN = 4
_LONGEST_OPEN = 100


@dataclass(frozen=True, slots=True)
class CheckedDay:
    """A study day with its check. `about`: its goals, or the team that it is of."""

    check: DayCheck
    about: str


def asks(what: str, days: Iterable[CheckedDay]) -> Iterator[Block]:
    """What the MR is asked to agree to, each with its article or rule."""
    training, plan = CONSENT_RULES[ConsentSlug.TRAINING], CONSENT_RULES[ConsentSlug.SCHOOL_PLAN]
    dates = [
        weekday_date(day)
        for day in sorted({day.check.day.date for day in days if day.check.asks_consent})
    ]
    wider = f"Is dit een deel van {plan.subject}? Dan stemt {plan.whose} daarmee in"
    yield Bullets(
        (
            f"Instemming van {training.whose} met {what} ({training.source}).",
            f"{wider} ({plan.source}).",
            *(
                [f"Instemming met een studiedag op {listed(dates)}: zie de tabel met studiedagen."]
                if dates
                else []
            ),
        )
    )
    yield Paragraph(
        "Geen wet schrijft een scholingsplan voor; dit zijn de artikelen waar het aan raakt. Ze "
        f"zijn nagekeken op {last_looked_up()}: kijk of ze nog zo gelden.",
        "soft",
    )


def days_against_rules(days: Sequence[CheckedDay], *, sector: str) -> Iterator[Block]:
    """The study days by date, each with what the rules say of it, and where these stand."""
    ordered = sorted(days, key=lambda day: (day.check.day.date, day.about))
    yield Heading(2, "Studiedagen en de regels")
    yield TableBlock(
        Table(
            _DAYS,
            tuple(_day_rows(ordered, sector)),
            "Er zijn nog geen studiedagen gekozen.",
        ),
        alt="Per studiedag de groepen die vrij zijn, en of de datum past bij de regels.",
    )
    # Each source once: a table that repeats it on every line takes a page more.
    told = (_source_of(one.rule) for day in ordered for one in day.check.telling)
    sources = tuple(dict.fromkeys(told))
    if sources:
        yield Paragraph(f"Waar de regels staan. {' '.join(sources)}", "soft")


def _source_of(rule: DateRule) -> str:
    """Where a rule stands; of what others wrote also when we last saw it."""
    seen = f", nagekeken op {dutch_date(rule.unverified_since)}" if rule.is_published else ""
    return f"{rule.title}: {rule.source}{seen}."


def names_fact(since: date | None) -> Fact:
    """Whether progress is shown by name, which takes a consent of its own."""
    rule = CONSENT_RULES[ConsentSlug.PROGRESS_BY_NAME]
    if since is None:
        text = "Staat uit. Daarvoor is instemming nodig van"
    else:
        text = f"Staat aan sinds {dutch_date(since)}, met instemming van"
    return Fact("Voortgang op naam", f"{text} {rule.whose} ({rule.source}).")


def still_open(items: Sequence[str]) -> tuple[Block, ...]:
    """What is not known or arranged yet; of a long list where the rest stands."""
    more = len(items) - _MOST_OPEN
    if more > 0:
        rest = f"En nog {counted(more, 'punt', 'punten')}: zie het scholingsplan."
        items = (*items[:_MOST_OPEN], rest)
    told = tuple(shortened(item, _LONGEST_OPEN) for item in items)
    found: Block = Bullets(told) if told else Paragraph("Er staan geen punten meer open.")
    return Heading(2, "Wat nog open staat"), found


def signing(facts: tuple[Fact, ...], signers: tuple[Signer, ...] = DEFAULT_SIGNERS) -> Together:
    """The place to sign, below what is known of the consent."""
    return Together(
        (
            Heading(2, "Ondertekening"),
            *([Facts(facts)] if facts else []),
            Signatures(
                tuple(
                    Signature(
                        one.role, one.name, dutch_date(one.signed_on) if one.signed_on else ""
                    )
                    for one in signers
                ),
                date_label="Datum",
                signature_label="Handtekening",
            ),
        )
    )


def _day_rows(days: Sequence[CheckedDay], sector: str) -> Iterator[tuple[str, ...]]:
    """Days of which the rules say the same share a row, and teams on one date a line of it."""
    together: dict[tuple[str, str], dict[str, list[str]]] = {}
    for day in days:
        when, about, groups, told = _day_row(day, sector)
        together.setdefault((groups, told), {}).setdefault(when, []).append(about)
    for (groups, told), dates in together.items():
        lines = (f"{when}: {listed(list(dict.fromkeys(abouts)))}" for when, abouts in dates.items())
        yield "\n".join(lines), groups, told


def _day_row(item: CheckedDay, sector: str) -> tuple[str, ...]:
    day = item.check.day
    kind = _KINDS[day.kind] if day.fixed else f"{_KINDS[day.kind]}, nog niet zeker"
    groups = (
        groups_text(day.free_groups, secondary=sector == _SECONDARY)
        if day.free_groups
        else "niet ingevuld"
    )
    consent = " De MR stemt in." if item.check.asks_consent else ""
    return (
        f"{short_date(day.date).capitalize()}, {kind}",
        item.about or "nog geen doel",
        groups.capitalize(),
        "\n".join(
            [
                f"{sentence(LIGHT_WORDS[item.check.light])}{consent}",
                *(reason.text for reason in item.check.telling),
            ]
        ),
    )
