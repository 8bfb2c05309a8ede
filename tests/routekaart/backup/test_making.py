"""Making a backup while the product goes on."""

import os
import resource
import stat
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django_scopes import scopes_disabled

from routekaart.backup.making import make_backup
from routekaart.backup.work_folder import work_folder
from routekaart.domain.backups import BackupRefused, manifest_bytes
from routekaart.models import Document, Job, School
from routekaart.models.sign_in import CacheEntry
from routekaart.storage import Storage
from tests.backup_school import add_document
from tests.backups import packed
from tests.personal_stage import AT


def test_the_snapshot_is_one_moment_while_others_write(
    school: School, settings: Any, tmp_path: Path
) -> None:
    enough = threading.Event()

    def write() -> None:
        try:
            for number in range(100_000):
                if enough.is_set():
                    return
                with transaction.atomic():
                    # Two rows that belong together, and a file that was there first.
                    document = add_document(school, settings.STORAGE_DIR, f"erbij {number}")
                    Job.objects.create(school=school, kind="document", document=document)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [make_backup(tmp_path / f"{number}.zip", at=AT).manifest for number in range(4)]
    finally:
        enough.set()
        writer.join()
    documents = [one.tables["routekaart_document"] for one in made]
    assert documents == [6 + one.tables["routekaart_job"] for one in made]
    assert documents == [len(one.files) for one in made]
    assert documents == sorted(documents)
    assert documents[-1] > documents[0] >= 6
    assert [one.missing for one in made] == [()] * 4


def test_the_same_content_and_moment_give_the_same_manifest(school: School, tmp_path: Path) -> None:
    assert school.pk
    first, second = (make_backup(tmp_path / name, at=AT).manifest for name in ("1.zip", "2.zip"))
    if first.engine.kind == "sqlite":
        assert manifest_bytes(first) == manifest_bytes(second)
    # What pg_dump writes holds its own moment.
    assert (first.tables, first.files, first.migrations) == (
        second.tables,
        second.files,
        second.migrations,
    )


@pytest.mark.usefixtures("school")
def test_what_somebody_is_signed_in_with_is_not_in_it(tmp_path: Path) -> None:
    session = SessionStore()
    session["kept"] = "x"
    session.save()
    CacheEntry.objects.create(cache_key="telling", value="x", expires=AT)
    made = make_backup(tmp_path / "backups", at=AT)
    assert made.manifest.tables["django_session"] == 0
    assert made.manifest.tables["routekaart_cacheentry"] == 0
    assert session.session_key
    found = packed(made.place)
    assert [name for name in found if session.session_key.encode() in found[name]] == []
    assert [name for name in found if b"telling" in found[name]] == []


@pytest.mark.usefixtures("school")
def test_no_secret_of_the_settings_is_in_it(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR.mkdir()
    (settings.VAR_DIR / "secret-key").write_text(settings.SECRET_KEY)
    found = packed(make_backup(tmp_path / "backups", at=AT).place)
    assert sorted(name.partition("/")[0] for name in found if "files/" not in name) == sorted(
        ["manifest.json", "erasures.txt", next(name for name in found if "database" in name)]
    )
    secrets = [settings.SECRET_KEY, connection.settings_dict.get("PASSWORD") or settings.SECRET_KEY]
    assert [one for one in secrets if any(one.encode() in text for text in found.values())] == []


def test_who_is_erased_meanwhile_makes_it_begin_anew(
    school: School, settings: Any, tmp_path: Path
) -> None:
    gone = add_document(school, settings.STORAGE_DIR, "van wie gewist wordt")
    said = []

    def say(line: str) -> None:
        said.append(line)
        with scopes_disabled():
            if "inpakken" in line and Document.objects.filter(pk=gone.pk).exists():
                Document.objects.filter(pk=gone.pk).delete()
                Storage(settings.STORAGE_DIR).discard([gone.content_hash], in_use=lambda _: ())

    made = make_backup(tmp_path / "backups", at=AT, say=say)
    assert said == [
        "Database veiligstellen …",
        "7 bestanden inpakken …",
        "Database veiligstellen …",
        "6 bestanden inpakken …",
        "Back-up nalezen …",
    ]
    assert gone.content_hash not in {part.sha256 for part in made.manifest.files}
    assert made.manifest.missing == ()


@pytest.mark.usefixtures("school")
def test_a_file_that_is_gone_for_good_is_told_and_does_not_stop_it(
    settings: Any, tmp_path: Path
) -> None:
    with scopes_disabled():
        gone, harmed = (one.content_hash for one in Document.objects.order_by("content_hash")[:2])
    Storage(settings.STORAGE_DIR).discard([gone], in_use=lambda _: ())
    next(settings.STORAGE_DIR.rglob(harmed)).write_bytes(b"anders")
    made = make_backup(tmp_path / "backups", at=AT).manifest
    assert made.missing == (gone, harmed)
    assert len(made.files) == 4


@pytest.mark.usefixtures("school")
def test_nothing_is_overwritten_and_rubbish_of_the_killed_goes(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    (folder / ".routekaart-backup-oud").mkdir()
    (folder / ".routekaart-backup-oud" / "archive").write_text("half")
    with work_folder(folder, ".routekaart-backup-") as busy:
        made = make_backup(folder, at=AT)
        # What another one works in stays.
        assert sorted(one.name for one in folder.iterdir()) == [busy.name, made.place.name]
    with pytest.raises(BackupRefused) as refused:
        make_backup(folder, at=AT)
    assert refused.value.code == "exists"
    with pytest.raises(BackupRefused) as refused:
        make_backup(tmp_path / "nergens" / "een.zip", at=AT)
    assert refused.value.code == "no_folder"
    again = make_backup(folder, at=AT + timedelta(seconds=1))
    assert sorted(one.name for one in folder.iterdir()) == [made.place.name, again.place.name]
    assert stat.S_IMODE(again.place.stat().st_mode) == 0o600


@pytest.mark.parametrize("room", [0.2, 1.2])
def test_a_full_disk_is_told_and_leaves_nothing(
    room: float, school: School, settings: Any, tmp_path: Path
) -> None:
    made = make_backup(tmp_path / "eerst.zip", at=AT).manifest
    size = made.part(made.engine.kind.part).size
    for _ in range(4):
        add_document(school, settings.STORAGE_DIR, os.urandom(size // 4).hex())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Room for a part of the database, or for all of it and not for the documents.
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size * room), before[1]))
    try:
        with pytest.raises(BackupRefused) as refused:
            make_backup(tmp_path / "backups", at=AT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.code in {"cannot_write", "tool_failed"}
    assert list((tmp_path / "backups").iterdir()) == []
