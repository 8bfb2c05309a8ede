"""Other addresses that somebody asked for and never confirmed: a typing error, perhaps."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress, EmailConfirmation
from django.conf import settings
from django.db.models import F


def forget_unconfirmed_addresses(*, at: datetime) -> int:
    """Takes away the addresses to which no link was sent that still works; gives how many.

    The address that is somebody's own stays, also where nobody confirmed it.
    """
    past = at - timedelta(days=settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS)
    EmailConfirmation.objects.filter(sent__lte=past).delete()
    waiting = EmailAddress.objects.filter(verified=False, emailconfirmation__isnull=True)
    forgotten: int
    forgotten, _ = waiting.exclude(email=F("user__email")).delete()
    return forgotten
