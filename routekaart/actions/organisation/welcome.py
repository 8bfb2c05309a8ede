"""The first mail to whoever was added to a school: where to go, and how to get a password."""

from django.conf import settings
from django.urls import reverse

from routekaart.actions.mail.outbox import Message, tell
from routekaart.domain.mail_texts import welcome_text
from routekaart.models import Employment
from routekaart.models.mail import MailKind


def welcome(employment: Employment) -> bool:
    """Queues the mail in the transaction in which somebody was added; once per employment.

    It holds no key to the account, only the address of the page that sends one: a message in the
    outbox is read by others too.
    """
    address: str = settings.PUBLIC_ADDRESS
    page = address.rstrip("/") + reverse("account_reset_password") if address else ""
    text = welcome_text(employment.school.name, choose_password=page, address=address)
    return tell(
        school=employment.school_id,
        kind=MailKind.WELCOME,
        message=Message(employment.person_id, f"welcome:{employment.pk}", text.subject, text.body),
    )
