"""Puts a backup back, whole or not at all."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime

from routekaart.backup.restoring import Wanted, check_backup, restore_backup
from routekaart.clock import now
from routekaart.domain.backups import BackupRefused, Manifest
from routekaart.storage import StorageUnavailable


class Command(BaseCommand):
    help = (
        "Zet een back-up terug: alles, of bij een fout niets. Wie na de back-up is gewist, wordt "
        "opnieuw gewist. Stop eerst web en worker. Zie docs/backup.md."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="De back-up.")
        parser.add_argument(
            "--check", action="store_true", help="Lees de back-up alleen na; verander niets."
        )
        parser.add_argument(
            "--replace", action="store_true", help="Vervang wat er nu is. Het komt niet terug."
        )
        parser.add_argument(
            "--erasures",
            type=Path,
            action="append",
            default=[],
            help="De lijst met gewiste mensen van waar de back-up vandaan komt. Mag vaker.",
        )
        parser.add_argument(
            "--nobody-erased",
            action="store_true",
            help="Er is geen lijst, omdat er sinds de back-up niemand is gewist.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self._tell(check_backup(options["file"]))
                return
            wanted = Wanted(
                replace=options["replace"],
                erasures=tuple(options["erasures"]),
                nobody_erased=options["nobody_erased"],
            )
            done = restore_backup(options["file"], at=now(), wanted=wanted, say=self._say)
        except (BackupRefused, StorageUnavailable) as refused:
            raise CommandError(f"{refused.message} Er is niets veranderd.") from None
        self._tell(done.manifest)
        self._say(f"Opnieuw gewist: {done.erased}. Post die wacht of is vastgehouden: {done.held}.")
        self._say("Iedereen meldt zich opnieuw aan. Klaar.")

    def _tell(self, manifest: Manifest) -> None:
        moment = localtime(manifest.made_at)
        rows, files = sum(manifest.tables.values()), len(manifest.files)
        self._say(
            f"Back-up van {moment:%d-%m-%Y %H:%M}, routekaart {manifest.product}: "
            f"{rows} rijen en {files} bestanden, alle in orde."
        )
        if manifest.missing:
            self._say(f"Bij het maken ontbraken al {len(manifest.missing)} bestanden.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
