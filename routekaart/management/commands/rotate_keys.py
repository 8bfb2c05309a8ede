"""Encrypts anew what was encrypted with a former secret of the site."""

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from routekaart.web.second_factor import SecondFactorAdapter

# What of a second step lies encrypted: the secret of the phone, the seed of recovery codes.
_ENCRYPTED = ("secret", "seed")


class Command(BaseCommand):
    help = "Versleutel de geheimen van de tweede stap met de nieuwe SECRET_KEY."

    def handle(self, *_args: Any, **_options: Any) -> None:
        adapter = SecondFactorAdapter()
        with transaction.atomic():
            rows = list(Authenticator.objects.select_for_update(no_key=True).order_by("pk"))
            for row in rows:
                try:
                    row.data |= {
                        name: adapter.encrypt(adapter.decrypt(row.data[name]))
                        for name in _ENCRYPTED
                        if name in row.data
                    }
                except InvalidToken:
                    raise CommandError(
                        "Een van de geheimen past bij geen enkel geheim van nu: zet de vorige "
                        "SECRET_KEY in SECRET_KEY_FALLBACKS. Er is niets veranderd."
                    ) from None
                row.save(update_fields=["data"])
        self.stdout.write(f"Opnieuw versleuteld: {len(rows)}.")
