"""Erases again who was erased before, after an older backup was put back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from routekaart.actions.privacy.erasing import NotAllErased, apply_erasures
from routekaart.clock import now


class Command(BaseCommand):
    help = (
        "Wist opnieuw wie al gewist was. Draai dit na het terugzetten van een back-up, "
        "voordat iemand zich weer aanmeldt."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            count = apply_erasures(at=now())
        except NotAllErased as error:
            raise CommandError(
                f"Opnieuw gewist: {error.done}. Niet gelukt: {error.failed}. Laat nog niemand toe "
                "en kijk in het logboek waar het misging."
            ) from None
        self.stdout.write(f"Opnieuw gewist: {count}.")
