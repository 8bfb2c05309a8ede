"""Who reaches what, and the net that stays shut outside a scope."""

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, ProtectedError, Q
from django_scopes import scopes_disabled
from django_scopes.exceptions import ScopeError

from routekaart.access import (
    ADOPTED,
    OWN_WORK,
    PATHS,
    ROLE_PERMISSIONS,
    STEP_PERMISSIONS,
    TEAM_BOUND,
    UNSCOPED_MODELS,
    Forbidden,
    NotFound,
    Permission,
    Role,
    access_of,
    school_scope,
)
from routekaart.actions.organisation.tokens import issue_token
from routekaart.clock import now
from routekaart.domain.lifecycle import MACHINES
from routekaart.models import (
    Employment,
    Goal,
    Invitation,
    Job,
    Mail,
    RoleGrant,
    Routekaart,
    School,
    Team,
    TeamMembership,
)
from routekaart.models.jobs import JobKind
from routekaart.models.scoped import ScopedManager
from tests.makers import (
    access_for,
    employ,
    grant,
    join,
    make_board,
    make_colleague,
    make_person,
    make_routekaart,
    make_school,
    make_team,
)
from tests.stages import Stage

P = Permission
pytestmark = pytest.mark.django_db

# Every table of the app, join tables that Django makes by itself included.
TABLES: list[type[Model]] = sorted(
    apps.get_app_config("routekaart").get_models(include_auto_created=True),
    key=lambda model: model.__name__,
)
TENANT_TABLES = [model for model in TABLES if model.__name__ not in UNSCOPED_MODELS]


