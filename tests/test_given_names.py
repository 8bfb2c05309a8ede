"""An account that never came is called as the school did in what the school reads of its people."""

import pytest
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.actions.organisation.people import end_employment
from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.personal_data import TABLES
from routekaart.models import AssignmentBatch, AuditEntry, Employment, FrozenPlan, Person, Plan
from routekaart.queries.documents.content import ALONG, scholingsplan_input
from routekaart.queries.documents.frozen import input_from_bytes
from routekaart.queries.privacy.rows import model_of
from routekaart.storage import Storage
from tests.elsewhere import about_nothing, about_something
from tests.makers import (
    access_for,
    client_for,
    employ,
    join,
    make_colleague,
    make_person,
)
from tests.matrix_world import World
from tests.routekaart.web.test_every_place import Asking
from tests.stages import Stage

OWN, GIVEN = "Zebedeus Eigennaam", "Anja Anders"
OWN_EMAIL, GIVEN_EMAIL = "zebedeus.prive@thuis.test", "anja@school.test"
ROLES = {"member", "team_lead", "trainer", "director", "school_admin"}
# What somebody is put in by name, or did; others read it.
CALLED = """
    cancel_lesson_visit cancel_mail change_agreement change_lesson_visit change_plg_cycle
    change_plg_meeting check_agreement confirm_group_completion create_lesson_visits
    create_plg_meeting get_agreement get_carry_over get_completion get_latecomer_package
    get_lesson_visit get_note get_plg_cycle get_plg_meeting hold_lesson_visit list_agreements
    list_assignments list_batch_mails list_document_recipients list_group_completions
    list_lesson_visits list_mails list_micro_steps list_notes list_plan_hours list_plg_cycles
    list_work_groups note_group_completion override_completion reopen_plg_meeting retry_mail
    skip_plg_meeting start_plg_cycle
    cancel_mail_batch get_mail_batch list_assignment_batches list_history list_mail_batches
    release_mail_batch retry_mail_batch
    documents:jobs documents:mail_batch documents:person_plan documents:send office:log
    preparing:assigned preparing:programme preparing:topics preparing:work_groups route:hours
    week:add_agreement week:add_plg week:add_visit week:agreement week:agreements week:missed
    week:notes week:plg week:plgs week:study_day week:visit
    office:word_templates preparing:batches route:advice route:plan trainer:versions week:week
"""


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_no_other_answer_tells_the_own_name(settings: Settings) -> None:
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    world = World(Storage(settings.STORAGE_DIR), later=("next_door", "sibling", "stranger"))
    member = world.places["own"].stage.member.pk
    Person.objects.filter(pk=member).update(name=OWN, email=OWN_EMAIL)
    with scopes_disabled():
        Employment.objects.filter(person=member).update(given_name=GIVEN, given_email=GIVEN_EMAIL)
        for table in TABLES.values():
            # Who had a browser open when the school added them, works on without signing in.
            did = dict.fromkeys(table.of_doers(), member)
            if did:
                model_of(table)._default_manager.update(**did)
    asking = Asking(world)
    told, called, told_address, typed = set(), set(), set(), set()
    for name, role, answer in [*about_something(world, asking), *about_nothing(world, asking)]:
        if role in ROLES:
            text = answer()[1].decode(errors="replace")
            told.update([name] if OWN in text else [])
            called.update([name] if GIVEN in text else [])
            told_address.update([name] if OWN_EMAIL in text else [])
            typed.update([name] if GIVEN_EMAIL in text else [])
    assert called >= set(CALLED.split())
    assert told == set()
    assert told_address == set()
    assert typed >= {"get_employment", "list_employments", "office:people", "office:person"}


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_nor_does_what_stays_of_who_is_let_go_without_having_come(settings: Settings) -> None:
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    world = World(Storage(settings.STORAGE_DIR), later=("next_door", "sibling", "stranger"))
    stage = world.places["own"].stage
    member = stage.member.pk
    Person.objects.filter(pk=member).update(name=OWN, email=OWN_EMAIL)
    with scopes_disabled():
        AuditEntry.objects.filter(person=member).update(person=None)
        employment = Employment.objects.get(person=member)
        employment.given_name, employment.given_email = GIVEN, GIVEN_EMAIL
        employment.save()
    admin = access_for(make_colleague(stage.team, Role.SCHOOL_ADMIN))
    end_employment(by=admin, employment_id=employment.pk)
    asking = Asking(world)
    told, called = set(), set()
    for name, role, answer in [*about_something(world, asking), *about_nothing(world, asking)]:
        if role in ROLES:
            text = answer()[1].decode(errors="replace")
            told.update([name] if OWN in text or OWN_EMAIL in text else [])
            called.update([name] if GIVEN in text else [])
    assert told == set()
    assert called >= {"get_lesson_visit", "list_mails", "list_plan_hours", "week:visit"}


def names_in(given: ScholingsplanInput) -> list[str]:
    return [member.name for member in given.members]


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_what_an_approved_plan_keeps_has_the_own_name_and_its_documents_the_given_one() -> None:
    stage = Stage()
    Person.objects.filter(pk=stage.member.pk).update(name=OWN)
    with scopes_disabled():
        Employment.objects.filter(person=stage.member).update(given_name=GIVEN)
    stage.approved()

    def printed() -> list[str]:
        with scopes_disabled():
            plan = Plan.objects.select_related(*ALONG).latest("version")
        return names_in(
            scholingsplan_input(plan=plan, schools=(stage.school.pk,), with_persons=True)
        )

    with scopes_disabled():
        kept = names_in(input_from_bytes(bytes(FrozenPlan.objects.get().content)))
    # An erasure looks for that one.
    assert kept == ["Lies Leider", OWN]
    assert printed() == [GIVEN, "Lies Leider"]
    with scopes_disabled():
        Employment.objects.filter(person=stage.member).update(given_name="")
    assert printed() == kept


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_what_is_stored_with_an_assignment_has_neither() -> None:
    stage = Stage().planned()
    person = make_person(OWN)
    employ(person, stage.school, given_name=GIVEN)
    join(person, stage.team)
    answer = client_for(stage.lead).call(
        "post",
        f"/routekaarten/{stage.routekaart.pk}/assignment-batches",
        {
            "courses": [
                {
                    "course": "complimenten-geven-en-corrigeren",
                    "goals": [str(stage.goal.pk)],
                }
            ],
            "target": {"kind": "person", "persons": [str(person.pk)]},
            "mandatory": False,
            "reason": "Past bij dit doel.",
        },
    )
    assert answer.status_code == 201, answer.json()
    with scopes_disabled():
        label = AssignmentBatch.objects.latest("made_at").title
    assert "een nieuwe collega" in label
    assert (OWN in label, GIVEN in label) == (False, False)
