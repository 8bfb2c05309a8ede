"""Orphans go, what a document points at stays."""

import os
from pathlib import Path

from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.models import WordTemplate
from routekaart.storage import Storage
from tests.worker_bench import Bench
from worker import cleaning, runner


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
