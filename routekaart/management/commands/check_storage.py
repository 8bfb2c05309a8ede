"""Compares every document and template with its file: is it there, and is it unharmed?"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from routekaart.queries.documents.files import unsound_files
from routekaart.storage import Storage


class Command(BaseCommand):
    help = "Controleer of elk document en elk sjabloon een bestand heeft dat nog klopt."

    def handle(self, *_args: Any, **_options: Any) -> None:
        checked, wrong = unsound_files(Storage(Path(settings.STORAGE_DIR)))
        for one in wrong:
            self.stdout.write(f"{one.what}: {one.content_hash} ({one.kind} {one.row})")
        if wrong:
            raise CommandError(
                f"Van {checked} bestanden zijn er {len(wrong)} weg of beschadigd. Maak die "
                "documenten opnieuw, of zet een back-up terug."
            )
        self.stdout.write(f"{checked} bestanden zijn er, en kloppen.")