@contextmanager
def unknown_roles_allowed() -> Iterator[None]:
    """Lifts the check on roles, as if a newer version of the table stood here."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
        else:
            # Taken back with the transaction of the test. PostgreSQL changes no table while
            # references to it wait to be checked.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE routekaart_rolegrant DROP CONSTRAINT role_is_known")
            yield


def name_of(model: Any) -> str:
    return str(model.__name__)


class TestRoles:
    def test_every_step_by_hand_has_its_right(self) -> None:
        assert {
            name: {action for action, step in machine.steps.items() if not step.by_worker}
            for name, machine in MACHINES.items()
        } == {name: set(steps) for name, steps in STEP_PERMISSIONS.items()}

    def test_what_every_role_may_do(self) -> None:
        reader = {
            "view_school",
            "view_team",
            "view_routekaart",
            "view_plan",
            "view_document",
            "view_progress",
        }
        companion = {
            "view_people",
            "view_assignments",
            "view_notes",
            "view_plg",
            "view_scan",
            "view_agreements",
            "edit_agreements",
            "view_history",
        }
        member = (
            reader
            | companion
            | {
                "edit_routekaart",
                "report_progress",
                "write_notes",
                "run_plg",
                "answer_scan",
                "evaluate",
            }
        )
        guide = {
            "assign",
            "view_all_assignments",
            "make_plan",
            "make_document",
            "send_document",
            "edit_work_groups",
            "record_progress",
            "prepare_day",
            "open_scan",
            "view_mail",
            "release_mail",
        }
        assert {
            role.value: {str(p) for p in given} for role, given in ROLE_PERMISSIONS.items()
        } == {
            "member": member,
            "team_lead": member
            | guide
            | {"submit_routekaart", "accept_advice", "record_agreement", "request_quote"},
            "trainer": reader | companion | guide | {"advise", "add_courses"},
            "director": reader
            | {
                "view_people",
                "manage_teams",
                "keep_budgets",
                "approve",
                "make_document",
                "send_document",
                "request_quote",
                "view_plg",
                "view_scan",
                "view_agreements",
                "view_mail",
                "release_mail",
                "view_history",
            },
            "board": reader | {"make_document", "send_document"},
            "mr_reader": {"view_school", "view_team", "view_plan", "view_document"},
            "school_admin": {
                "view_school",
                "edit_school",
                "view_team",
                "manage_teams",
                "view_people",
                "manage_people",
                "keep_budgets",
                "request_quote",
            },
            "catalogue_manager": {"view_school", "edit_courses", "add_courses"},
        }

    def test_every_role_has_permissions(self) -> None:
        assert set(ROLE_PERMISSIONS) == set(Role)

    def test_an_unknown_role_cannot_be_stored(self) -> None:
        person, school = make_person(), make_school()
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(person=person, role="keizer", school=school)

    def test_a_role_that_a_newer_version_stored_gives_nothing(self) -> None:
        team = make_team()
        person = make_colleague(team, Role.MEMBER)
        with unknown_roles_allowed():
            RoleGrant.objects.create(person=person, role="keizer", school=team.school)
            RoleGrant.objects.create(person=person, role="keizer", board=make_board())
        assert access_of(person).roles == {team.school.pk: frozenset({Role.MEMBER})}

    def test_every_permission_is_given_to_somebody(self) -> None:
        given = frozenset[Permission]().union(*ROLE_PERMISSIONS.values())
        assert given == frozenset(Permission)

    def test_only_members_and_leads_are_bound_to_their_teams(self) -> None:
        assert frozenset({Role.MEMBER, Role.TEAM_LEAD}) == TEAM_BOUND

    @pytest.mark.parametrize("role", Role)
    def test_a_role_gives_exactly_its_permissions_at_its_school(self, role: Role) -> None:
        team = make_team()
        elsewhere = make_school(team.school.board) if role is not Role.BOARD else make_school()
        access = access_for(make_colleague(team, role))
        here = {p for p in Permission if access.allows(p, school=team.school_id, team=team.pk)}
        there = {p for p in Permission if access.allows(p, school=elsewhere.pk)}
        assert (here, there) == (set(ROLE_PERMISSIONS[role]), set())

    @pytest.mark.parametrize("role", Role)
    def test_a_team_bound_role_gives_nothing_for_another_team(self, role: Role) -> None:
        team = make_team()
        other = make_team(team.school, "Bovenbouw")
        access = access_for(make_colleague(team, role))
        there = {p for p in Permission if access.allows(p, school=team.school_id, team=other.pk)}
        assert there == (set() if role in TEAM_BOUND else set(ROLE_PERMISSIONS[role]))

    def test_a_board_role_reaches_every_school_of_that_board_and_no_other(self) -> None:
        board = make_board()
        first, second = make_school(board, "Een"), make_school(board, "Twee")
        make_school(make_board(), "Vreemd")
        person = make_person()
        grant(person, Role.BOARD, board=board)
        access = access_for(person)
        assert set(access.schools) == {first.pk, second.pk}
        for school in (first, second):
            assert access.allows(P.MAKE_DOCUMENT, school=school.pk)
            assert not access.allows(P.APPROVE, school=school.pk)

    def test_who_never_came_to_a_school_that_asks_two_steps_does_not_reach_it_yet(self) -> None:
        asks, home = make_team(make_school(second_factor_required=True)), make_team()
        new, colleague = make_person(), make_colleague(asks)
        for person, team in ((new, asks), (new, home)):
            grant(person, Role.MEMBER, school=team.school)
            join(person, team)
        with school_scope([asks.school_id]):
            Invitation.objects.create(
                employment=employ(new, asks.school), sent_at=now(), expires_at=now()
            )
        # Only that person, and only that school.
        assert access_for(new).teams == {home.pk}
        assert access_for(new).schools == (home.school_id,)
        assert access_for(colleague).teams == {asks.pk}
        assert access_for(colleague).schools == (asks.school_id,)

    def test_roles_at_one_school_add_up_and_stay_at_that_school(self) -> None:
        here, there = make_school(), make_school()
        person = make_person()
        grant(person, Role.TRAINER, school=here)
        grant(person, Role.DIRECTOR, school=here)
        grant(person, Role.MR_READER, school=there)
        access = access_for(person)
        assert access.roles == {
            here.pk: frozenset({Role.TRAINER, Role.DIRECTOR}),
            there.pk: frozenset({Role.MR_READER}),
        }
        assert access.allows(P.APPROVE, school=here.pk)
        assert not access.allows(P.APPROVE, school=there.pk)

    @pytest.mark.parametrize("role", [role for role in Role if role not in TEAM_BOUND])
    def test_who_is_in_a_team_does_the_own_courses_there_with_any_role(self, role: Role) -> None:
        team = make_team()
        other = make_team(team.school, "Bovenbouw")
        person = make_colleague(team, role)
        join(person, team)
        access = access_for(person)
        given = set(ROLE_PERMISSIONS[role])
        here, there, anywhere = (
            {p for p in Permission if access.allows(p, school=team.school_id, team=pk)}
            for pk in (team.pk, other.pk, None)
        )
        assert (here, there, anywhere) == (given | OWN_WORK, given, given | OWN_WORK)
        assert {
            p for p in Permission if access.allows_everywhere(p, school=team.school_id)
        } == given

    def test_a_team_at_one_school_gives_nothing_at_another(self) -> None:
        team, elsewhere = make_team(), make_team()
        person = make_colleague(team, Role.DIRECTOR)
        grant(person, Role.DIRECTOR, school=elsewhere.school)
        join(person, team)
        access = access_for(person)
        assert access.allows(P.REPORT_PROGRESS, school=team.school_id)
        assert not access.allows(P.REPORT_PROGRESS, school=elsewhere.school_id)

    def test_a_membership_without_a_role_gives_nothing(self) -> None:
        team = make_team()
        person = make_person()
        employ(person, team.school)
        join(person, team)
        access = access_for(person)
        assert (access.schools, access.teams) == ((), frozenset({team.pk}))
        with pytest.raises(NotFound):
            access.fetch(Team, team.pk, P.VIEW_TEAM)


def test_what_somebody_reaches_is_asked_in_one_query(django_assert_num_queries: Any) -> None:
    board = make_board()
    schools = {make_school(board, name).pk for name in ("De Eik", "De Es")}
    person = make_person()
    team = make_team(make_school(board, "De Iep"))
    grant(person, Role.BOARD, board=board)
    grant(person, Role.MEMBER, school=team.school)
    # A board that has no school yet.
    grant(person, Role.BOARD, board=make_board("Nog leeg"))
    join(person, team)
    with django_assert_num_queries(1):
        found = access_of(person)
    assert found.roles == {
        **dict.fromkeys(schools, frozenset({Role.BOARD})),
        team.school_id: frozenset({Role.BOARD, Role.MEMBER}),
    }
    assert found.teams == frozenset({team.pk})
    assert found.team_schools == frozenset({team.school_id})


class TestTokens:
    def test_a_token_narrows_to_its_schools(self) -> None:
        first, second = make_school(), make_school()
        person = make_person()
        for school in (first, second):
            grant(person, Role.TRAINER, school=school)
        token, _ = issue_token(person, "smal", [first])
        wide, _ = issue_token(person, "breed")
        assert access_of(person, token).schools == (first.pk,)
        assert set(access_of(person, wide).schools) == {first.pk, second.pk}

    def test_a_token_never_gives_what_its_person_has_not(self) -> None:
        mine, other = make_school(), make_school()
        person = make_person()
        grant(person, Role.TRAINER, school=mine)
        token, _ = issue_token(person, "vreemd", [other])
        assert access_of(person, token).roles == {}

    def test_a_token_narrows_a_board_role_too(self) -> None:
        board = make_board()
        first, _second = make_school(board, "Een"), make_school(board, "Twee")
        person = make_person()
        grant(person, Role.BOARD, board=board)
        token, _ = issue_token(person, "smal", [first])
        assert access_of(person, token).schools == (first.pk,)

    def test_a_school_that_narrows_a_token_cannot_go_away(self) -> None:
        # Without its row the token would reach every school of the person.
        school = make_school()
        issue_token(make_person(), "smal", [school])
        with scopes_disabled(), pytest.raises(ProtectedError):
            school.delete()


class TestFetch:
    def test_a_stranger_finds_nothing(self) -> None:
        routekaart = make_routekaart()
        stranger = access_for(make_colleague(make_team(), Role.TEAM_LEAD))
        with pytest.raises(NotFound):
            stranger.fetch(Routekaart, routekaart.pk, P.VIEW_ROUTEKAART)

    def test_what_does_not_exist_is_not_found_either(self) -> None:
        lead = access_for(make_colleague(make_team(), Role.TEAM_LEAD))
        with pytest.raises(NotFound):
            lead.fetch(Routekaart, uuid4(), P.VIEW_ROUTEKAART)

    def test_a_reader_who_writes_is_refused(self) -> None:
        routekaart = make_routekaart()
        with scopes_disabled():
            reader = access_for(make_colleague(routekaart.team, Role.BOARD))
        assert reader.fetch(Routekaart, routekaart.pk, P.VIEW_ROUTEKAART) == routekaart
        with pytest.raises(Forbidden):
            reader.fetch(Routekaart, routekaart.pk, P.EDIT_ROUTEKAART)

    def test_of_several_those_that_it_would_give(self, django_assert_num_queries: Any) -> None:
        here, beside, elsewhere = make_routekaart(), make_routekaart(), make_routekaart()
        person = make_person()
        grant(person, Role.DIRECTOR, school=here.team.school)
        grant(person, Role.BOARD, school=beside.team.school)
        by = access_of(person)
        ids = [here.pk, beside.pk, elsewhere.pk, uuid4()]
        with django_assert_num_queries(1):
            seen = by.fetch_those(Routekaart, ids, P.VIEW_ROUTEKAART)
        assert seen == {here.pk: here, beside.pk: beside}
        assert by.fetch_those(Routekaart, ids, P.APPROVE) == {here.pk: here}

    def test_what_was_fetched_can_be_asked_for_more(self) -> None:
        routekaart = make_routekaart()
        trainer = make_person()
        grant(trainer, Role.TRAINER, school=routekaart.team.school)
        by = access_of(trainer)
        found = by.fetch(Routekaart, routekaart.pk, Permission.VIEW_ROUTEKAART)
        by.require(found, Permission.MAKE_PLAN)
        with pytest.raises(Forbidden):
            by.require(found, Permission.APPROVE)

    def test_a_colleague_of_another_team_finds_nothing(self) -> None:
        team = make_team()
        routekaart = make_routekaart(make_team(team.school, "Bovenbouw"))
        lead = access_for(make_colleague(team, Role.TEAM_LEAD))
        with pytest.raises(NotFound):
            lead.fetch(Routekaart, routekaart.pk, P.VIEW_ROUTEKAART)

    def test_reading_by_one_role_gives_no_writing_by_a_team_role_elsewhere(self) -> None:
        team = make_team()
        other = make_routekaart(make_team(team.school, "Bovenbouw"))
        person = make_colleague(team, Role.TEAM_LEAD)
        grant(person, Role.BOARD, school=team.school)
        access = access_for(person)
        assert access.fetch(Routekaart, other.pk, P.VIEW_ROUTEKAART) == other
        with pytest.raises(Forbidden):
            access.fetch(Routekaart, other.pk, P.SUBMIT_ROUTEKAART)

    def test_a_team_role_does_not_reach_an_object_without_a_team(self) -> None:
        team = make_team()
        person = make_colleague(team, Role.TEAM_LEAD)
        job = Job.objects.create(school=team.school, kind=JobKind.DOCUMENT)
        with pytest.raises(NotFound):
            access_for(person).fetch(Job, job.pk, P.VIEW_DOCUMENT)
        grant(person, Role.BOARD, school=team.school)
        assert access_for(person).fetch(Job, job.pk, P.VIEW_DOCUMENT) == job
        with pytest.raises(Forbidden):
            access_for(person).fetch(Job, job.pk, P.ASSIGN)

    def test_the_admin_sees_a_team_but_not_its_routekaart(self) -> None:
        routekaart = make_routekaart()
        with scopes_disabled():
            team = routekaart.team
            admin = access_for(make_colleague(team, Role.SCHOOL_ADMIN))
        assert admin.fetch(Team, team.pk, P.MANAGE_TEAMS) == team
        with pytest.raises(NotFound):
            admin.fetch(Routekaart, routekaart.pk, P.VIEW_ROUTEKAART)
        with pytest.raises(Forbidden):
            admin.fetch(Team, team.pk, P.VIEW_ROUTEKAART)

    def test_whoever_reaches_no_school_finds_nothing(self) -> None:
        school = make_school()
        nobody = access_for(make_person())
        with pytest.raises(NotFound):
            nobody.fetch(School, school.pk, P.VIEW_SCHOOL)
        with nobody.entered():
            assert list(School.objects.all()) == []

    def test_everything_that_is_fetched_has_a_path(self) -> None:
        fetched = {
            node.args[0].id
            for file in Path(settings.BASE_DIR, "routekaart").rglob("*.py")
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "fetch"
            and node.args
            and isinstance(node.args[0], ast.Name)
        }
        assert {"Routekaart", "Goal", "StudyDay", "Assignment", "Plan", "Team"} <= fetched
        assert fetched <= {model.__name__ for model in PATHS}

    @pytest.mark.parametrize("model", PATHS, ids=name_of)
    def test_every_path_ends_at_the_school_of_the_net(self, model: type[Model]) -> None:
        if model.__name__ in UNSCOPED_MODELS:
            assert model in {Job, Mail, RoleGrant}
            return
        manager: Any = model._default_manager
        ends = {"pk": "id"}.get(manager.school, f"{manager.school}_id")
        assert PATHS[model].school == ends

    @pytest.mark.usefixtures("catalogue")
    def test_the_filter_shows_exactly_what_may_be_seen(self) -> None:
        """For every role and kind of object, in a school with three teams and a strange one."""
        stage = Stage().planned()
        Stage(stage.school, "Middenbouw").planned()
        Stage(stage.school, "Bovenbouw").approved()
        Stage().planned()
        for role in Role:
            access = access_for(make_colleague(stage.team, role))
            for model, path in PATHS.items():
                with scopes_disabled():
                    rows = model._default_manager.values_list(
                        "pk", path.school, path.team or path.school
                    )
                    what = ADOPTED.get(model, Q(pk__in=[]))
                    adopted = set(model._default_manager.filter(what).values_list("pk", flat=True))
                    expected = {
                        pk
                        for pk, school, team in rows
                        if access.allows(path.view, school=school, team=team if path.team else None)
                        and (
                            path.team is None
                            or pk in adopted
                            or not access.only_adopted(path.view, school=school, team=team)
                        )
                    }
                with access.entered():
                    seen = model._default_manager.filter(access.visible(model))
                    assert set(seen.values_list("pk", flat=True)) == expected, (role, model)


# --- The net -------------------------------------------------------------------------------------
USES: dict[str, Callable[[Any], object]] = {
    "all": lambda objects: list(objects.all()),
    "filter": lambda objects: objects.filter(pk=None),
    "exclude, exists": lambda objects: objects.exclude(pk=None).exists(),
    "exists": lambda objects: objects.exists(),
    "count": lambda objects: objects.count(),
    "first": lambda objects: objects.first(),
    "in_bulk": lambda objects: objects.in_bulk(),
    "values": lambda objects: objects.values("pk"),
    "select_related": lambda objects: objects.select_related(),
    "update": lambda objects: objects.update(pk=None),
    "delete": lambda objects: objects.all().delete(),
    "create": lambda objects: objects.create(),
    "bulk_create": lambda objects: objects.bulk_create([]),
}


class TestNet:
    def test_the_list_of_tables_outside_it_names_real_tables(self) -> None:
        assert {model.__name__ for model in TABLES} >= UNSCOPED_MODELS

    @pytest.mark.parametrize("model", TENANT_TABLES, ids=name_of)
    def test_every_tenant_table_refuses_outside_a_scope(self, model: type[Model]) -> None:
        for use in USES.values():
            with pytest.raises(ScopeError):
                use(model._default_manager)

    @pytest.mark.parametrize("model", TENANT_TABLES, ids=name_of)
    def test_the_net_of_every_tenant_table_ends_at_a_school(self, model: type[Model]) -> None:
        manager = model._default_manager
        assert isinstance(manager, ScopedManager)
        reached: Any = model
        for part in manager.school.split("__"):
            if part == "pk":
                continue
            reached = reached._meta.get_field(part).related_model
        assert reached is School

    def test_nothing_is_allowed_anywhere(self) -> None:
        assert list(Team.objects.none()) == []

    def test_inside_a_scope_only_its_schools_are_there(self) -> None:
        first, second, third = make_team(), make_team(), make_team()
        for team in (first, second, third):
            make_routekaart(team)
        with school_scope([first.school_id, third.school_id]):
            assert {team.pk for team in Team.objects.all()} == {first.pk, third.pk}
            assert Routekaart.objects.filter(team=second).count() == 0
            assert Routekaart.objects.count() == 2

    def test_relations_stay_inside_the_scope(self) -> None:
        here, there = make_team(), make_team()
        person = make_person()
        for team in (here, there):
            employ(person, team.school)
            join(person, team)
        with school_scope([here.school_id]):
            assert [row.school_id for row in person.employments.all()] == [here.school_id]
            assert [row.team_id for row in person.memberships.all()] == [here.pk]
            [loaded] = type(person).objects.filter(pk=person.pk).prefetch_related("employments")
            assert [row.school_id for row in loaded.employments.all()] == [here.school_id]

    def test_an_empty_scope_is_refused(self) -> None:
        with pytest.raises(NotFound), school_scope([]):
            pass

    def test_the_scope_is_left_when_the_body_raises(self) -> None:
        team = make_team()
        with pytest.raises(ZeroDivisionError), school_scope([team.school_id]):
            raise ZeroDivisionError
        with pytest.raises(ScopeError):
            Team.objects.count()


def rows_of(school: School) -> dict[str, list[dict[str, Any]]]:
    """Everything that lies in the net of one school."""
    with school_scope([school.pk]):
        return {
            model.__name__: list(model._default_manager.order_by("pk").values())
            for model in TENANT_TABLES
        }


@pytest.mark.usefixtures("catalogue")
def test_whoever_works_at_two_schools_writes_at_one() -> None:
    """The whole main job at one school leaves every row of the other as it was, both ways."""
    here, there = Stage(), Stage()
    for person, role in (
        (here.lead, Role.TEAM_LEAD),
        (here.trainer, Role.TRAINER),
        (here.director, Role.DIRECTOR),
    ):
        grant(person, role, school=there.school)
    employ(here.lead, there.school, ("schoolleider",), weekly_study_minutes=5)
    join(here.lead, there.team)
    there.lead, there.trainer, there.director = here.lead, here.trainer, here.director
    for busy, quiet in ((here, there), (there, here)):
        before = rows_of(quiet.school)
        busy.approved()
        assert rows_of(quiet.school) == before
        assert {row["person_id"] for row in rows_of(busy.school)["AuditEntry"]} == {
            here.lead.pk,
            here.trainer.pk,
            here.director.pk,
        }


@pytest.mark.usefixtures("catalogue")
def test_a_goal_of_another_school_cannot_be_reached() -> None:
    mine, theirs = Stage().filled(), Stage().filled()
    with pytest.raises(NotFound):
        mine.as_lead.fetch(Goal, theirs.goal.pk, P.EDIT_ROUTEKAART)
    with pytest.raises(NotFound):
        mine.as_lead.fetch(Employment, theirs.team.pk, P.MANAGE_PEOPLE)
    with mine.as_lead.entered():
        assert TeamMembership.objects.filter(team=theirs.team).exists() is False
