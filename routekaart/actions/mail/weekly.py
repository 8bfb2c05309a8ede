"""The weekly overview for who guides teams: queued once a week, and one's own choice about it."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from routekaart.access import Access
from routekaart.actions.audit import record
from routekaart.actions.mail.outbox import store
from routekaart.domain.sending_hours import in_hours
from routekaart.domain.weekly_overview import week_key
from routekaart.domain.weekly_texts import weekly_text
from routekaart.models import Mail, Person
from routekaart.models.mail import MailKind
from routekaart.queries.mail.each_school import EachSchool
from routekaart.queries.mail.weekly import weekly_overviews


def prepare_weekly_overviews(
    *, today: date, now: datetime, ended_by: tuple[type[Exception], ...] = ()
) -> int:
    """Queues the overviews of those for whom the working week begins; gives how many are new.

    Safe to repeat: nobody gets two in a week. Outside the daytime nothing is prepared. What waits
    is read again when a message goes out. Raises `NotAllRead` once everybody had a turn; what is
    in `ended_by`, such as the end of the time that there is for this, at once.
    """
    if not in_hours(timezone.localtime(now)):
        return 0
    each = EachSchool(ended_by)
    mails = []
    for person, school, overview in weekly_overviews(today=today, each=each):
        text = weekly_text(overview, address=settings.PUBLIC_ADDRESS)
        mails.append(
            Mail(
                school_id=school,
                person_id=person,
                kind=MailKind.WEEKLY,
                key=week_key(today),
                subject=text.subject,
                body=text.body,
                state="queued",
            )
        )
    with transaction.atomic():
        new = store(mails)
    each.check()
    return new


@transaction.atomic
def choose_weekly_mail(*, by: Access, wanted: bool) -> None:
    """Whether `by` gets the weekly overview from now on, at all schools. Safe to repeat."""
    person = Person.objects.select_for_update(no_key=True).get(pk=by.person.pk)
    if person.weekly_mail != wanted:
        person.weekly_mail = wanted
        person.save(update_fields=["weekly_mail"])
        with by.entered():
            for school in by.schools[:1]:
                record(by=by, school=school, action="choose_weekly_mail", subject=person)
