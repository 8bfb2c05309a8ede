"""Reading in the people of a school: a look first, then all or nobody, and safe to repeat."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django_scopes import scopes_disabled

from routekaart.access import Access, Forbidden, NotFound, Role
from routekaart.actions.organisation.people import add_employment, end_employment
from routekaart.actions.organisation.people_import import PeopleImport, import_people
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.people_import import MOST_PEOPLE, Outcome
from routekaart.models import (
    Assignment,
    AuditEntry,
    Employment,
    Leave,
    Person,
    RoleGrant,
    School,
    Team,
    TeamMembership,
)
from routekaart.queries.organisation.people_import import people_template
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
from tests.routekaart.actions.assigning.test_team_changes import with_rules

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

TODAY = date(2026, 9, 1)


class Office:
    """A school with a team and somebody who may read in its people."""

    def __init__(self) -> None:
        self.school: School = make_school()
        self.team: Team = make_team(self.school, "Onderbouw")
        self.admin: Person = make_colleague(self.team, Role.SCHOOL_ADMIN)

    def read(
        self, text: str | bytes, *, dry_run: bool = False, shown: str | None = None
    ) -> PeopleImport:
        return import_people(
            by=access_for(self.admin),
            school_id=self.school.pk,
            data=text if isinstance(text, bytes) else text.encode(),
            today=TODAY,
            dry_run=dry_run,
            shown=shown,
        )


def outcomes(found: PeopleImport) -> list[str]:
    return [str(row.outcome) for row in found.rows]


def everything() -> list[Any]:
    with scopes_disabled():
        return [
            sorted(map(str, model._default_manager.values_list()))
            for model in (Person, Employment, RoleGrant, TeamMembership, Leave, AuditEntry)
        ]


LIST = """Naam;E-mail;Rol;Team;Functie;WTF;Werkdagen;Lid sinds;Tot en met;Schoenmaat
Sam;Sam@x.nl;teamleider, MR;Onderbouw;leerkracht;0,8;ma t/m do;1-8-2026;;42
Mo;mo@x.nl;;;;;;;31-12-2026;
"""


class TestAdding:
    def test_first_a_look_then_all_and_then_nothing_more(self) -> None:
        office = Office()
        before = everything()
        look = office.read(LIST, dry_run=True)
        assert everything() == before
        assert (outcomes(look), look.stored, look.is_right) == (["added", "added"], False, True)
        assert look.ignored == ("Schoenmaat",)
        done = office.read(LIST)
        assert (done.rows, done.stored) == (look.rows, True)
        with scopes_disabled():
            sam = Employment.objects.get(person__email="sam@x.nl", school=office.school)
            mo = Employment.objects.get(person__email="mo@x.nl", school=office.school)
            membership = TeamMembership.objects.get(person=sam.person)
            away = [(each.first_day, each.last_day) for each in mo.leaves.all()]
        assert (sam.person.name, sam.functions, sam.fte, sam.working_days) == (
            "Sam",
            ["leerkracht"],
            Decimal("0.800"),
            [1, 2, 3, 4],
        )
        assert not sam.person.has_usable_password()
        assert (membership.team_id, membership.joined_on) == (office.team.pk, date(2026, 8, 1))
        assert (mo.functions, mo.fte, mo.working_days) == ([], Decimal(1), [1, 2, 3, 4, 5])
        assert away == [(date(2027, 1, 1), date(2027, 7, 31))]
        assert roles(office, "sam@x.nl") == ["mr_reader", "team_lead"]
        assert roles(office, "mo@x.nl") == ["member"]
        after = everything()
        again = office.read(LIST)
        assert (outcomes(again), again.stored) == (["unchanged", "unchanged"], True)
        assert everything() == after

    def test_one_line_of_the_log_says_that_it_was_a_list(self) -> None:
        office = Office()
        office.read(LIST)
        with scopes_disabled():
            found = AuditEntry.objects.filter(school=office.school).values_list("action", flat=True)
            assert sorted(found) == [
                "add_employment",
                "add_employment",
                "add_membership",
                "import_people",
            ]

    def test_a_workbook(self) -> None:
        office = Office()
        book = openpyxl.Workbook()
        book.active.append(["e-mail", "naam", "wtf", "sinds", "team"])
        book.active.append(["sam@x.nl", "Sam", 0.8, date(2026, 8, 1), "Onderbouw"])
        saved = io.BytesIO()
        book.save(saved)
        assert outcomes(office.read(saved.getvalue())) == ["added"]
        with scopes_disabled():
            membership = TeamMembership.objects.get(person__email="sam@x.nl")
            assert membership.joined_on == date(2026, 8, 1)
        assert outcomes(office.read(saved.getvalue())) == ["unchanged"]

    def test_who_works_elsewhere_is_as_new_as_anybody_and_keeps_the_own_name(self) -> None:
        office = Office()
        sam = make_person("Samira")
        employ(sam, make_school(), fte=Decimal("0.2"))
        text = f"e-mail;naam\n{sam.email};Sam\nmo@x.nl;Sam\n"
        here, new = office.read(text, dry_run=True).rows
        assert (here.outcome, here.name, here.changes) == (new.outcome, new.name, new.changes)
        office.read(text)
        sam.refresh_from_db()
        assert sam.name == "Samira"
        with scopes_disabled():
            assert sam.employments.get(school=office.school).fte == 1
            assert sam.employments.exclude(school=office.school).get().fte == Decimal("0.2")

    def test_whoever_visits_or_trains_here_keeps_what_there_is(self) -> None:
        office = Office()
        tess = make_person("Tess")
        grant(tess, Role.TRAINER, school=office.school)
        grant(tess, Role.CATALOGUE_MANAGER, school=office.school)
        join(tess, office.team)
        text = f"e-mail;naam;rol;team\n{tess.email};Tess;teamlid;Onderbouw\n"
        assert outcomes(office.read(text)) == ["added"]
        assert roles(office, tess.email) == ["catalogue_manager", "member", "trainer"]
        assert outcomes(office.read(text)) == ["unchanged"]


class TestChanging:
    def test_only_what_the_list_says(self) -> None:
        office = Office()
        sam = make_colleague(office.team, Role.TEAM_LEAD, name="Sam")
        beside = [
            join(make_person(), office.team),
            join(sam, make_team(office.school, "Bovenbouw")),
        ]
        with scopes_disabled():
            mine = sam.employments.get()
            Leave.objects.create(
                employment=mine, first_day=date(2026, 10, 1), last_day=date(2026, 10, 9)
            )
        text = f"e-mail;rol;wtf;sinds;team\n{sam.email};directie;0,5;1-9-2026;Onderbouw\n"
        look = office.read(text, dry_run=True)
        assert [(str(each.column), each.before, each.after) for each in look.rows[0].changes] == [
            ("role", "teamleider", "teamleider en directie"),
            ("fte", "1", "0,5"),
            ("joined", "Onderbouw: 1 augustus 2026", "Onderbouw: 1 september 2026"),
        ]
        assert outcomes(office.read(text)) == ["changed"]
        with scopes_disabled():
            mine.refresh_from_db()
            membership = sam.memberships.get(team=office.team)
            assert mine.leaves.count() == 1
            others = TeamMembership.objects.filter(pk__in=[one.pk for one in beside])
            assert {one.joined_on for one in others} == {date(2026, 8, 1)}
        assert (mine.fte, mine.functions, mine.working_days) == (
            Decimal("0.5"),
            ["leerkracht"],
            [1, 2, 3, 4, 5],
        )
        assert membership.joined_on == date(2026, 9, 1)
        assert roles(office, sam.email) == ["director", "team_lead"]
        assert outcomes(office.read(text)) == ["unchanged"]

    def test_days_functions_and_a_last_day(self) -> None:
        office = Office()
        sam = make_colleague(office.team, name="Sam")
        text = f"e-mail;dagen;functie;t/m\n{sam.email};di;schoolleider;30-11-2026\n"
        assert outcomes(office.read(text)) == ["changed"]
        with scopes_disabled():
            mine = sam.employments.get()
            (away,) = mine.leaves.all()
        assert (mine.working_days, mine.functions) == ([2], ["schoolleider"])
        assert (away.first_day, away.last_day) == (date(2026, 12, 1), date(2027, 7, 31))
        assert outcomes(office.read(text)) == ["unchanged"]

    def test_nobody_goes_who_is_not_in_the_list_or_has_left(self) -> None:
        office = Office()
        make_colleague(office.team, name="Sam")
        mo = make_colleague(office.team, name="Mo")
        before = everything()
        done = office.read(f"e-mail;wtf;tot\n{mo.email};0,5;31-8-2026\n")
        assert (outcomes(done), done.stored) == (["left"], True)
        assert everything() == before

    def test_what_a_team_assigns_by_rule_comes_along(self) -> None:
        stage = with_rules()
        admin = make_colleague(stage.team, Role.SCHOOL_ADMIN)
        import_people(
            by=access_for(admin),
            school_id=stage.school.pk,
            data=b"e-mail;naam;functie;team\nsam@x.nl;Sam;kleuterleerkracht;Onderbouw\n",
            today=TODAY,
            dry_run=False,
        )
        with scopes_disabled():
            assert Assignment.objects.filter(person__email="sam@x.nl").count() == 3


class TestRefusing:
    def test_one_wrong_row_and_nobody_is_read_in(self) -> None:
        office = Office()
        before = everything()
        text = f"{LIST}Bo;bo@x.nl;baas;Middenbouw;;veel\n"
        for dry_run in (True, False):
            found = office.read(text, dry_run=dry_run)
            assert (outcomes(found), found.stored) == (["added", "added", "wrong"], False)
            assert [(each.line, each.column) for each in found.rows[2].problems] == [
                (4, "Rol"),
                (4, "Team"),
                (4, "WTF"),
            ]
            assert (found.count(Outcome.WRONG), found.is_right) == (1, False)
        assert everything() == before

    def test_what_goes_wrong_halfway_leaves_nobody(self) -> None:
        office = Office()
        before = everything()
        admin = access_for(office.admin)
        with pytest.raises(NotFound):
            import_people(
                by=WithoutTeams(person=admin.person, roles=admin.roles, teams=admin.teams),
                school_id=office.school.pk,
                data=LIST.encode(),
                today=TODAY,
                dry_run=False,
            )
        assert everything() == before

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"naam\nSam\n", "columns_missing"),
            (b"e-mail\n" + b"x\n" * (MOST_PEOPLE + 1), "too_many_rows"),
            (b"PK", "unreadable_table"),
            (b"", "columns_missing"),
        ],
    )
    def test_what_is_no_list(self, data: bytes, code: str) -> None:
        with pytest.raises(BadInput) as wrong:
            Office().read(data)
        assert (wrong.value.field, wrong.value.code) == ("file", code)

    def test_as_long_as_a_list_may_be(self) -> None:
        assert len(Office().read(b"e-mail\n" + b"x\n" * MOST_PEOPLE).rows) == MOST_PEOPLE

    def test_only_for_who_manages_people(self) -> None:
        office = Office()
        lead = make_colleague(office.team, Role.TEAM_LEAD)
        stranger = make_colleague(make_team(), Role.SCHOOL_ADMIN)
        for person, refusal in ((lead, Forbidden), (stranger, NotFound)):
            for dry_run in (True, False):
                with pytest.raises(refusal):
                    import_people(
                        by=access_for(person),
                        school_id=office.school.pk,
                        data=LIST.encode(),
                        today=TODAY,
                        dry_run=dry_run,
                    )
            with pytest.raises(refusal):
                people_template(by=access_for(person), school_id=office.school.pk)


class TestWhatWasShown:
    def test_what_was_seen_is_what_is_stored(self) -> None:
        office = Office()
        look = office.read(LIST, dry_run=True)
        assert office.read(LIST, shown=look.sign).rows == look.rows
        # Once more has nothing to do, and is no conflict.
        after = everything()
        assert office.read(LIST, shown=look.sign).stored
        assert everything() == after

    def test_a_row_that_is_refused_is_named(self) -> None:
        """The look cannot tell: it would say what the school may not know of an account."""
        office = Office()
        for _ in range(3):
            employment = add_employment(
                by=access_for(office.admin),
                school_id=office.school.pk,
                email="nina@school.test",
                name="Nina",
                roles=[],
                functions=[],
                fte=Decimal(1),
                working_days=[0],
                weekly_study_minutes=None,
            )
            end_employment(by=access_for(office.admin), employment_id=employment.pk)
        text = "e-mail;naam\nnoor@school.test;Noor\nnina@school.test;Nina\n"
        assert office.read(text, dry_run=True).is_right
        before = everything()
        with pytest.raises(Conflict) as refused:
            office.read(text)
        assert refused.value.code == "invited_too_often"
        assert refused.value.message == (
            "Regel 3 (nina@school.test): Deze medewerker kreeg het afgelopen uur al 3 "
            "uitnodigingen. Probeer het later weer."
        )
        assert everything() == before

    @pytest.mark.parametrize("change", ["somebody", "team", "list"])
    def test_a_world_that_changed_meanwhile_is_a_conflict(self, change: str) -> None:
        office = Office()
        sam = make_colleague(office.team, name="Sam")
        text = f"e-mail;wtf;team\n{sam.email};0,5;Onderbouw\n"
        look = office.read(text, dry_run=True)
        with scopes_disabled():
            if change == "somebody":
                sam.employments.update(fte=Decimal("0.9"))
            elif change == "team":
                sam.memberships.all().delete()
        before = everything()
        with pytest.raises(Conflict) as changed:
            office.read(text.replace("0,5", "0,6") if change == "list" else text, shown=look.sign)
        assert changed.value.code == "list_changed"
        assert everything() == before

    def test_what_others_do_elsewhere_is_no_conflict(self) -> None:
        office = Office()
        look = office.read(LIST, dry_run=True)
        make_colleague(office.team, name="Mo")
        employ(make_person("Bo"), make_school())
        assert office.read(LIST, shown=look.sign).stored


class TestTemplate:
    def test_it_can_be_filled_in(self) -> None:
        office = Office()
        made = people_template(by=access_for(office.admin), school_id=office.school.pk)
        example = [office.school.brin, "robin.voorbeeld@school.example", "Robin Voorbeeld"]
        example += ["teamlid", "Onderbouw", "leerkracht", "0,8", "ma, di, do, vr", "01-08-2026", ""]
        assert made.decode("utf-8-sig").splitlines() == [
            "schoolcode;e-mail;naam;rol;team;functie;wtf;werkdagen;in team sinds;tot en met",
            ";".join(example),
        ]
        # The example is nobody.
        assert office.read(made).rows == ()
        assert outcomes(office.read(made.replace(b"robin.voorbeeld@", b"sam@"))) == ["added"]

    def test_without_a_team(self) -> None:
        office = Office()
        with scopes_disabled():
            office.team.delete()
        made = people_template(by=access_for(office.admin), school_id=office.school.pk)
        assert ";teamlid;;leerkracht;" in made.decode("utf-8-sig")


class WithoutTeams(Access):
    """Somebody for whom the teams are gone by the time that they are needed."""

    __slots__ = ()

    def fetch(self, model: Any, pk: Any, permission: Any, **options: Any) -> Any:
        if model is Team:
            raise NotFound("Team")
        return Access.fetch(self, model, pk, permission, **options)


def roles(office: Office, email: str) -> list[str]:
    found = RoleGrant.objects.filter(person__email=email, school=office.school)
    return sorted(found.values_list("role", flat=True))
