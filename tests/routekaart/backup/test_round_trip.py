"""A backup that is put back: the same rows and files, and nobody who was erased since."""

import re
import stat
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.actions.privacy.account import erase_account
from routekaart.backup.database import PASSING
from routekaart.backup.making import Made, make_backup
from routekaart.backup.restoring import Wanted, restore_backup
from routekaart.domain.content.person_data import as_json
from routekaart.models import (
    AuditEntry,
    Document,
    Job,
    Person,
    PreparationNote,
    School,
    WordTemplate,
)
from routekaart.queries.documents.files import unsound_files
from routekaart.queries.privacy.person_data import data_of_person
from routekaart.storage import Storage
from tests.backups import all_files, all_rows, traces
from tests.everything_kept import everything_kept
from tests.personal_stage import (
    AT,
    EMAIL,
    NAME,
    SIGN,
    name_in_every_text,
    person_everywhere,
    sign_of,
    signed_columns,
)
from tests.stages import Stage

pytestmark = pytest.mark.django_db(transaction=True)

LATER = AT + timedelta(hours=3)
PERSONAL = re.compile(rf"{SIGN}|{NAME}|{EMAIL}", re.IGNORECASE)
REPLACE = Wanted(replace=True, nobody_erased=True)


def _rich_stage(settings: Any) -> tuple[Stage, Person]:
    stage, person = person_everywhere()
    name_in_every_text(stage)
    signed = signed_columns(person, texts=False)
    exported = as_json(data_of_person(person)).decode()
    assert [column for column in signed if sign_of(*column) not in exported] == []
    storage = Storage(settings.STORAGE_DIR)
    with scopes_disabled():
        # Every row that has a file has a real one.
        made = storage.put(b"een sjabloon")
        WordTemplate.objects.update(content_hash=made.content_hash, size=made.size)
        for document in Document.objects.all():
            if not storage.exists(document.content_hash):
                made = storage.put(f"document {document.pk}".encode())
                Document.objects.filter(pk=document.pk).update(
                    content_hash=made.content_hash, size=made.size
                )
    return stage, person


def _made(tmp_path: Path) -> Made:
    return make_backup(tmp_path / "backups", at=AT)


@pytest.mark.usefixtures("catalogue")
def test_every_row_and_every_file_comes_back(settings: Any, tmp_path: Path) -> None:
    stage, _ = _rich_stage(settings)
    Job.objects.update(state="done")
    before, files = all_rows(), all_files()
    made = _made(tmp_path)
    assert stat.S_IMODE(made.place.stat().st_mode) == 0o600
    assert made.place.name == "routekaart-20261005T070000Z.zip"
    assert [one.name for one in (tmp_path / "backups").iterdir()] == [made.place.name]
    assert sum(bool(rows) for rows in before.values()) > 90

    storage = Storage(settings.STORAGE_DIR)
    with scopes_disabled():
        gone = Document.objects.all()[0]
        storage.discard([gone.content_hash], in_use=lambda _: ())
        harmed = Document.objects.exclude(content_hash=gone.content_hash)[0]
        place = next(Path(settings.STORAGE_DIR).rglob(harmed.content_hash))
        place.write_bytes(bytes(harmed.size))
        Person.objects.filter(pk=stage.lead.pk).update(name="Iemand Anders")
        PreparationNote.objects.all()[0].delete()
        AuditEntry.objects.all()[0].delete()
    assert [one.what for one in unsound_files(storage)[1]].count("weg") > 0
    assert [one.what for one in unsound_files(storage)[1]].count("beschadigd") > 0

    done = restore_backup(made.place, at=LATER, wanted=REPLACE)

    after = all_rows()
    passing = {model._meta.db_table for model in PASSING}
    # What a restore changes on purpose has a test of its own.
    on_purpose = {*passing, "routekaart_mail", "routekaart_mailbatch", "routekaart_auditentry"}
    assert {name: after[name] for name in after if name not in on_purpose} == {
        name: before[name] for name in before if name not in on_purpose
    }
    assert [after[name] for name in sorted(passing)] == [[], [], []]
    with scopes_disabled():
        notes = AuditEntry.objects.filter(action="restore_backup")
        assert sorted(one.object_id for one in notes) == sorted(str(pk) for pk in _schools())
        assert len(after["routekaart_auditentry"]) - len(notes) == len(
            before["routekaart_auditentry"]
        )
    used = {part.sha256 for part in made.manifest.files}
    assert {name: content for name, content in all_files().items() if name in used} == {
        name: content for name, content in files.items() if name in used
    }
    assert unsound_files(storage) == (len(used), ())
    assert (done.erased, done.manifest) == (0, made.manifest)


def _schools() -> list[Any]:
    return list(School.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.usefixtures("catalogue")
def test_who_was_erased_since_stays_erased(settings: Any, tmp_path: Path) -> None:
    _, person = _rich_stage(settings)
    older = _made(tmp_path)
    with zipfile.ZipFile(older.place) as packed:
        assert any(SIGN.encode() in packed.read(name) for name in packed.namelist())
    erase_account(person.pk, at=LATER)
    assert [where for where, text in everything_kept().items() if PERSONAL.search(text)] == []

    done = restore_backup(older.place, at=LATER, wanted=REPLACE)

    assert done.erased == 1
    assert [where for where, text in everything_kept().items() if PERSONAL.search(text)] == []
    with scopes_disabled():
        trail = [str(vars(row)) for row in AuditEntry.objects.all()]
    assert len(trail) > 5
    assert [line for line in trail if PERSONAL.search(line)] == []
    # Nor in the bytes of a new backup, of what lies in any folder, or of the list itself.
    make_backup(tmp_path / "var" / "new.zip", at=LATER)
    assert traces(PERSONAL, *(tmp_path / name for name in ("var", "files", "kept"))) == []
    assert traces(PERSONAL, tmp_path / "backups") != []
    listed = settings.ERASURES_FILE.read_text().split()
    assert listed == [str(person.pk), "2026-10-05T10:00:00+00:00"]
