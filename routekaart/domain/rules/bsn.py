"""The citizen service number (BSN): it must not end up in a routekaart (S13)."""

import re
from collections.abc import Mapping

from courses.findings import Finding, Severity
from routekaart.domain.rules.view import RoutekaartView

# Nine digits, bare or in one of the ways people write them: 123456782, 1234.56.782, 123 456 782.
_NINE_DIGITS = re.compile(
    r"(?<![0-9])"
    r"(?:[0-9]{9}|[0-9]{4}[. -][0-9]{2}[. -][0-9]{3}|[0-9]{3}(?:[. -][0-9]{3}){2})"
    r"(?![0-9])"
)
BSN_WARNING = (
    "In deze tekst staat een getal dat een burgerservicenummer kan zijn. Haal het weg: "
    "hier horen geen gegevens van leerlingen of collega's."
)
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passes_bsn_test(number: str) -> bool:
    """Whether nine digits pass the eleven-test for a BSN. Anything else but nine digits fails."""
    if len(number) != 9 or not (number.isascii() and number.isdigit()) or number == "0" * 9:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=True))
    return total % 11 == 0


def holds_bsn(text: str) -> bool:
    """Whether a free text holds a number that may be a BSN."""
    return any(
        passes_bsn_test("".join(digit for digit in found if digit.isdigit()))
        for found in _NINE_DIGITS.findall(text)
    )


def bsn_findings(view: RoutekaartView) -> list[Finding]:
    """A warning per field. The number itself is never repeated."""
    return [
        _warning(written.field, goal) for written, goal in view.written() if holds_bsn(written.text)
    ]


def _warning(field: str, goal: str | None) -> Finding:
    return Finding(
        "bsn_in_text",
        Severity.WARNING,
        BSN_WARNING,
        goal=goal,
        field=field,
    )


def bsn_in_texts(texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """A warning for each of these texts, by the name of its field, that may hold a BSN."""
    return tuple(_warning(field, None) for field, text in texts.items() if holds_bsn(text))
