"""Parts of the summaries for the MR: what is asked, the study days against the rules, signing."""

from collections.abc import Iterable, Iterator, Sequence
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
    Together,
)
from routekaart.domain.content.inputs import DEFAULT_SIGNERS, Signer
from routekaart.domain.content.mr_days import CheckedDay
from routekaart.domain.content.outline import in_sentences
from routekaart.domain.content.parts import Fact, Signature
from routekaart.domain.content.room import point_height
from routekaart.domain.content.wording import counted, weekday_date

MR_KIND = "Samenvatting voor de MR"
_LEAST_OPEN = 4
_LONGEST_OPEN = 340
_BRIEF_OPEN = 165
# A line, in millimetres.
_REST = 6.0


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


def names_fact(since: date | None) -> Fact:
    """Whether progress is shown by name, which takes a consent of its own."""
    rule = CONSENT_RULES[ConsentSlug.PROGRESS_BY_NAME]
    if since is None:
        text = "Staat uit. Daarvoor is instemming nodig van"
    else:
        text = f"Staat aan sinds {dutch_date(since)}, met instemming van"
    return Fact("Voortgang op naam", f"{text} {rule.whose} ({rule.source}).")


def still_open(items: Sequence[str], room: float | None = None) -> tuple[Block, ...]:
    """What is not known or arranged yet, in whole sentences; of a long list where the rest stands.

    `room`: so many millimetres for the list, which `least_room` at least asks. None: all of it.
    """
    told: list[str] = []
    for number, item in enumerate(items, start=1):
        rest = 0 if number == len(items) else _REST
        whole, brief = in_sentences(item, _LONGEST_OPEN), in_sentences(item, _BRIEF_OPEN)
        # The first ones always stand there, so what is left has to hold the rest of these.
        rest += sum(map(_brief_height, items[number:_LEAST_OPEN]))
        if room is None or point_height(whole) + rest <= room:
            told.append(whole)
        elif number <= _LEAST_OPEN or point_height(brief) + rest <= room:
            told.append(brief)
        else:
            break
        room = None if room is None else room - point_height(told[-1])
    if more := len(items) - len(told):
        told.append(f"En nog {counted(more, 'punt', 'punten')}: zie het scholingsplan.")
    found: Block = Bullets(tuple(told)) if told else Paragraph("Er staan geen punten meer open.")
    return Heading(2, "Wat nog open staat"), found


def least_room(items: Sequence[str]) -> float:
    """What the first points take, in few words, with a line on the others; in millimetres."""
    rest = _REST if len(items) > _LEAST_OPEN else 0
    return rest + sum(map(_brief_height, items[:_LEAST_OPEN]))


def _brief_height(item: str) -> float:
    return point_height(in_sentences(item, _BRIEF_OPEN))


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
