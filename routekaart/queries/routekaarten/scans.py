"""Reading scans: only of enough people together, and only once a scan is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from courses.catalogue import current_catalogue
from courses.entities import PlgTrait
from routekaart.access import Access, Permission
from routekaart.domain.scan_results import ScanTaken, YearOfTrend, averages, lowest, trend
from routekaart.models import Scan, ScanParticipation, Team


@dataclass(frozen=True, slots=True)
class ScanResults:
    """`averages` and `lowest` are None and empty while a scan is open or too few answered."""

    scan: Scan
    answers: int
    traits: tuple[PlgTrait, ...]
    averages: Mapping[str, Decimal] | None
    lowest: tuple[PlgTrait, ...]
    trend: tuple[YearOfTrend, ...]


def scans_of(*, by: Access, team_id: UUID) -> QuerySet[Scan]:
    """The scans of a team, newest first, with how many answered and whether `by` did."""
    by.fetch(Team, team_id, Permission.VIEW_SCAN)
    with by.entered():
        return _counted(Scan.objects.filter(team=team_id), by)


def scan_detail(*, by: Access, scan_id: UUID) -> Scan:
    """One scan with how many answered and whether `by` did."""
    by.fetch(Scan, scan_id, Permission.VIEW_SCAN)
    with by.entered():
        return _counted(Scan.objects.filter(pk=scan_id), by).get()


def _counted(scans: "QuerySet[Scan]", by: Access) -> "QuerySet[Scan]":
    mine = ScanParticipation.objects.filter(scan=OuterRef("pk"), person=by.person)
    return scans.annotate(answer_count=Count("answers"), answered=Exists(mine))


def scan_results(*, by: Access, scan_id: UUID) -> ScanResults:
    """What a scan says of the team, and how that goes from year to year."""
    scan = by.fetch(Scan, scan_id, Permission.VIEW_SCAN)
    traits = current_catalogue().plg.traits
    slugs = [trait.slug for trait in traits]
    with by.entered():
        count = scan.answers.count()
        # While it is open, two looks around one answer would give that answer away.
        closed = scan.closed_on is not None
        scores = list(scan.answers.values_list("scores", flat=True)) if closed else []
        taken = [
            ScanTaken(
                each.school_year,
                each.closed_on,
                tuple(answer.scores for answer in each.answers.all()),
            )
            for each in Scan.objects.filter(team=scan.team_id, kind=scan.kind)
            .exclude(closed_on=None)
            .prefetch_related("answers")
            if each.closed_on is not None
        ]
    found = averages(slugs, scores)
    weakest = lowest(found or {})
    return ScanResults(
        scan=scan,
        answers=count,
        traits=traits,
        averages=found,
        lowest=tuple(trait for trait in traits if trait.slug in weakest),
        trend=trend(slugs, taken),
    )
