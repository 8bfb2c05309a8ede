"""Erasing somebody who left: no sign of the person anywhere, and the same counts."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.access import NotFound, Role
from routekaart.actions.organisation.people import add_employment, end_employment
from routekaart.actions.privacy.account import erase_account
from routekaart.actions.privacy.erasing import apply_erasures, erase_departed, erase_person
from routekaart.clock import standing_at
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.personal_data import TABLES, Rows
from routekaart.models import (
    AuditEntry,
    Departure,
    Document,
    Employment,
    Erasure,
    Person,
    RoleGrant,
    School,
)
from routekaart.queries.privacy.leavers import erasure_preview, people_who_left
from routekaart.queries.privacy.rows import model_of, rows_with
from tests.makers import access_for, grant, make_colleague, make_school, make_team
from tests.personal_stage import (
    AT,
    EMAIL,
    NAME,
    SIGN,
    everything_kept,
    name_in_every_text,
    person_everywhere,
    signed_columns,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.STORAGE_DIR = tmp_path / "files"
    settings.ERASURES_FILE = tmp_path / "kept" / "erasures.txt"


def _where(sign: str) -> list[str]:
    wanted = re.compile(rf"{sign}|{NAME}|{EMAIL}", re.IGNORECASE)
    return sorted(place for place, text in everything_kept().items() if wanted.search(text))


def _left(school: School, name: str = "Wim de Wit") -> Person:
    person = make_colleague(make_team(school), name=name)
    admin = access_for(make_colleague(make_team(school), Role.SCHOOL_ADMIN))
    with scopes_disabled():
        employment = Employment.objects.get(person=person)
    end_employment(by=admin, employment_id=employment.pk)
    return person


def _admin(school: School) -> Any:
    return access_for(make_colleague(make_team(school), Role.SCHOOL_ADMIN))


@pytest.mark.usefixtures("catalogue")
def test_nothing_of_the_person_is_left_in_any_table_or_file(
    django_capture_on_commit_callbacks: Any,
) -> None:
    stage, person = person_everywhere()
    texts = name_in_every_text(stage)
    signed = signed_columns(person)
    assert texts > 30
    assert len(signed) > 20
    with scopes_disabled():
        missing = [
            (table.model, lookup)
            for table in TABLES.values()
            for lookup in (*table.owners, *table.of_doers())
            if lookup != "visit__host" and not rows_with((lookup,), table, person.pk).exists()
            if (table.model, lookup) != ("routekaart.LessonVisit", "host")
        ]
        assert missing == []
        stay = [
            table for table in TABLES.values() if table.rows is Rows.STAY and table.owners
        ]
        before = {table.model: model_of(table)._default_manager.count() for table in stay}
        audit = AuditEntry.objects.count()
    assert len(_where(SIGN)) > 30

    with django_capture_on_commit_callbacks(execute=True):
        assert erase_account(person.pk, at=AT)

    assert _where(SIGN) == []
    with scopes_disabled():
        after = {table.model: model_of(table)._default_manager.count() for table in stay}
        assert after == before
        assert AuditEntry.objects.count() == audit
        going = [table for table in TABLES.values() if table.rows is Rows.GO]
        assert [
            table.model
            for table in going
            if rows_with(table.owners, table, person.pk).exists()
        ] == []
    # Once more changes nothing.
    assert not erase_account(person.pk, at=AT)
