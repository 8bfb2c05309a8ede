"""One scan as its page shows it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from courses.catalogue import current_catalogue
from routekaart.access import Access, Permission
from routekaart.domain.scan_kinds import ScanFrame, scan_frame
from routekaart.models import Scan
from routekaart.queries.routekaarten.scans import ScanResults, scan_detail, scan_results


@dataclass(frozen=True, slots=True)
class ScanInHand:
    """`results` is None while the scan is open."""

    scan: Scan
    frame: ScanFrame
    answers: bool
    closes: bool
    results: ScanResults | None


def scan_in_hand(*, by: Access, scan_id: UUID) -> ScanInHand:
    """One scan, with what the reader may do."""
    marks: Any = by.fetch(Scan, scan_id, Permission.VIEW_SCAN)
    scan = scan_detail(by=by, scan_id=scan_id)

    def may(permission: Permission) -> bool:
        return by.allows(permission, school=marks.access_school, team=marks.access_team)

    return ScanInHand(
        scan=scan,
        frame=scan_frame(current_catalogue(), scan.kind),
        answers=may(Permission.ANSWER_SCAN),
        closes=may(Permission.OPEN_SCAN),
        results=scan_results(by=by, scan_id=scan_id) if scan.closed_on else None,
    )
