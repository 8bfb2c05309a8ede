"""App configuration."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks


class RoutekaartConfig(AppConfig):
    name = "routekaart"
    label = "routekaart"
    verbose_name = "Routekaart"
    default_auto_field = "django.db.models.BigAutoField"


@checks.register(deploy=True)
def mail_leaves(**_given: Any) -> list[checks.CheckMessage]:
    """For `check --deploy`: one warning when mail in production becomes files."""
    if not (settings.PRODUCTION and settings.EMAIL_BACKEND.endswith(".filebased.EmailBackend")):
        return []
    return [
        checks.Warning(
            f"Er is geen mailserver: elk bericht wordt een bestand in {settings.EMAIL_FILE_PATH}, "
            "ook een uitnodiging of een nieuw wachtwoord.",
            hint="Zet EMAIL_HOST op de naam van jullie mailserver.",
            id="routekaart.W001",
        )
    ]
