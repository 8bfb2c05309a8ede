"""Who was erased since a backup, in names that would become the same, and when it fails."""

from pathlib import Path
from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.actions.privacy.account import erase_account
from routekaart.backup.making import make_backup
from routekaart.backup.restoring import Wanted, restore_backup
from routekaart.domain.backups import BackupRefused
from routekaart.models import (
    Departure,
    Employment,
    FrozenPlan,
    Person,
    RoleGrant,
    School,
    Team,
    TeamMembership,
)
from tests.backups import all_files, all_rows
from tests.makers import make_team
from tests.personal_damage import damage_a_frozen_plan
from tests.personal_stage import AT

REPLACE = Wanted(replace=True, nobody_erased=True)


def _both() -> list[Person]:
    return [Person.objects.get(name=name) for name in ("Noor Blauw", "Wim de Wit")]


def test_teams_named_after_two_who_were_erased_come_back(school: School, tmp_path: Path) -> None:
    people = _both()
    for person in people:
        make_team(school, f"Groep van {person.name}")
    older = make_backup(tmp_path / "backups", at=AT).place
    for person in people:
        erase_account(person.pk, at=AT)
    assert restore_backup(older, at=AT, wanted=REPLACE).erased == 2
    with scopes_disabled():
        names = Team.objects.filter(name__startswith="Groep").order_by("name")
        assert list(names.values_list("name", flat=True)) == [
            "Groep van oud-medewerker",
            "Groep van oud-medewerker 2",
        ]
    assert not Person.objects.filter(name__in=[one.name for one in people]).exists()


def test_who_cannot_be_erased_again_does_not_come_back(school: School, tmp_path: Path) -> None:
    damage_a_frozen_plan(school)
    older = make_backup(tmp_path / "backups", at=AT).place
    with scopes_disabled():
        FrozenPlan.objects.all().delete()
    for person in _both():
        erase_account(person.pk, at=AT)
    before = all_rows(), all_files()
    with pytest.raises(BackupRefused) as refused:
        restore_backup(older, at=AT, wanted=REPLACE)
    assert refused.value.code == "not_erased"
    assert refused.value.message.startswith("Van 2 van de gewiste mensen")
    assert (all_rows(), all_files()) == before


def test_who_would_have_gone_since_does_not_keep_a_backup_away(
    school: School, tmp_path: Path
) -> None:
    person, _ = _both()
    damage_a_frozen_plan(school)
    with scopes_disabled():
        for model in (Employment, TeamMembership, RoleGrant):
            rows: Any = model._default_manager.filter(person=person)
            rows.delete()
        Departure.objects.create(person=person, school=school, left_at=AT.replace(year=2000))
    older = make_backup(tmp_path / "backups", at=AT).place
    said: list[str] = []
    assert restore_backup(older, at=AT, wanted=REPLACE, say=said.append).erased == 0
    assert [line for line in said if line.startswith("Van 1 van de mensen die lang weg zijn")] != []
    assert Person.objects.filter(pk=person.pk, name="Noor Blauw").exists()
