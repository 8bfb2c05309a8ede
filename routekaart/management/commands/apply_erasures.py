"""Erases again who was erased before, after an older backup was put back."""

from typing import Any

from django.core.management.base import BaseCommand

from routekaart.actions.privacy.erasing import apply_erasures
from routekaart.clock import now


class Command(BaseCommand):
    help = (
        "Wist opnieuw wie al gewist was. Draai dit na het terugzetten van een back-up, "
        "voordat iemand zich weer aanmeldt."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = apply_erasures(at=now())
        self.stdout.write(f"Opnieuw gewist: {count}.")
