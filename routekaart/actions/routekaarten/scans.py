"""Scans of a team. Who answered what, or when, is written down nowhere."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from courses.catalogue import current_catalogue
from routekaart.access import Access, Permission
from routekaart.actions.audit import record
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.scan_kinds import ScanFrame, scan_frame
from routekaart.models import Scan, ScanAnswer, ScanParticipation, Team
from routekaart.queries.routekaarten.scans import interventions_chosen_by


def open_scan(*, by: Access, team_id: UUID, kind: str, today: date) -> Scan:
    """A scan that the team can answer.

    Raises `Conflict`: `scan_open` while there is one of this kind, `not_chosen` when it belongs
    to an intervention that the team never chose.
    """
    team = by.fetch(Team, team_id, Permission.OPEN_SCAN)
    frame = scan_frame(current_catalogue(), kind)
    with transaction.atomic(), by.entered():
        if not frame.is_for(interventions_chosen_by(team.pk)):
            raise Conflict(
                "Deze scan hoort bij een interventie die jullie niet kozen. "
                "Kies die eerst in jullie routekaart.",
                code="not_chosen",
            )
        try:
            with transaction.atomic():
                scan = Scan.objects.create(
                    team=team,
                    kind=frame.kind,
                    school_year=SchoolYear.containing(today).start,
                    opened_on=today,
                )
        except IntegrityError:
            raise Conflict(
                "Er staat al zo’n scan open voor dit team. Sluit die eerst.", code="scan_open"
            ) from None
        record(by=by, school=team.school_id, action="open_scan", subject=scan)
    return scan


def answer_scan(*, by: Access, scan_id: UUID, scores: Mapping[str, int]) -> None:
    """The scores of `by`, per question. Once only.

    No row in the log: that would say who answered when, and the order of answers would then say
    what. That somebody answered stands in the participation, without a time.
    """
    kind = by.fetch(Scan, scan_id, Permission.ANSWER_SCAN).kind
    _check_scores(scan_frame(current_catalogue(), kind), scores)
    with transaction.atomic(), by.entered():
        scan = Scan.objects.select_for_update(of=("self",), no_key=True).get(pk=scan_id)
        if scan.closed_on is not None:
            raise Conflict(
                "Deze scan is gesloten. Vraag je teamleider of trainer om een nieuwe.",
                code="wrong_state",
            )
        try:
            with transaction.atomic():
                ScanParticipation.objects.create(scan=scan, person=by.person)
        except IntegrityError:
            raise Conflict(
                "Je hebt deze scan al ingevuld. Wijzigen kan niet: je antwoord is anoniem.",
                code="already_answered",
            ) from None
        ScanAnswer.objects.create(scan=scan, scores=dict(scores))


def close_scan(*, by: Access, scan_id: UUID, today: date) -> None:
    """No more answers: from now on the results can be seen. A repeat changes nothing."""
    by.fetch(Scan, scan_id, Permission.OPEN_SCAN)
    with transaction.atomic(), by.entered():
        scan = (
            Scan.objects.select_for_update(of=("self",), no_key=True)
            .select_related("team")
            .get(pk=scan_id)
        )
        if scan.closed_on is not None:
            return
        scan.closed_on = today
        scan.save(update_fields=["closed_on"])
        record(by=by, school=scan.team.school_id, action="close_scan", subject=scan)


def _check_scores(frame: ScanFrame, scores: Mapping[str, int]) -> None:
    titles = frame.titles()
    if set(scores) - set(titles):
        raise BadInput(
            "scores",
            f"Dit {frame.item} bestaat niet. Kies uit de {frame.items} van deze scan.",
            code="unknown_question",
        )
    for slug, title in titles.items():
        if slug not in scores:
            raise BadInput(
                "scores", f"‘{title}’ heeft nog geen score. Vul alles in.", code="no_score"
            )
