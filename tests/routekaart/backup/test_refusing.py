"""A damaged or strange backup is refused with clear words, and nothing changes."""

import hashlib
import io
import json
import random
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from routekaart.backup import archive
from routekaart.backup.making import make_backup
from routekaart.backup.restoring import Wanted, restore_backup
from routekaart.backup.work_folder import one_at_a_time
from routekaart.domain.backups import BackupRefused, Manifest
from routekaart.models import Person
from tests.backup_school import add_document
from tests.backups import all_files, all_rows, packed
from tests.makers import make_colleague, make_team
from tests.personal_stage import AT
from worker.cleaning import retain

pytestmark = pytest.mark.usefixtures("school")

Parts = dict[str, bytes]
REPLACE = Wanted(replace=True, nobody_erased=True)


@pytest.fixture
def backup(school: Any, tmp_path: Path) -> Path:  # noqa: ARG001  (gives the rows)
    return make_backup(tmp_path / "backups", at=AT).place


def code_of(place: Path, wanted: Wanted = REPLACE) -> str:
    """With which code a restore is refused; the words are Dutch and say something."""
    with pytest.raises(BackupRefused) as refused:
        restore_backup(place, at=AT, wanted=wanted)
    assert len(refused.value.message) > 30
    return refused.value.code


def rebuilt(place: Path, change: Callable[[Parts, dict[str, Any]], object]) -> Path:
    """A copy of which `change` changed the parts or the manifest; the container itself is sound."""
    parts = packed(place)
    manifest = json.loads(parts.pop("manifest.json"))
    change(parts, manifest)
    target = place.parent / "veranderd.zip"
    with zipfile.ZipFile(target, "w") as written:
        written.writestr("manifest.json", json.dumps(manifest))
        for name, content in parts.items():
            written.writestr(name, content)
    return target


def checked(place: Path) -> Manifest:
    """What is in a backup, all of it read."""
    with archive.opened(place) as backup:
        backup.check()
        return backup.manifest


def one_file(parts: Parts) -> str:
    return next(name for name in parts if name.startswith("files/"))


def database(parts: Parts) -> str:
    return next(name for name in parts if name.startswith("database."))


def entry(manifest: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in manifest["parts"] if one["name"] == name)
    return found


def _other_bytes(parts: Parts, _: dict[str, Any]) -> None:
    name = one_file(parts)
    parts[name] = bytes([parts[name][0] ^ 1]) + parts[name][1:]


def _other_bytes_of_database(parts: Parts, manifest: dict[str, Any]) -> None:
    """With the right hash in the manifest."""
    name = database(parts)
    parts[name] = parts[name][:3000] + bytes(4000) + parts[name][7000:]
    entry(manifest, name)["sha256"] = hashlib.sha256(parts[name]).hexdigest()


def _bomb(parts: Parts, _: dict[str, Any]) -> None:
    parts["erasures.txt"] = bytes(100_000_000)


def _size(parts: Parts, manifest: dict[str, Any]) -> None:
    entry(manifest, one_file(parts))["size"] += 1


def _hash(parts: Parts, manifest: dict[str, Any]) -> None:
    entry(manifest, "erasures.txt")["sha256"] = "0" * 64
    assert parts


def _named_otherwise(parts: Parts, manifest: dict[str, Any]) -> None:
    name = one_file(parts)
    entry(manifest, name)["name"] = "files/" + "0" * 64
    parts["files/" + "0" * 64] = parts.pop(name)


def _upwards(parts: Parts, manifest: dict[str, Any]) -> None:
    name = one_file(parts)
    entry(manifest, name)["name"] = "files/../../../gevonden"
    parts["files/../../../gevonden"] = parts.pop(name)


def _no_database(parts: Parts, manifest: dict[str, Any]) -> None:
    manifest["parts"].remove(entry(manifest, database(parts)))
    parts.pop(database(parts))


