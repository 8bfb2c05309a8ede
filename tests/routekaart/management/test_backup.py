"""The commands of backups: what they say, and with which code they end."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scopes_disabled

from routekaart.models import Document, School
from routekaart.storage import Storage
from tests.backup_school import add_document
from tests.makers import make_school

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school(settings: Any, tmp_path: Path) -> School:
    settings.VAR_DIR = tmp_path / "var"
    settings.STORAGE_DIR = tmp_path / "files"
    settings.ERASURES_FILE = tmp_path / "erasures.txt"
    settings.ERASURES_FILE.write_text("1b4e28ba-2fa1-41d2-883f-0016d3cca427\n")
    (tmp_path / "backups").mkdir()
    school = make_school()
    for number in range(3):
        add_document(school, settings.STORAGE_DIR, f"document {number}")
    return school


def said(*command: str) -> list[str]:
    told = StringIO()
    call_command(*command, stdout=told)
    return told.getvalue().splitlines()


@pytest.mark.usefixtures("school")
def test_a_backup_is_made_checked_and_put_back(tmp_path: Path) -> None:
    lines = said("backup", str(tmp_path / "backups"))
    (place,) = (tmp_path / "backups").iterdir()
    assert lines[-1].startswith(f"Klaar: {place} (0.")
    assert lines[-1].endswith(" MB, 3 bestanden).")
    (checked,) = said("restore", "--check", str(place))
    assert checked.endswith("rijen en 3 bestanden, alle in orde.")
    with pytest.raises(CommandError) as refused:
        said("restore", str(place))
    assert str(refused.value).startswith("Er wordt hier al gewerkt: ")
    assert str(refused.value).endswith(" Er is niets veranderd.")
    assert said("restore", "--replace", str(place))[-1] == "Iedereen meldt zich opnieuw aan. Klaar."


@pytest.mark.usefixtures("school")
def test_a_file_that_is_missing_makes_the_command_fail_after_its_work(
    settings: Any, tmp_path: Path
) -> None:
    assert said("check_storage") == ["3 bestanden zijn er, en kloppen."]
    with scopes_disabled():
        gone, harmed, _ = Document.objects.order_by("pk")
    Storage(settings.STORAGE_DIR).discard([gone.content_hash], in_use=lambda _: ())
    next(settings.STORAGE_DIR.rglob(harmed.content_hash)).write_bytes(b"anders")
    told = StringIO()
    with pytest.raises(CommandError, match=r"^Van 3 bestanden zijn er 2 weg of beschadigd"):
        call_command("check_storage", stdout=told)
    assert told.getvalue().splitlines() == [
        f"weg: {gone.content_hash} (document {gone.pk})",
        f"beschadigd: {harmed.content_hash} (document {harmed.pk})",
    ]
    with pytest.raises(CommandError, match=r"^De back-up staat er, maar 2 bestanden ontbraken"):
        said("backup", str(tmp_path / "backups"))
    (place,) = (tmp_path / "backups").iterdir()
    lines = said("restore", "--replace", str(place))
    assert "Bij het maken ontbraken al 2 bestanden." in lines
