"""Packages for who joined later or was ill, over HTTP."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from routekaart import clock
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.routekaarten.routekaart_shapes import SchoolYearLabel
from routekaart.api.shapes import Id, Reply, problems
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.lifecycle import AGREEMENT
from routekaart.models import Agreement, TeamMembership
from routekaart.queries.study_day.latecomers import (
    LatecomerDay,
    LatecomerPackage,
    latecomer_package,
    latecomers_of,
    package_of,
)

router = Router(tags=["Later instappen"])
# Under a name of its own, for a reply that has a field `date`.
_MaybeDay = date | None


class LatecomerPage(Page):
    """`school_year`: the present one when it is left out. `mine`: only my own package."""

    school_year: SchoolYearLabel | None = None
    mine: bool = False


class CourseToFollowReply(Reply):
    course: str
    title: str
    minutes: int
    address: str = Field(description="Leeg: de school heeft nog geen adres ingevuld.")


class AnsweredTopic(Reply):
    title: str
    answer: str
    goal: UUID | None


class DayAgreement(Reply):
    id: UUID
    what: str
    owner_name: str | None
    work_group_name: str | None
    whole_team: bool
    due_on: date
    state: str
    state_label: str


class DayPackageReply(Reply):
    """A study day for somebody who missed it (`behind`) or is yet to take part.

    `deadline`, `follow_up_on` and `evaluation_on` are named while they are ahead.
    """

    study_day: UUID
    date: date
    title: str
    behind: bool
    preparation: list[CourseToFollowReply]
    deadline: _MaybeDay
    outcome: str
    topics: list[AnsweredTopic]
    agreements: list[DayAgreement]
    follow_up_on: _MaybeDay
    evaluation_on: _MaybeDay


class LatecomerReply(Reply):
    membership: UUID
    person: UUID
    person_name: str
    joined_on: date
    missed: list[DayPackageReply]
    coming: list[DayPackageReply]


def _agreement(agreement: Agreement) -> DayAgreement:
    return DayAgreement(
        id=agreement.pk,
        what=agreement.what,
        owner_name=agreement.owner.name if agreement.owner else None,
        work_group_name=agreement.work_group.name if agreement.work_group else None,
        whole_team=agreement.whole_team,
        due_on=agreement.due_on,
        state=agreement.state,
        state_label=AGREEMENT.words[agreement.state],
    )


def _day(found: LatecomerDay) -> DayPackageReply:
    return DayPackageReply(
        study_day=found.row.pk,
        date=found.row.date,
        title=found.row.title,
        behind=found.package.behind,
        preparation=[
            CourseToFollowReply(
                course=one.slug, title=one.title, minutes=one.minutes, address=one.address
            )
            for one in found.courses
        ],
        deadline=found.package.deadline,
        outcome=found.row.outcome,
        topics=[
            AnsweredTopic(title=topic.title, answer=topic.answer, goal=topic.goal_id)
            for topic in found.topics
        ],
        agreements=[_agreement(one) for one in found.agreements],
        follow_up_on=found.package.follow_up_on,
        evaluation_on=found.package.evaluation_on,
    )


def _package(found: LatecomerPackage) -> LatecomerReply:
    membership = found.membership
    marks: Any = membership
    return LatecomerReply(
        membership=membership.pk,
        person=membership.person_id,
        person_name=marks.called,
        joined_on=membership.joined_on,
        missed=[_day(one) for one in found.missed],
        coming=[_day(one) for one in found.coming],
    )


@router.get(
    "/teams/{team_id}/latecomer-packages",
    response={200: Listed[LatecomerReply], **problems(403, 404)},
    operation_id="list_latecomer_packages",
    summary="Wie later instapte, en wat er is in te halen",
    description="Van wie na een studiedag bij het team kwam. Zonder iemands notities of voortgang.",
)
def list_latecomer_packages(
    request: SignedInRequest, team_id: Id, page: Query[LatecomerPage]
) -> Any:
    by, today = request.auth, clock.today()
    year = SchoolYear.parse(page.school_year) if page.school_year else SchoolYear.containing(today)
    with by.entered():
        rows, of_team = latecomers_of(
            by=by, team_id=team_id, school_year=year.start, mine=page.mine, today=today
        )
        if of_team is None:
            return {"items": [], "count": 0}

        def shown(membership: TeamMembership) -> LatecomerReply:
            return _package(package_of(membership, of_team))

        return paged(rows, page, shown)


@router.get(
    "/study-days/{study_day_id}/latecomer-package",
    response={200: DayPackageReply, **problems(403, 404)},
    operation_id="get_latecomer_package",
    summary="Een studiedag inhalen, bijvoorbeeld na ziekte",
    description="De voorbereiding is die voor de eigen functies.",
)
def get_latecomer_package(request: SignedInRequest, study_day_id: Id) -> Any:
    by = request.auth
    with by.entered():
        return _day(latecomer_package(by=by, study_day_id=study_day_id, today=clock.today()))
