"""Orphans go, what a document points at stays."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.actions.privacy.account import erase_account
from routekaart.actions.privacy.erasing import NotAllErased
from routekaart.actions.privacy.erasure_list import listed_erasures
from routekaart.models import Departure, Erasure, Person, ScheduledTask, School, WordTemplate
from routekaart.storage import Storage
from tests.makers import make_person, make_school
from tests.personal_damage import damage_a_frozen_plan
from tests.worker_bench import Bench
from worker import cleaning, runner, tasks


def make_old(storage: Storage) -> None:
    for file in storage.folder.rglob("*"):
        if file.is_file():
            os.utime(file, (0, 0))


def files_of(storage: Storage) -> set[str]:
    return {file.name for file in storage.folder.rglob("*") if file.is_file()} - {".lock"}


def test_only_old_files_without_a_document_go(bench: Bench, storage: Storage) -> None:
    assert runner.run(bench.job().pk)
    (document,) = bench.documents()
    orphan = storage.put(b"nobody points at me").content_hash
    half = storage.folder / orphan[:2] / "half.part"
    half.write_bytes(b"hal")
    make_old(storage)
    young = storage.put(b"about to get its row").content_hash
    assert cleaning.clean_up() == 2
    assert files_of(storage) == {document.content_hash, young}
    assert cleaning.clean_up() == 0


def test_the_files_of_word_templates_stay(bench: Bench, storage: Storage) -> None:
    """Those that were removed too: what was made with them may have to be made again."""
    with scopes_disabled():
        for version, removed in ((1, None), (2, timezone.now())):
            WordTemplate.objects.create(
                school=bench.routekaart.team.school,
                name="Huisstijl",
                version=version,
                content_hash=storage.put(f"sjabloon {version}".encode()).content_hash,
                size=10,
                removed_at=removed,
            )
    storage.put(b"orphan")
    make_old(storage)
    assert cleaning.clean_up() == 1
    assert len(files_of(storage)) == 2


def test_without_a_storage_there_is_nothing_to_clean(bench: Bench, storage: Storage) -> None:
    assert bench.documents() == []
    assert cleaning.clean_up() == 0
    assert not Path(storage.folder).exists()


def test_what_was_made_during_an_erasure_goes_though_its_process_died(
    bench: Bench,
    storage: Storage,
    settings: Any,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """What comes after the commit is not done here, as after a crash right behind it."""
    settings.ERASURES_FILE = tmp_path / "kept" / "erasures.txt"
    left, school = make_person("Wim de Wit"), bench.routekaart.team.school
    with scopes_disabled():
        Departure.objects.create(person=left, school=school, left_at=timezone.now())
    assert erase_account(left.pk, at=timezone.now())
    # Asked and made before the commit, by who still read the name.
    assert runner.run(bench.job("Wim de Wit").pk)
    (document,) = bench.documents()
    with django_capture_on_commit_callbacks(execute=True):
        tasks.clean_up()
    assert bench.documents() == []
    assert not storage.exists(document.content_hash)
    # Once: what is made from now on is without the name.
    assert runner.run(bench.job("Oud-medewerker").pk)
    ScheduledTask.objects.update(due_at=timezone.now())
    tasks.clean_up()
    assert len(bench.documents()) == 1


def _left_long_ago(name: str) -> tuple[Person, School]:
    person, school = make_person(name), make_school()
    with scopes_disabled():
        Departure.objects.create(
            person=person, school=school, left_at=timezone.now() - timedelta(days=10_000)
        )
    return person, school


@pytest.mark.django_db
def test_the_nightly_task_fails_when_somebody_could_not_be_erased(
    settings: Any, tmp_path: Path
) -> None:
    settings.STORAGE_DIR = tmp_path / "files"
    settings.ERASURES_FILE = tmp_path / "kept" / "erasures.txt"
    (kept, school), (gone, _) = _left_long_ago("Wim de Wit"), _left_long_ago("Noor Blauw")
    damage_a_frozen_plan(school)
    # Of an erasure whose process died.
    earlier = UUID("00000000-0000-4000-8000-000000000001")
    Erasure.objects.create(person_id=earlier, erased_at=timezone.now())
    with pytest.raises(NotAllErased, match=r"^1 of 2 people could not be erased"):
        tasks.retain()
    assert [Person.objects.get(pk=one.pk).name for one in (kept, gone)] == [
        "Wim de Wit",
        "Oud-medewerker",
    ]
    # What comes after it was done all the same, and it is due again soon and not tomorrow.
    assert earlier in listed_erasures()
    due = ScheduledTask.objects.get(name=tasks.retain.name).due_at
    assert due < timezone.now() + timedelta(minutes=5)


@pytest.mark.django_db
def test_a_night_that_takes_too_long_ends_there(settings: Any, tmp_path: Path) -> None:
    """It is not taken for somebody who cannot be erased: the next one would run into the same."""
    settings.STORAGE_DIR = tmp_path / "files"
    settings.ERASURES_FILE = tmp_path / "kept" / "erasures.txt"
    for name in ("Wim de Wit", "Noor Blauw"):
        _left_long_ago(name)
    asked: list[str] = []

    def out_of_time(execute: Any, sql: str, *arguments: Any) -> Any:
        if sql.startswith("UPDATE") and Person._meta.db_table in sql:
            asked.append(sql)
            raise SoftTimeLimitExceeded
        return execute(sql, *arguments)

    with connection.execute_wrapper(out_of_time), pytest.raises(SoftTimeLimitExceeded):
        cleaning.retain()
    assert len(asked) == 1
