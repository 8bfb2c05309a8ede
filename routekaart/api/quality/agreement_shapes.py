"""Bodies and answers about agreements."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from courses.findings import Finding
from routekaart.api.paging import Page
from routekaart.api.shapes import (
    Day,
    FilledText,
    FindingReply,
    Id,
    LongText,
    Reply,
    Shape,
    finding_reply,
)
from routekaart.domain.lifecycle import AGREEMENT
from routekaart.domain.rules.bsn import bsn_in_texts
from routekaart.domain.rules.readability import readability_in_texts
from routekaart.models import Agreement, AgreementCheck
from routekaart.queries.quality.agreements import AgreementFilter

StateName = Literal["open", "done", "dropped"]


class AgreementPage(Page):
    """`coming_back`: only what waits to be looked at today. `due_before`: due before that day."""

    state: StateName | None = None
    due_before: Day | None = None
    coming_back: bool = False

    def wanted(self, today: date) -> AgreementFilter:
        return AgreementFilter(
            state=self.state,
            due_before=self.due_before,
            coming_back_on=today if self.coming_back else None,
        )


class TeamAgreementPage(AgreementPage):
    """`mine`: what is mine to keep, alone, with a work group or with the whole team."""

    study_day: Id | None = None
    plg_meeting: Id | None = None
    goal: Id | None = None
    mine: bool = False

    def wanted(self, today: date) -> AgreementFilter:
        return AgreementFilter(
            state=self.state,
            due_before=self.due_before,
            coming_back_on=today if self.coming_back else None,
            study_day=self.study_day,
            plg_meeting=self.plg_meeting,
            goal=self.goal,
            mine=self.mine,
        )


class NewAgreement(Shape):
    """What, who, by when. Exactly one of `owner`, `work_group` and `whole_team`.

    `check_on`: when the team looks back; left out: when it is due, or at the follow-up of the
    study day when that is later.
    """

    what: FilledText
    owner: Id | None = None
    work_group: Id | None = None
    whole_team: bool = False
    due_on: Day
    check_on: Day | None = None
    study_day: Id | None = None
    plg_meeting: Id | None = None
    goal: Id | None = None


class AgreementChanges(Shape):
    """What changes; a field that is left out stays as it is.

    Null empties `study_day`, `plg_meeting` and `goal`. Naming an owner replaces the old one.
    """

    what: FilledText | None = None
    owner: Id | None = None
    work_group: Id | None = None
    whole_team: bool | None = None
    due_on: Day | None = None
    check_on: Day | None = None
    study_day: Id | None = None
    plg_meeting: Id | None = None
    goal: Id | None = None


class NewCheck(Shape):
    """What came of it. `keep` needs `back_on`, `drop` needs a `note` that says why."""

    step: Literal["keep", "finish", "drop", "reopen"]
    note: LongText = ""
    back_on: Day | None = None


class CheckReply(Reply):
    checked_on: date
    step: str
    note: str
    back_on: date | None
    checked_by: UUID | None
    checked_by_name: str | None
    checked_at: datetime


class AgreementReply(Reply):
    id: UUID
    routekaart: UUID
    what: str
    owner: UUID | None
    owner_name: str | None
    work_group: UUID | None
    work_group_name: str | None
    whole_team: bool
    due_on: date
    check_on: date
    study_day: UUID | None
    plg_meeting: UUID | None
    goal: UUID | None
    state: str
    state_label: str
    reason: str
    checks: list[CheckReply]
    findings: list[FindingReply] = Field(
        description="Waarschuwingen over de tekst, en bij één afspraak ook over de dag waarop "
        "jullie terugkijken. De afspraak is opgeslagen, wat er ook staat."
    )


def _check_reply(check: AgreementCheck) -> CheckReply:
    return CheckReply(
        checked_on=check.checked_on,
        step=check.step,
        note=check.note,
        back_on=check.back_on,
        checked_by=check.checked_by_id,
        checked_by_name=check.checked_by.name if check.checked_by else None,
        checked_at=check.checked_at,
    )


def agreement_reply(agreement: Agreement, about_dates: tuple[Finding, ...] = ()) -> AgreementReply:
    """`about_dates`: what there is to say of the day on which it comes back."""
    checks = list(agreement.checks.all())
    texts = {"what": agreement.what, "note": "\n".join(check.note for check in checks)}
    return AgreementReply(
        id=agreement.pk,
        routekaart=agreement.routekaart_id,
        what=agreement.what,
        owner=agreement.owner_id,
        owner_name=agreement.owner.name if agreement.owner else None,
        work_group=agreement.work_group_id,
        work_group_name=agreement.work_group.name if agreement.work_group else None,
        whole_team=agreement.whole_team,
        due_on=agreement.due_on,
        check_on=agreement.check_on,
        study_day=agreement.study_day_id,
        plg_meeting=agreement.plg_meeting_id,
        goal=agreement.goal_id,
        state=agreement.state,
        state_label=AGREEMENT.words[agreement.state],
        reason=agreement.reason,
        checks=[_check_reply(check) for check in checks],
        findings=[
            finding_reply(finding)
            for finding in (
                *about_dates,
                *bsn_in_texts(texts),
                *readability_in_texts({"what": agreement.what}),
            )
        ],
    )
