"""The product without a browser: a scholingsplan in var/demo/, and the school year that follows."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from routekaart.demo.client import ApiProblem
from routekaart.demo.layout import laid_out
from routekaart.demo.school import STORY_TOKEN_NAME, forget_routekaarten, load_demo_school
from routekaart.demo.stage import tell_on_own_stage
from routekaart.demo.story import Told
from routekaart.demo.whole_year import tell_year

BAR_WIDTH = 30
DONE = 100


class Command(BaseCommand):
    help = "Maak voor de demoschool een scholingsplan in var/demo/ en vertel haar hele schooljaar."

    def handle(self, *_args: Any, **_options: Any) -> None:
        call_command("prepare", stdout=self.stdout)
        demo = load_demo_school(token_name=STORY_TOKEN_NAME)
        forget_routekaarten(demo.team)
        self._lines: list[str] = []
        self._line(f"School {demo.school.name} met team {demo.team.name} staat klaar.")
        try:
            told = tell_on_own_stage(demo, line=self._line, progress=self._bar)
            folder = settings.VAR_DIR / "demo"
            folder.mkdir(parents=True, exist_ok=True)
            self._write(told, folder)
            for text in tell_year(demo, told.routekaart, told.year):
                self._line(text)
        except ApiProblem as problem:
            raise CommandError(f"De demo stopte: {problem}") from None
        (folder / "jaar.txt").write_text("\n".join(self._lines) + "\n", encoding="utf-8")
        self.stdout.write(f"Lees het jaar na in {folder / 'jaar.txt'}")

    def _write(self, told: Told, folder: Path) -> None:
        (folder / "scholingsplan.pdf").write_bytes(told.document)
        for name, content in (("advies", told.advice), ("plan", told.plan)):
            (folder / f"{name}.json").write_text(
                json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
            )
        size = len(told.document) // 1024
        self._line(f"Scholingsplan gemaakt ({size} kB). Open {folder / 'scholingsplan.pdf'}")

    def _line(self, text: str) -> None:
        self._lines.append(laid_out(len(self._lines) + 1, text))
        self.stdout.write(self._lines[-1])
        self.stdout.flush()

    def _bar(self, percent: int) -> None:
        if percent < DONE and not self.stdout.isatty():
            return
        full = round(BAR_WIDTH * percent / 100)
        bar = "█" * full + "░" * (BAR_WIDTH - full)
        end = "\n" if percent == DONE else ""
        self.stdout.write(f"\r    Scholingsplan {bar} {percent:3d} %", ending=end)
        self.stdout.flush()
