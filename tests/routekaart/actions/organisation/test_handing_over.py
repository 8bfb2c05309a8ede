"""A role goes from one person to another, with what hangs on it."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Access, Forbidden, NotFound, Permission, Role, access_of
from routekaart.actions.organisation.handing_over import hand_over_grant, hand_over_role
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.roles import GOES_ALONG, SCHOOL_GIVES
from routekaart.models import (
    Agreement,
    AuditEntry,
    BlockPerson,
    Job,
    Person,
    ProgrammeBlock,
    RoleGrant,
    StudyDay,
    TeamMembership,
)
from routekaart.models.jobs import JobKind, JobState
from routekaart.queries.organisation.duties import role_to_hand_over
from tests.makers import (
    access_for,
    employ,
    grant,
    join,
    make_colleague,
    make_person,
    make_school,
    make_team,
)
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


class Office:
    """A school with a running year, an admin, and a colleague who takes over."""

    def __init__(self, stage: Stage | None = None) -> None:
        self.stage = stage or Stage().running()
        self.school = self.stage.school
        self.admin = make_colleague(self.stage.team, Role.SCHOOL_ADMIN)
        self.taker = make_person("Nel Nieuw")
        employ(self.taker, self.school)

    @property
    def by(self) -> Access:
        return access_for(self.admin)

    def hand_over(self, role: Role, holder: Person, taker: Person | None = None) -> None:
        hand_over_role(
            by=self.by,
            school_id=self.school.pk,
            role=role,
            holder_id=holder.pk,
            taker_id=(taker or self.taker).pk,
        )

    def roles(self, person: Person) -> list[str]:
        found = RoleGrant.objects.filter(person=person, school=self.school)
        return sorted(found.values_list("role", flat=True))

    def agreement(self, owner: Person, state: str = "open") -> Agreement:
        with scopes_disabled():
            return Agreement.objects.create(
                routekaart=self.stage.routekaart,
                what="Elke les een exit-ticket.",
                owner=owner,
                due_on=TODAY,
                check_on=TODAY + timedelta(days=30),
                state=state,
            )

    def block(self, leader: Person) -> ProgrammeBlock:
        with scopes_disabled():
            block = ProgrammeBlock.objects.create(
                study_day=self.stage.study_day,
                starts_at=time(8, 30),
                minutes=60,
                kind="opening",
                title="Start",
            )
            BlockPerson.objects.create(block=block, person=leader, leads=True)
        return block

    def job(self, person: Person, state: JobState, **values: object) -> Job:
        return Job.objects.create(
            school=self.school, kind=JobKind.DOCUMENT, state=state, requested_by=person, **values
        )


@pytest.fixture
def _open() -> Iterator[None]:
    with scopes_disabled():
        yield


@pytest.mark.usefixtures("_open")
def test_a_team_lead_is_followed_up_with_all_that_runs() -> None:
    office = Office()
    lead, stage = office.stage.lead, office.stage
    other = make_team(office.school, "Bovenbouw")
    join(lead, other)
    open_one, kept = office.agreement(lead), office.agreement(lead, "done")
    of_member = office.agreement(stage.member)
    block = office.block(lead)
    waiting = office.job(lead, JobState.QUEUED)
    made = office.job(lead, JobState.DONE)
    private = office.job(lead, JobState.QUEUED, private=True)

    shown = role_to_hand_over(
        by=office.by, school_id=office.school.pk, person_id=lead.pk, role=Role.TEAM_LEAD
    )
    assert (shown.teams, shown.agreements, shown.study_days, shown.documents) == (
        ("Bovenbouw", "Onderbouw"),
        1,
        1,
        1,
    )
    assert (office.taker.pk, "Nel Nieuw") in shown.takers
    assert lead.pk not in dict(shown.takers)

    for _ in range(2):
        office.hand_over(Role.TEAM_LEAD, lead)

    assert (office.roles(lead), office.roles(office.taker)) == (["member"], ["team_lead"])
    for team in (stage.team, other):
        members = set(TeamMembership.objects.filter(team=team).values_list("person", flat=True))
        assert {lead.pk, office.taker.pk} <= members
    owners = [Agreement.objects.get(pk=one.pk).owner_id for one in (open_one, kept, of_member)]
    assert owners == [office.taker.pk, lead.pk, stage.member.pk]
    (leader,) = BlockPerson.objects.filter(block=block)
    assert (leader.person_id, leader.leads) == (office.taker.pk, True)
    assert StudyDay.objects.get(pk=stage.study_day.pk).programme_revision == 1
    asked = [Job.objects.get(pk=one.pk).requested_by_id for one in (waiting, made, private)]
    assert asked == [office.taker.pk, lead.pk, lead.pk]
    # The next step of the team is for the new one, and for the old one no longer.
    for person, may in ((office.taker, True), (lead, False)):
        access = access_of(person)
        assert may is access.allows(
            Permission.SUBMIT_ROUTEKAART, school=office.school.pk, team=stage.team.pk
        )
    rows = AuditEntry.objects.filter(action__in=("hand_over_role", "take_over_role"))
    assert sorted(rows.values_list("action", "person", "object_id")) == [
        ("hand_over_role", office.admin.pk, str(lead.pk)),
        ("take_over_role", office.admin.pk, str(office.taker.pk)),
    ]


@pytest.mark.usefixtures("_open")
def test_a_trainer_hands_over_the_days_to_come_and_none_that_are_over() -> None:
    office = Office()
    trainer, day = office.stage.trainer, office.stage.study_day
    StudyDay.objects.filter(pk=day.pk).update(trainer=trainer)
    block = office.block(trainer)
    BlockPerson.objects.create(block=block, person=office.taker)
    closed = StudyDay.objects.create(
        routekaart=office.stage.routekaart,
        date=date(2026, 9, 2),
        starts_at=time(8, 30),
        minutes=420,
        state="closed",
        trainer=trainer,
    )

    office.hand_over(Role.TRAINER, trainer)

    assert (office.roles(trainer), office.roles(office.taker)) == ([], ["trainer"])
    trainers = [StudyDay.objects.get(pk=one.pk).trainer_id for one in (day, closed)]
    assert trainers == [office.taker.pk, trainer.pk]
    # Who takes part already is there once, and leads.
    (leader,) = BlockPerson.objects.filter(block=block)
    assert (leader.person_id, leader.leads) == (office.taker.pk, True)
    # Nobody is put in a team for it.
    assert not TeamMembership.objects.filter(person=office.taker).exists()
    # What the trainer could reach is gone at once.
    assert access_of(trainer).schools == ()


@pytest.mark.usefixtures("_open")
def test_the_last_admin_goes_by_handing_over_and_in_no_other_way() -> None:
    office = Office()
    office.hand_over(Role.SCHOOL_ADMIN, office.admin)
    assert office.roles(office.taker) == ["school_admin"]
    assert not access_of(office.admin).allows(Permission.MANAGE_PEOPLE, school=office.school.pk)


@pytest.mark.usefixtures("_open")
def test_an_admin_for_a_time_cannot_be_the_only_one() -> None:
    office = Office()
    second = make_colleague(office.stage.team, Role.SCHOOL_ADMIN)
    RoleGrant.objects.filter(person=office.admin).update(ends_on=date(2099, 7, 31))
    # The only lasting one goes to somebody who may stay: the role itself changes hands.
    office.hand_over(Role.SCHOOL_ADMIN, second)
    assert office.roles(office.taker) == ["school_admin"]
    RoleGrant.objects.filter(person=office.taker).update(starts_on=date(2099, 1, 1))
    with pytest.raises(Conflict) as refused:
        office.hand_over(Role.SCHOOL_ADMIN, office.admin, second)
    assert refused.value.code == "last_school_admin"


@pytest.mark.usefixtures("_open")
def test_of_two_grants_the_longest_time_remains() -> None:
    office = Office()
    director = office.stage.director
    days = {"starts_on": date(2026, 8, 1), "ends_on": date(2099, 7, 31)}
    RoleGrant.objects.filter(person=director).update(**days)
    grant(office.taker, Role.DIRECTOR, school=office.school)
    RoleGrant.objects.filter(person=office.taker).update(
        starts_on=date(2026, 9, 1), ends_on=date(2099, 8, 31)
    )
    office.hand_over(Role.DIRECTOR, director)
    found = RoleGrant.objects.get(role=Role.DIRECTOR, school=office.school)
    assert (found.person_id, found.starts_on, found.ends_on) == (
        office.taker.pk,
        date(2026, 8, 1),
        date(2099, 8, 31),
    )


@pytest.mark.usefixtures("_open")
def test_what_is_refused_changes_nothing() -> None:
    office = Office()
    lead, stranger = office.stage.lead, make_person("Vreemd")
    gone = make_colleague(office.stage.team, Role.MEMBER)
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    for role, holder, taker, code in (
        (Role.MEMBER, office.stage.member, office.taker, "role_stays"),
        (Role.BOARD, lead, office.taker, "role_stays"),
        (Role.TEAM_LEAD, lead, lead, "same_person"),
        (Role.TEAM_LEAD, lead, stranger, "not_at_this_school"),
        (Role.TEAM_LEAD, lead, gone, "not_at_this_school"),
    ):
        with pytest.raises(BadInput) as refused:
            office.hand_over(role, holder, taker)
        assert refused.value.code == code
    with pytest.raises(Conflict) as conflict:
        office.hand_over(Role.DIRECTOR, lead)
    assert conflict.value.code == "not_the_holder"
    assert office.roles(lead) == ["team_lead"]
    assert office.roles(office.taker) == []


@pytest.mark.usefixtures("_open")
def test_who_may_not() -> None:
    office = Office()
    elsewhere = make_colleague(make_team(), Role.SCHOOL_ADMIN)
    for person, error in ((office.stage.director, Forbidden), (elsewhere, NotFound)):
        with pytest.raises(error):
            hand_over_role(
                by=access_for(person),
                school_id=office.school.pk,
                role=Role.TRAINER,
                holder_id=office.stage.trainer.pk,
                taker_id=office.taker.pk,
            )
        with pytest.raises(error):
            role_to_hand_over(
                by=access_for(person),
                school_id=office.school.pk,
                person_id=office.stage.trainer.pk,
                role=Role.TRAINER,
            )
    with pytest.raises(NotFound):
        role_to_hand_over(
            by=office.by,
            school_id=office.school.pk,
            person_id=office.stage.member.pk,
            role=Role.MEMBER,
        )


def test_every_role_that_a_school_gives_says_what_goes_along() -> None:
    assert set(GOES_ALONG) == set(SCHOOL_GIVES) - {Role.MEMBER}


@pytest.mark.usefixtures("_open")
def test_the_same_role_at_another_school_stays_where_it_is() -> None:
    office = Office(Stage())
    lead, elsewhere = office.stage.lead, make_school()
    for person in (lead, office.taker):
        grant(person, Role.TEAM_LEAD, school=elsewhere)
    held = RoleGrant.objects.get(person=lead, school=office.school)
    taken = hand_over_grant(by=office.by, grant_id=held.pk, taker_id=office.taker.pk)
    assert (taken.school_id, taken.person_id) == (office.school.pk, office.taker.pk)
    there = RoleGrant.objects.filter(school=elsewhere, role=Role.TEAM_LEAD)
    assert set(there.values_list("person", flat=True)) == {lead.pk, office.taker.pk}


@pytest.mark.usefixtures("_open")
def test_what_others_do_on_a_study_day_stays_theirs() -> None:
    office = Office(Stage().filled())
    stage = office.stage
    mine, theirs = office.block(stage.lead), office.block(stage.trainer)
    BlockPerson.objects.create(block=mine, person=stage.member)
    office.hand_over(Role.TEAM_LEAD, stage.lead)
    rows = BlockPerson.objects.values_list("block", "person", "leads")
    assert set(rows) == {
        (mine.pk, office.taker.pk, True),
        (mine.pk, stage.member.pk, False),
        (theirs.pk, stage.trainer.pk, True),
    }


@pytest.mark.usefixtures("_open")
def test_who_is_in_no_team_of_the_school_does_not_become_a_member_there() -> None:
    office, elsewhere = Office(Stage()), make_team()
    grant(office.admin, Role.SCHOOL_ADMIN, school=elsewhere.school)
    holder = make_person()
    grant(holder, Role.TEAM_LEAD, school=office.school)
    join(holder, elsewhere)
    office.hand_over(Role.TEAM_LEAD, holder)
    assert (office.roles(holder), office.roles(office.taker)) == ([], ["team_lead"])
