"""Puts everything that is kept in one file, while the product goes on."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from routekaart.backup.making import make_backup
from routekaart.backup.sealing import seal_for
from routekaart.clock import now
from routekaart.domain.backups import BackupRefused


class Command(BaseCommand):
    help = (
        "Maak een back-up van alles: database, documenten en sjablonen, in één bestand. Routekaart "
        "mag gewoon doordraaien. Zie docs/backup.md."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "target", type=Path, help="Een map (dan krijgt het bestand een naam), of een bestand."
        )
        parser.add_argument(
            "--encrypt-to",
            type=Path,
            metavar="SLEUTEL",
            help="Versleutel voor deze openbare sleutel (een bestand), met age of GnuPG.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            key = options["encrypt_to"]
            made = make_backup(
                options["target"], at=now(), seal=seal_for(key) if key else None, say=self._say
            )
        except BackupRefused as refused:
            raise CommandError(refused.message) from None
        files = len(made.manifest.files)
        self._say(f"Klaar: {made.place} ({made.size / 1e6:.1f} MB, {files} bestanden).")
        if missing := len(made.manifest.missing):
            raise CommandError(
                f"De back-up staat er, maar {missing} bestanden ontbraken al of waren beschadigd. "
                "'manage.py check_storage' zegt welke."
            )

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
