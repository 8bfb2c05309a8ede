"""Reading scans: only of enough people together, and only once a scan is closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from courses.catalogue import current_catalogue
from routekaart.access import Access, Permission
from routekaart.domain.scan_kinds import ScanFrame, ScanQuestion, scan_frame, scan_frames
from routekaart.domain.scan_results import ScanTaken, YearOfTrend, averages, lowest, trend
from routekaart.models import ChosenIntervention, Scan, ScanParticipation, Team


@dataclass(frozen=True, slots=True)
class ScanResults:
    """`averages` and `lowest` are None and empty while a scan is open or too few answered."""

    scan: Scan
    frame: ScanFrame
    answers: int
    averages: Mapping[str, Decimal] | None
    lowest: tuple[ScanQuestion, ...]
    trend: tuple[YearOfTrend, ...]


@dataclass(frozen=True, slots=True)
class ScansOfKind:
    """The scans of a team of one kind, newest first. `can_open`: the kind is for this team, and
    none of it is open now."""

    frame: ScanFrame
    scans: Sequence[Scan]
    can_open: bool


def scans_of(*, by: Access, team_id: UUID) -> QuerySet[Scan]:
    """The scans of a team, newest first, with how many answered and whether `by` did."""
    by.fetch(Team, team_id, Permission.VIEW_SCAN)
    with by.entered():
        return _counted(Scan.objects.filter(team=team_id), by)


def scans_by_kind(*, by: Access, team_id: UUID) -> tuple[ScansOfKind, ...]:
    """Every kind that is for this team, or of which it has a scan."""
    found = scans_of(by=by, team_id=team_id)
    with by.entered():
        scans, chosen = list(found), interventions_chosen_by(team_id)
    kinds = []
    for frame in scan_frames(current_catalogue()):
        own = [scan for scan in scans if scan.kind == frame.kind]
        fits = frame.is_for(chosen)
        if own or fits:
            is_open = any(scan.closed_on is None for scan in own)
            kinds.append(ScansOfKind(frame, own, can_open=fits and not is_open))
    return tuple(kinds)


def interventions_chosen_by(team_id: UUID) -> frozenset[str]:
    """What a team chose in any year: a scan may look back on an earlier one (assumption).

    Call inside a scope that reaches its school.
    """
    chosen = ChosenIntervention.objects.filter(routekaart__team=team_id)
    return frozenset(chosen.values_list("intervention_id", flat=True))


def scan_detail(*, by: Access, scan_id: UUID) -> Scan:
    """One scan with how many answered and whether `by` did."""
    by.fetch(Scan, scan_id, Permission.VIEW_SCAN)
    with by.entered():
        return _counted(Scan.objects.filter(pk=scan_id), by).get()


def _counted(scans: "QuerySet[Scan]", by: Access) -> "QuerySet[Scan]":
    mine = ScanParticipation.objects.filter(scan=OuterRef("pk"), person=by.person)
    found = scans.annotate(answer_count=Count("answers"), answered=Exists(mine))
    # Said again: grouping leaves out the order of the model.
    return found.order_by("-opened_on", "id")


def scan_results(*, by: Access, scan_id: UUID) -> ScanResults:
    """What a scan says of the team, and how that goes from year to year."""
    scan = by.fetch(Scan, scan_id, Permission.VIEW_SCAN)
    frame = scan_frame(current_catalogue(), scan.kind)
    slugs = [question.slug for question in frame.questions]
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
        frame=frame,
        answers=count,
        averages=found,
        lowest=tuple(question for question in frame.questions if question.slug in weakest),
        trend=trend(slugs, taken),
    )
