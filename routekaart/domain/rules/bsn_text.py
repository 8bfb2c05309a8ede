"""The warning about a citizen service number for text that is stored outside the routekaart."""

from collections.abc import Mapping

from courses.findings import Finding, Severity
from routekaart.domain.rules.bsn import holds_bsn


def bsn_in_texts(texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """A warning per field that may hold a BSN. The number itself is never repeated."""
    return tuple(
        Finding(
            "bsn_in_text",
            Severity.WARNING,
            "In deze tekst staat een getal dat een burgerservicenummer kan zijn. Haal het weg: "
            "hier horen geen gegevens van leerlingen of collega's.",
            field=field,
        )
        for field, text in texts.items()
        if holds_bsn(text)
    )
