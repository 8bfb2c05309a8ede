"""A text that may stand once only stays so when names are taken out of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db.models import CharField, Field, Model, TextField, UniqueConstraint
from django_scopes import scopes_disabled

from routekaart.actions.privacy.account import erase_account
from routekaart.actions.privacy.erasing import apply_erasures
from routekaart.actions.privacy.scrubbing import scrub
from routekaart.domain.personal_data import TABLES, Column
from routekaart.domain.personal_data.names import Named
from routekaart.models import (
    Departure,
    Goal,
    Indicator,
    Person,
    PlgCycle,
    Routekaart,
    Team,
    WorkGroup,
)
from routekaart.queries.privacy.rows import model_of
from tests.makers import make_person, make_routekaart, make_team
from tests.personal_stage import AT

NAMES = ("Lies de Vries", "Wim de Wit", "Noor van den Blauw")

Maker = Callable[[Routekaart], Callable[[str], Model]]


@pytest.fixture(autouse=True)
def _own_folders(db: None, settings: Any, tmp_path: Path) -> None:  # noqa: ARG001  (gives the tables)
    settings.STORAGE_DIR = tmp_path / "files"
    settings.ERASURES_FILE = tmp_path / "kept" / "erasures.txt"


def _teams(routekaart: Routekaart) -> Callable[[str], Model]:
    return lambda name: Team.objects.create(school=routekaart.team.school, name=name)


def _work_groups(routekaart: Routekaart) -> Callable[[str], Model]:
    return lambda name: WorkGroup.objects.create(routekaart=routekaart, name=name)


def _cycles(routekaart: Routekaart) -> Callable[[str], Model]:
    return lambda name: PlgCycle.objects.create(routekaart=routekaart, name=name)


def _indicators(routekaart: Routekaart) -> Callable[[str], Model]:
    goal = Goal.objects.create(routekaart=routekaart, wording="Wij lezen voor.", priority=1)
    return lambda name: Indicator.objects.create(goal=goal, name=name)


UNIQUE: dict[tuple[str, str], Maker] = {
    ("Team", "name"): _teams,
    ("WorkGroup", "name"): _work_groups,
    ("PlgCycle", "name"): _cycles,
    ("Indicator", "name"): _indicators,
}
# Hold the words of one person, who is erased as a whole, or are never changed.
OF_ONE_PERSON = {("Person", "email"), ("IdempotencyKey", "key")}

each_kind = pytest.mark.parametrize("make", UNIQUE.values(), ids=[one for one, _ in UNIQUE])


def leavers(routekaart: Routekaart) -> list[Person]:
    people = [make_person(name) for name in NAMES]
    for person in people:
        Departure.objects.create(person=person, school=routekaart.team.school, left_at=AT)
    return people


def texts_of(rows: list[Model]) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [str(row) for row in rows]


def test_these_are_all_texts_that_may_stand_once_only() -> None:
    found: set[tuple[str, str]] = set()
    for table in TABLES.values():
        meta = model_of(table)._meta
        constraints = [one for one in meta.constraints if isinstance(one, UniqueConstraint)]
        # Only columns are looked at: a rule about an expression needs another way.
        if table.model.startswith("routekaart."):
            assert [one.name for one in constraints if one.contains_expressions] == []
        together = {name for one in constraints for name in one.fields}
        for kind in (Column.TEXT, Column.OWN, Column.GENERATED):
            for name in table.of(kind):
                field = meta.get_field(name)
                assert isinstance(field, Field)
                is_text = isinstance(field, CharField | TextField)
                if is_text and (field.unique or name in together):
                    found.add((model_of(table).__name__, name))
    elsewhere = {("EmailAddress", "email"), ("SocialAccount", "uid")}
    assert found - elsewhere == UNIQUE.keys() | OF_ONE_PERSON


@each_kind
def test_people_with_one_such_text_each_are_erased_one_after_the_other(make: Maker) -> None:
    routekaart = make_routekaart()
    with scopes_disabled():
        people, add = leavers(routekaart), make(routekaart)
        rows = [add(f"Groep van {name}") for name in NAMES]
    for person in people:
        assert erase_account(person.pk, at=AT)
    with scopes_disabled():
        assert texts_of(rows) == [
            "Groep van oud-medewerker",
            "Groep van oud-medewerker 2",
            "Groep van oud-medewerker 3",
        ]


@each_kind
def test_an_older_backup_is_erased_again(make: Maker) -> None:
    routekaart = make_routekaart()
    with scopes_disabled():
        people, add = leavers(routekaart), make(routekaart)
        rows = [add(f"Groep van {name}") for name in NAMES]
    assert apply_erasures(at=AT, also={one.pk: AT for one in people}) == 3
    with scopes_disabled():
        # Who goes first has no number, and that is by id.
        assert sorted(texts_of(rows)) == [
            "Groep van oud-medewerker",
            "Groep van oud-medewerker 2",
            "Groep van oud-medewerker 3",
        ]


@each_kind
def test_what_gets_a_number_fits_its_column(make: Maker) -> None:
    routekaart = make_routekaart()
    with scopes_disabled():
        add = make(routekaart)
        rows = [add("Jo Li x"), add("JO LI x")]
        column = type(rows[0])._meta.get_field("name")
        assert isinstance(column, CharField)
        most = column.max_length
        assert most is not None
        for row, name in zip(rows, ("Jo Li ", "JO LI "), strict=True):
            type(row)._base_manager.filter(pk=row.pk).update(name=name.ljust(most, "x"))
        scrub(Named("1", "Jo Li", "jo@voorbeeld.test"), [routekaart.team.school_id])
        long = "oud-medewerker ".ljust(most, "x")
        assert sorted(texts_of(rows)) == sorted([long, f"{long[:-2]} 2"])


@each_kind
def test_the_same_text_elsewhere_gets_no_number(make: Maker) -> None:
    here, there = make_routekaart(), make_routekaart()
    with scopes_disabled():
        rows = [make(one)(f"Groep van {NAMES[0]}") for one in (here, there)]
        schools = [one.team.school_id for one in (here, there)]
        scrub(Named("1", NAMES[0], "lies@voorbeeld.test"), schools)
        assert texts_of(rows) == ["Groep van oud-medewerker"] * 2


def test_a_text_without_the_name_keeps_its_own() -> None:
    team = make_team(name="Groep van oud-medewerker")
    with scopes_disabled():
        other = Team.objects.create(school=team.school, name=f"Groep van {NAMES[0]}")
        scrub(Named("1", NAMES[0], "lies@voorbeeld.test"), [team.school_id])
        assert texts_of([team, other]) == [
            "Groep van oud-medewerker",
            "Groep van oud-medewerker 2",
        ]
