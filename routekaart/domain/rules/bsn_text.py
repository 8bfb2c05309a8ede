"""The warning about a citizen service number for text that is stored outside the routekaart."""

from collections.abc import Mapping

from courses.findings import Finding, Severity
from routekaart.domain.rules.bsn import BSN_WARNING, holds_bsn


def bsn_in_texts(texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """A warning per field that may hold a BSN. The number itself is never repeated."""
    return tuple(
        Finding(
            "bsn_in_text",
            Severity.WARNING,
            BSN_WARNING,
            field=field,
        )
        for field, text in texts.items()
        if holds_bsn(text)
    )
