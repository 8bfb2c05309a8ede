"""What deserves a look in the texts of a desk; it never blocks."""

from collections.abc import Iterable

from courses.findings import Finding, Severity
from routekaart.domain.advice_desk.changes import CourseNote, DeskChange
from routekaart.domain.rules import holds_bsn


def desk_findings(changes: Iterable[DeskChange]) -> tuple[Finding, ...]:
    """Texts that hold what may be the number of a citizen; the field is `changes.N`."""
    return tuple(
        Finding(
            "bsn_in_text",
            Severity.WARNING,
            "In deze tekst staat een getal dat een burgerservicenummer kan zijn. Haal het "
            "weg: hier horen geen gegevens van leerlingen of collega's.",
            course=change.course,
            field=f"changes.{number}",
        )
        for number, change in enumerate(changes)
        if holds_bsn(change.text if isinstance(change, CourseNote) else change.reason)
    )
