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
from routekaart.domain.content.still_open import NOTHING_OPEN
from routekaart.domain.content.wording import counted, weekday_date

MR_KIND = "Samenvatting voor de MR"
MOST_PAGES = 2
_LEAST_OPEN, _MOST_OPEN = 4, 20
_LONGEST_OPEN = 340
_BRIEF_OPEN = 165


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


def still_open(items: Sequence[str]) -> tuple[Block, ...]:
    """What is not known or arranged yet."""
    found: Block = Bullets(tuple(items)) if items else Paragraph(NOTHING_OPEN)
    return Heading(2, "Wat nog open staat"), found


def still_open_in(items: Sequence[str]) -> tuple[tuple[Block, ...], ...]:
    """The ways to tell it, the longest first: in whole sentences, in fewer, and fewer points.

    Of points that are left out the last one says how many there are, and where they stand.
    """
    whole, brief = (
        [in_sentences(item, longest) for item in items] for longest in (_LONGEST_OPEN, _BRIEF_OPEN)
    )
    told = [whole, brief]
    for most in range(min(len(items) - 1, _MOST_OPEN), _LEAST_OPEN - 1, -1):
        more = counted(len(items) - most, "punt", "punten")
        told.append([*brief[:most], f"En nog {more}: zie het scholingsplan."])
    return tuple(map(still_open, told))


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