DAMAGE: dict[str, tuple[Callable[[Parts, dict[str, Any]], object], str]] = {
    "a flipped bit in a document": (_other_bytes, "damaged"),
    "a harmed database with its own hash": (_other_bytes_of_database, "damaged|tool_failed"),
    "more than the manifest says": (_bomb, "damaged"),
    "another size": (_size, "damaged"),
    "another hash": (_hash, "damaged"),
    "a document under another hash": (_named_otherwise, "damaged"),
    "a name that leads out of the folder": (_upwards, "damaged"),
    "no database": (_no_database, "damaged"),
    "a document less": (lambda parts, _: parts.pop(one_file(parts)), "damaged"),
    "a file more": (lambda parts, _: parts.update({"../../gevonden": b"x"}), "damaged"),
    "an absolute name": (lambda parts, _: parts.update({"/gevonden": b"x"}), "damaged"),
    "a row less": (lambda _, told: told["tables"].update(routekaart_person=1), "damaged"),
    "a table less": (lambda _, told: told["tables"].pop("routekaart_person"), "damaged"),
    "a part twice": (lambda _, told: told["parts"].append(told["parts"][0]), "damaged"),
    "an unknown field": (lambda _, told: told.update(extra=1), "damaged"),
    "no moment": (lambda _, told: told.pop("made_at"), "damaged"),
    "another form": (lambda _, told: told.update(format=2), "other_format"),
    "a migration of the future": (
        lambda _, told: told["migrations"].append("routekaart.9999_later"),
        "newer_backup",
    ),
    "a newer server": (lambda _, told: told["engine"].update(server=99), "older_server"),
    "a newer program": (lambda _, told: told["engine"].update(tool=99), "older_tool"),
}


def test_every_damage_is_refused_and_changes_nothing(
    backup: Path, settings: Any, tmp_path: Path
) -> None:
    Person.objects.filter(name="Wim de Wit").update(name="Later veranderd")
    before = all_rows(), all_files(), settings.ERASURES_FILE.exists()
    for what, (change, code) in DAMAGE.items():
        assert code_of(rebuilt(backup, change)) in code.split("|"), what
        assert (all_rows(), all_files(), settings.ERASURES_FILE.exists()) == before, what
    assert [one.name for one in settings.VAR_DIR.iterdir()] == ["restore.lock"]
    assert list(tmp_path.rglob("gevonden")) == []
    # The same hands, nothing changed: taken.
    restore_backup(rebuilt(backup, lambda *_: None), at=AT, wanted=REPLACE)
    assert Person.objects.filter(name="Wim de Wit").exists()


def test_no_flipped_byte_and_no_cut_goes_unseen(backup: Path, tmp_path: Path) -> None:
    content = backup.read_bytes()
    whole = checked(backup)
    place = tmp_path / "anders.zip"
    chance = random.Random(5)  # noqa: S311 - the same places each time
    unseen = 0
    for position in chance.sample(range(len(content)), 150):
        place.write_bytes(
            content[:position] + bytes([content[position] ^ 0x41]) + content[position + 1 :]
        )
        try:
            # In what only the container tells, such as a date, a byte may differ.
            assert checked(place) == whole
            unseen += 1
        except BackupRefused as damage:
            assert damage.code in {"damaged", "other_format"}  # noqa: PT017
    assert unseen < 15
    for length in (0, 1, 21, *chance.sample(range(len(content)), 20), len(content) - 1):
        place.write_bytes(content[:length])
        with pytest.raises(BackupRefused) as refused:
            checked(place)
        assert refused.value.code == "damaged"


