"""The main job without a browser: from chosen interventions to a scholingsplan in var/demo/."""

import json
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from routekaart.demo.client import ApiProblem
from routekaart.demo.school import STORY_TOKEN_NAME, forget_routekaarten, load_demo_school
from routekaart.demo.stage import tell_on_own_stage
from routekaart.demo.story import Told

BAR_WIDTH = 30
DONE = 100


class Command(BaseCommand):
    help = "Maak voor de demoschool een scholingsplan, van begin tot eind, in var/demo/."

    def handle(self, *_args: Any, **_options: Any) -> None:
        call_command("prepare", stdout=self.stdout)
        demo = load_demo_school(token_name=STORY_TOKEN_NAME)
        forget_routekaarten(demo.team)
        self._number = 0
        self._line(f"School {demo.school.name} met team {demo.team.name} staat klaar.")
        try:
            told = tell_on_own_stage(demo, line=self._line, progress=self._bar)
        except ApiProblem as problem:
            raise CommandError(f"De demo stopte: {problem}") from None
        self._write(told)

    def _write(self, told: Told) -> None:
        folder = settings.VAR_DIR / "demo"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "scholingsplan.pdf").write_bytes(told.document)
        for name, content in (("advies", told.advice), ("plan", told.plan)):
            (folder / f"{name}.json").write_text(
                json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
            )
        size = len(told.document) // 1024
        self._line(f"Scholingsplan gemaakt ({size} kB). Open {folder / 'scholingsplan.pdf'}")

    def _line(self, text: str) -> None:
        self._number += 1
        self.stdout.write(f"{self._number:>2}. {text}")
        self.stdout.flush()

    def _bar(self, percent: int) -> None:
        if percent < DONE and not self.stdout.isatty():
            return
        full = round(BAR_WIDTH * percent / 100)
        bar = "█" * full + "░" * (BAR_WIDTH - full)
        end = "\n" if percent == DONE else ""
        self.stdout.write(f"\r    Scholingsplan {bar} {percent:3d} %", ending=end)
        self.stdout.flush()
