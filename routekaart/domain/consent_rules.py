"""What the MR is asked to agree to, as dated data: by which article, and whose consent it is.

No law prescribes a scholingsplan; these are the articles that a plan touches. None ever blocks.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from courses.dutch import dutch_date
from routekaart.domain.hours import Confidence

_LOOKED_UP = date(2026, 11, 22)
_WMS = "Wet medezeggenschap op scholen"


class ConsentSlug(StrEnum):
    TRAINING = "training"
    SCHOOL_PLAN = "school-plan"
    PROGRESS_BY_NAME = "progress-by-name"


@dataclass(frozen=True, slots=True)
class ConsentRule:
    """`whose` consent `subject` takes. `unverified_since`: when we last saw the source."""

    slug: ConsentSlug
    subject: str
    whose: str
    source: str
    confidence: Confidence
    unverified_since: date = _LOOKED_UP


CONSENT_RULES = {
    rule.slug: rule
    for rule in (
        ConsentRule(
            slug=ConsentSlug.TRAINING,
            subject="afspraken over de scholing van het personeel",
            whose="de personeelsgeleding van de MR",
            source=f"{_WMS}, artikel 12, eerste lid, onder c",
            confidence=Confidence.B,
        ),
        ConsentRule(
            slug=ConsentSlug.SCHOOL_PLAN,
            subject="het schoolplan",
            whose="de hele MR",
            source=f"{_WMS}, artikel 10, onder b",
            confidence=Confidence.B,
        ),
        ConsentRule(
            slug=ConsentSlug.PROGRESS_BY_NAME,
            subject="zien wie welke cursus heeft gedaan",
            whose="de personeelsgeleding van de MR",
            source=f"{_WMS}, artikel 12, eerste lid, onder n",
            confidence=Confidence.A,
        ),
    )
}


def last_looked_up() -> str:
    """The day on which the least recently seen of these sources was seen: 22 november 2026."""
    return dutch_date(min(rule.unverified_since for rule in CONSENT_RULES.values()))