def test_what_is_no_backup_at_all(tmp_path: Path) -> None:
    (tmp_path / "tekst").write_text("geen back-up")
    with zipfile.ZipFile(tmp_path / "ander.zip", "w") as other:
        other.writestr("plan.docx", b"x")
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as written:
        written.writestr("manifest.json", b"{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            written.writestr("manifest.json", b"{}")
    (tmp_path / "dubbel.zip").write_bytes(twice.getvalue())
    assert [code_of(tmp_path / name) for name in ("tekst", "ander.zip", "dubbel.zip")] == [
        "damaged"
    ] * 3
    assert [code_of(tmp_path / name) for name in ("nergens", "backups")] == ["unreadable"] * 2


def test_a_target_in_use_asks_for_a_flag(backup: Path, settings: Any, tmp_path: Path) -> None:
    before = all_rows()
    assert code_of(backup, Wanted()) == "not_empty"
    assert code_of(backup, Wanted(replace=True)) == "no_erasures"
    settings.ERASURES_FILE.touch()
    assert code_of(backup, Wanted(replace=True)) == "no_erasures"
    assert code_of(backup, Wanted(replace=True, erasures=(tmp_path / "weg",))) == "unreadable"
    with one_at_a_time(settings.VAR_DIR / "restore.lock"):
        assert code_of(backup, Wanted(replace=True, nobody_erased=True)) == "busy"
    assert all_rows() == before


def test_a_new_machine_does_not_know_that_nobody_was_erased(backup: Path, settings: Any) -> None:
    """Its nightly work has been done once, as soon as it was started."""
    call_command("flush", verbosity=0, interactive=False)
    retain()
    assert not settings.ERASURES_FILE.exists()
    assert code_of(backup, Wanted()) == "no_erasures"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "no_ids"),
        ("server-van-school\n", "no_ids"),
        ("00000000-0000-4000-8000-00000000000", "no_ids"),
        # Each of the lists, also beside one that is good.
        ("00000000-0000-4000-8000-000000000001\n00000000-0000-4", "cut_off"),
        ("00000000-0000-4000-8000-000000000001 2026-10-06T08:00", "cut_off"),
    ],
)
def test_a_list_that_cannot_be_the_whole_list_is_refused(
    backup: Path, tmp_path: Path, content: str, code: str
) -> None:
    good, bad = tmp_path / "goed.txt", tmp_path / "fout.txt"
    good.write_text("00000000-0000-4000-8000-000000000002\n")
    bad.write_text(content)
    before = all_rows()
    assert code_of(backup, Wanted(replace=True, erasures=(bad,))) == code
    assert code_of(backup, Wanted(replace=True, erasures=(good, bad))) == code
    assert all_rows() == before
    sure = Wanted(replace=True, erasures=(bad,), nobody_erased=True)
    assert restore_backup(backup, at=AT, wanted=sure).erased == 0


def test_half_a_line_in_the_middle_is_of_who_died_there(backup: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kopie.txt"
    gone = Person.objects.get(name="Wim de Wit").pk
    kept.write_text(f"\n00000000-0000-4\n{gone}\n")
    assert restore_backup(backup, at=AT, wanted=Wanted(replace=True, erasures=(kept,))).erased == 1


def test_an_empty_target_needs_no_flag_but_the_list(settings: Any, tmp_path: Path) -> None:
    rows = all_rows()["routekaart_document"]
    # Of another school, whose documents go with the name.
    team = make_team()
    gone = make_colleague(team, name="Wim Weg").pk
    add_document(team.school, settings.STORAGE_DIR, "document van een andere school")
    backup = make_backup(tmp_path / "backups", at=AT).place
    call_command("flush", verbosity=0, interactive=False)
    settings.STORAGE_DIR.rename(tmp_path / "verbrand")
    elsewhere = tmp_path / "kopie.txt"
    elsewhere.write_text(f"{gone} 2026-10-06T08:00:00+00:00\n")
    done = restore_backup(backup, at=AT, wanted=Wanted(erasures=(elsewhere,)))
    assert done.erased == 1
    assert all_rows()["routekaart_document"] == rows
    assert len(all_files()) == 6
    names = sorted(Person.objects.values_list("name", flat=True))
    assert names == ["Noor Blauw", "Oud-medewerker", "Wim de Wit"]
    # From here on this installation has the list itself.
    assert settings.ERASURES_FILE.read_text().split() == [str(gone), "2026-10-06T08:00:00+00:00"]


def test_a_database_that_somebody_writes_in_is_left_alone(
    backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL ends the others' connections")
    monkeypatch.setattr("routekaart.backup.sqlite._PATIENCE", 0.3)
    writer = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    before = all_rows()
    assert code_of(backup) == "in_use"
    writer.execute("ROLLBACK")
    writer.close()
    assert all_rows() == before
