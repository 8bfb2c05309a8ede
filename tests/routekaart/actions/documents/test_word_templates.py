"""Handing in a school's own template, using one, and taking one away."""

from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django_scopes import scopes_disabled

from routekaart.access import Access, Forbidden, NotFound, Role
from routekaart.actions.documents import word_templates as actions
from routekaart.actions.documents.word_templates import (
    MOST_TEMPLATES,
    UnusableTemplate,
    activate_template,
    deactivate_template,
    remove_template,
    upload_template,
)
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import AuditEntry, Document, Job, School, WordTemplate
from routekaart.models.jobs import JobKind, JobState
from routekaart.queries.documents.word_templates import (
    checked_template,
    template_bytes,
    template_file,
    template_for,
    template_in_use,
    templates_of,
)
from routekaart.storage import Storage
from tests.makers import access_for, grant, make_colleague, make_school, make_team
from tests.matrix_world import make_place
from tests.word_files import word_file

pytestmark = pytest.mark.django_db
GOOD = word_file("{{ team }}")


class Office:
    """Who runs a school."""

    def __init__(self, school: School | None = None) -> None:
        self.school = school or make_school()
        self.by: Access = access_for(
            make_colleague(make_team(self.school, "Beheer"), Role.SCHOOL_ADMIN)
        )

    def upload(self, data: bytes = GOOD, name: str = "Huisstijl") -> WordTemplate:
        return upload_template(by=self.by, school_id=self.school.pk, name=name, data=data)[0]

    def in_use(self) -> UUID | None:
        with scopes_disabled():
            found = template_in_use(school_id=self.school.pk)
        return found.pk if found else None

    def actions(self) -> list[str]:
        with scopes_disabled():
            rows = AuditEntry.objects.filter(school=self.school, action__contains="word_template")
            return list(rows.order_by("pk").values_list("action", flat=True))


def test_a_template_is_stored_and_not_used_yet() -> None:
    office = Office()
    made, new = upload_template(
        by=office.by, school_id=office.school.pk, name="  Onze   huisstijl ", data=GOOD
    )
    assert new
    assert (made.name, made.version, made.active) == ("Onze huisstijl", 1, False)
    assert (made.uploaded_by, made.size) == (office.by.person, len(GOOD))
    assert template_bytes(made) == GOOD
    assert office.in_use() is None
    assert office.actions() == ["upload_word_template"]
    assert checked_template(by=office.by, template_id=made.pk).check.is_usable


def test_the_same_file_again_is_the_same_version() -> None:
    office = Office()
    first = office.upload()
    again, new = upload_template(by=office.by, school_id=office.school.pk, name="Anders", data=GOOD)
    assert (again.pk, again.name, new) == (first.pk, "Huisstijl", False)
    assert office.upload(word_file("{{ school }}")).version == 2
    assert office.actions() == ["upload_word_template"] * 2


def test_a_template_with_faults_is_refused_with_all_of_them() -> None:
    office = Office()
    with pytest.raises(UnusableTemplate) as refused:
        office.upload(word_file("{{ doelstelling }}", "{{ team|safe }}"))
    assert [found.name for found in refused.value.check.unknown] == ["doelstelling"]
    assert [found.code for found in refused.value.check.problems] == ["not_allowed"]
    assert (refused.value.field, refused.value.code) == ("file", "not_allowed")
    assert refused.value.message == (
        "`|safe` kan niet in een sjabloon. Wel kan: upper, lower, capitalize, length. "
        "(de tekst, bij ‘{{ team|safe }}’) En nog 1 meer."
    )
    with pytest.raises(UnusableTemplate, match="Dit is geen Word-bestand"):
        office.upload(b"%PDF")
    with scopes_disabled():
        assert not WordTemplate.objects.exists()
    assert office.actions() == []


def test_a_template_that_lacks_fields_is_taken() -> None:
    office = Office()
    made = office.upload()
    assert checked_template(by=office.by, template_id=made.pk).check.missing != ()


def test_a_template_has_a_name() -> None:
    with pytest.raises(BadInput) as refused:
        Office().upload(name=" \t ")
    assert (refused.value.field, refused.value.code) == ("name", "required")


