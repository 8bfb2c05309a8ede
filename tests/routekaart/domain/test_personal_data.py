"""Every column of every table has a class; what is made from the table cannot drift from it."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField, Field, ForeignKey, JSONField, Model, TextField

from routekaart.domain.personal_data import PURPOSES, TABLES, Column, Rows
from routekaart.domain.personal_data.labels import LABELS, ONLY_FOR_PROGRAMS, label_of
from routekaart.models import Person

# The catalogue: public texts about courses. That nobody stands in it is a test below.
WITHOUT_PEOPLE = "courses"
MODELS: dict[str, type[Model]] = {
    model._meta.label: model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.app_label != WITHOUT_PEOPLE
}


def _fields(model: type[Model]) -> "dict[str, Field[Any, Any]]":
    return {field.name: field for field in model._meta.concrete_fields}


def test_every_table_stands_in_the_table() -> None:
    assert sorted(MODELS) == sorted(TABLES)


@pytest.mark.parametrize("label", sorted(MODELS))
def test_every_column_has_one_class(label: str) -> None:
    # The key of a person is both the row and whose it is.
    assert sorted(_fields(MODELS[label])) == sorted(TABLES[label].columns)


@pytest.mark.parametrize("label", sorted(MODELS))
def test_every_column_that_points_at_a_person_says_whose_it_is(label: str) -> None:
    table = TABLES[label]
    pointing = {
        name for name, field in _fields(MODELS[label]).items() if field.related_model is Person
    }
    if label == "routekaart.Person":
        pointing = {"id"}
    assert pointing == set(table.of(Column.WHO)) | set(table.of(Column.DOER))


@pytest.mark.parametrize("label", sorted(MODELS))
def test_what_is_emptied_can_be_empty(label: str) -> None:
    fields = _fields(MODELS[label])
    assert [name for name in TABLES[label].of(Column.DOER) if not fields[name].null] == []


def test_nobody_stands_in_the_catalogue() -> None:
    pointing = [
        str(field)
        for model in apps.get_app_config(WITHOUT_PEOPLE).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is Person
    ]
    assert pointing == []


def test_every_table_with_people_has_a_purpose() -> None:
    keys = {purpose.key for purpose in PURPOSES}
    assert {table.purpose for table in TABLES.values()} - keys == {""}
    for table in TABLES.values():
        holds = set(table.columns.values()) - {Column.FACT}
        assert bool(holds) <= bool(table.purpose), table.model
        assert (table.rows is Rows.GO) <= bool(table.who), table.model


# Texts and lists in which no name fits, or in which what the product itself puts stands.
NO_NAME_FITS = {
    "routekaart.Board": "name number",
    "routekaart.School": "name brin packages academy_url date_numbers budget_numbers",
    "routekaart.CourseOverride": "url",
    "routekaart.AssignmentBatch": "function",
    "routekaart.AssignmentRule": "function",
    "routekaart.PlgAnswer": "question",
    "routekaart.ScanAnswer": "scores",
    "routekaart.AgreementCheck": "step",
    "routekaart.Routekaart": "platforms",
    "routekaart.ChosenIntervention": "parameters",
    "routekaart.Answer": "point",
    "routekaart.StudyDay": "free_groups",
    "routekaart.AdviceVersion": "catalogue_version",
    "routekaart.Presence": "step",
    "routekaart.Plan": "input_hash catalogue_version",
    "routekaart.WordTemplate": "content_hash",
    "routekaart.Document": "catalogue_version input_hash content_hash media_type",
    # Ids and slugs; the number of a request is hexadecimal.
    "routekaart.Erasure": "schools_to_clear",
    "routekaart.Job": "payload failure_code request_id",
    "routekaart.Mail": "key request_id",
    "routekaart.ToldEvent": "uid kind digest",
    "routekaart.StudyDayFile": "digest",
    "routekaart.AuditEntry": "action object_kind object_id",
    "routekaart.WorkerSign": "host",
    "routekaart.ScheduledTask": "name",
    "socialaccount.SocialAccount": "provider",
    "socialaccount.SocialApp": "provider provider_id name client_id secret key settings",
    "admin.LogEntry": "object_id",
    "auth.Permission": "name codename",
    "auth.Group": "name",
    "contenttypes.ContentType": "app_label model",
}


@pytest.mark.parametrize("label", sorted(MODELS))
def test_a_text_that_an_erasure_leaves_alone_holds_no_name(label: str) -> None:
    fields = _fields(MODELS[label])
    free = [
        name
        for name in TABLES[label].of(Column.FACT)
        if isinstance(fields[name], CharField | TextField | JSONField) and not fields[name].choices
    ]
    assert free == NO_NAME_FITS.get(label, "").split()


def test_every_column_that_people_read_has_words_of_its_own() -> None:
    without, used = [], set()
    for label, table in TABLES.items():
        name = label.rpartition(".")[2]
        for column, kind in table.columns.items():
            if kind is Column.SECRET or not table.authors:
                continue
            used |= {column, f"{name}.{column}"}
            try:
                label_of(name, column)
            except KeyError:
                without.append(f"{name}.{column}")
    assert without == []
    # Nothing is left of columns that are gone.
    assert sorted((LABELS.keys() | ONLY_FOR_PROGRAMS) - used) == []
