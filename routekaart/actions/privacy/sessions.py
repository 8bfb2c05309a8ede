"""Ending what somebody is signed in with, and what lies waiting in sessions."""

from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from routekaart.domain.personal_data.names import Named

# A list of people that somebody chose, and that waits for a second look: school and hash.
CHOSEN_FILE = "chosen_file"
# A form that was sent when the session had ended: for whom, the page and the fields.
KEPT_FORM = "kept"
# A first sign-in that waits for a code by mail: the address, and what a provider told.
MAILBOX = "mailbox"


def clear_sessions(named: Named, schools: Collection[UUID]) -> list[str]:
    """Ends every session of the person, and forgets what waits in those of others: lists of people
    of these schools, forms that are by this person or name this person, and what a provider told of
    this person.

    Gives the hashes of the files of those lists. Reads all sessions, because whose one is stands
    inside, and each once: unpacking is what takes time.
    """
    wanted = {str(school) for school in schools}
    hashes: list[str] = []
    for session in Session.objects.iterator():
        data = session.get_decoded()
        chosen, form = data.get(CHOSEN_FILE), data.get(KEPT_FORM)
        going = []
        if chosen is not None and chosen["school"] in wanted:
            hashes.append(chosen["hash"])
            going.append(CHOSEN_FILE)
        if form is not None and _concerns(form, named):
            going.append(KEPT_FORM)
        if named.stands_anywhere_in(data.get(MAILBOX)):
            going.append(MAILBOX)
        if data.get(SESSION_KEY) == named.id:
            session.delete()
        elif going:
            _without(session, data, going)
    return hashes


def _concerns(form: dict[str, Any], named: Named) -> bool:
    if named.id in {form["for"], *form["path"].split("/")}:
        return True
    fields = parse_qs(form["fields"])
    return named.stands_anywhere_in(fields) or any(named.id in one for one in fields.values())


def _without(session: Session, data: dict[str, Any], names: Iterable[str]) -> None:
    for name in names:
        del data[name]
    session.session_data = SessionStore().encode(data)
    session.save(update_fields=["session_data"])