def test_there_is_a_most(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_TEMPLATES == 20
    monkeypatch.setattr(actions, "MOST_TEMPLATES", 1)
    office = Office()
    office.upload()
    with pytest.raises(Conflict) as refused:
        office.upload(word_file("{{ school }}"))
    assert refused.value.code == "too_many_templates"
    # Another school has its own count.
    Office().upload()


def test_one_of_a_school_is_in_use() -> None:
    office, other = Office(), Office()
    first, second = office.upload(), office.upload(word_file("{{ school }}"))
    theirs = other.upload()
    activate_template(by=other.by, template_id=theirs.pk)
    for _ in range(2):
        activate_template(by=office.by, template_id=first.pk)
        assert office.in_use() == first.pk
    activate_template(by=office.by, template_id=second.pk)
    assert (office.in_use(), other.in_use()) == (second.pk, theirs.pk)
    for _ in range(2):
        deactivate_template(by=office.by, template_id=second.pk)
        assert office.in_use() is None
    assert office.actions()[2:] == [
        "activate_word_template",
        "activate_word_template",
        "deactivate_word_template",
    ]


def test_one_whose_file_is_gone_is_not_put_to_use() -> None:
    office = Office()
    made = office.upload(word_file("{{ team }} weg"))
    place = Storage(settings.STORAGE_DIR)._place(made.content_hash)
    place.unlink()
    with pytest.raises(Conflict) as refused:
        activate_template(by=office.by, template_id=made.pk)
    assert refused.value.code == "template_file_missing"
    assert office.in_use() is None
    check = checked_template(by=office.by, template_id=made.pk).check
    assert [problem.code for problem in check.problems] == ["template_file_missing"]
    remove_template(by=office.by, template_id=made.pk)


def test_one_that_cannot_be_filled_any_more_is_not_put_to_use() -> None:
    """The table of fields may change after it was handed in."""
    office = Office()
    made = office.upload()
    stored = Storage(settings.STORAGE_DIR).put(word_file("{{ vroeger }}"))
    with scopes_disabled():
        WordTemplate.objects.filter(pk=made.pk).update(content_hash=stored.content_hash)
    with pytest.raises(UnusableTemplate):
        activate_template(by=office.by, template_id=made.pk)
    assert office.in_use() is None


def test_what_nothing_was_made_with_is_gone_for_good() -> None:
    office = Office()
    made = office.upload()
    activate_template(by=office.by, template_id=made.pk)
    remove_template(by=office.by, template_id=made.pk)
    with scopes_disabled():
        assert not WordTemplate.objects.exists()
    with pytest.raises(NotFound):
        remove_template(by=office.by, template_id=made.pk)
    assert office.actions()[-1] == "remove_word_template"


@pytest.mark.usefixtures("catalogue")
def test_what_something_was_made_with_stays_out_of_sight() -> None:
    place = make_place(Storage(settings.STORAGE_DIR))
    office = Office(place.stage.school)
    made = office.upload()
    activate_template(by=office.by, template_id=made.pk)
    with scopes_disabled():
        document = Document.objects.get(pk=place.ids["document_id"])
        document.word_template = made
        document.save()
    remove_template(by=office.by, template_id=made.pk)
    with scopes_disabled():
        document.refresh_from_db()
        assert document.word_template is not None
        # It can be made again.
        assert template_bytes(document.word_template) == GOOD
    assert office.in_use() is None
    with office.by.entered():
        listed = [one.pk for one in templates_of(by=office.by, school_id=office.school.pk)]
    assert made.pk not in listed
    for gone in (template_for, template_file, checked_template):
        with pytest.raises(NotFound):
            gone(by=office.by, template_id=made.pk)
    for refused in (activate_template, deactivate_template, remove_template):
        with pytest.raises(NotFound):
            refused(by=office.by, template_id=made.pk)
    # What was removed is not given again for the same file, and its number is not either.
    again = office.upload()
    assert (again.pk == made.pk, again.version) == (False, made.version + 1)


def test_what_something_may_be_made_with_stays() -> None:
    office = Office()
    made = office.upload()
    job = Job.objects.create(
        school=office.school, kind=JobKind.DOCUMENT, state=JobState.RUNNING, payload={}
    )
    remove_template(by=office.by, template_id=made.pk)
    with scopes_disabled():
        assert WordTemplate.objects.get().removed_at is not None
    job.delete()


def everything(by: Access, made: WordTemplate) -> list[Any]:
    return [
        lambda: upload_template(by=by, school_id=made.school_id, name="x", data=GOOD),
        lambda: activate_template(by=by, template_id=made.pk),
        lambda: deactivate_template(by=by, template_id=made.pk),
        lambda: remove_template(by=by, template_id=made.pk),
        lambda: templates_of(by=by, school_id=made.school_id),
        lambda: checked_template(by=by, template_id=made.pk),
    ]


@pytest.mark.parametrize(
    "role", [role for role in Role if role is not Role.SCHOOL_ADMIN and role is not Role.BOARD]
)
def test_others_at_the_school_may_not(role: Role) -> None:
    office = Office()
    made = office.upload()
    by = access_for(make_colleague(make_team(office.school, "B"), role))
    for one in everything(by, made):
        with pytest.raises((Forbidden, NotFound)):
            one()
    assert office.actions() == ["upload_word_template"]


def test_who_runs_another_school_sees_nothing() -> None:
    office, other = Office(), Office()
    made = office.upload()
    for one in everything(other.by, made):
        with pytest.raises(NotFound):
            one()


def test_who_runs_two_schools_keeps_them_apart() -> None:
    office, second = Office(), make_school()
    person = office.by.person
    grant(person, Role.SCHOOL_ADMIN, school=second)
    by = access_for(person)
    first = office.upload()
    theirs, _ = upload_template(by=by, school_id=second.pk, name="Zij", data=GOOD)
    assert (first.pk == theirs.pk, theirs.version) == (False, 1)
    activate_template(by=by, template_id=first.pk)
    activate_template(by=by, template_id=theirs.pk)
    assert office.in_use() == first.pk


def test_who_runs_two_schools_hands_in_the_same_at_each() -> None:
    office, second = Office(), make_school()
    grant(office.by.person, Role.SCHOOL_ADMIN, school=second)
    office.upload()
    made, new = upload_template(
        by=access_for(office.by.person), school_id=second.pk, name="Huisstijl", data=GOOD
    )
    assert (made.school_id, made.version, new) == (second.pk, 1, True)


def test_what_another_school_makes_keeps_no_template() -> None:
    office = Office()
    Job.objects.create(school=make_school(), kind=JobKind.DOCUMENT, state=JobState.QUEUED)
    remove_template(by=office.by, template_id=office.upload().pk)
    with scopes_disabled():
        assert not WordTemplate.objects.exists()
