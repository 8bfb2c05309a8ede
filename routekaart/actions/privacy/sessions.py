"""Ending what somebody is signed in with, and what lies waiting in sessions."""

from collections.abc import Collection
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


def end_sessions(person_id: UUID) -> int:
    """Ends every session of the person; gives how many. Reads all: whose it is stands inside."""
    ended = 0
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person_id):
            session.delete()
            ended += 1
    return ended


def drop_chosen_lists(schools: Collection[UUID]) -> list[str]:
    """Forgets the lists of people that wait at these schools; gives the hashes of their files."""
    wanted = {str(school) for school in schools}
    hashes = []
    for session in Session.objects.iterator():
        data = session.get_decoded()
        chosen = data.get(CHOSEN_FILE)
        if chosen is not None and chosen["school"] in wanted:
            hashes.append(chosen["hash"])
            _without(session, data, CHOSEN_FILE)
    return hashes


def drop_kept_forms(named: Named) -> int:
    """Forgets the forms that wait in sessions and are by this person, or name this person; gives
    how many."""
    dropped = 0
    for session in Session.objects.iterator():
        data = session.get_decoded()
        form = data.get(KEPT_FORM)
        if form is not None and _concerns(form, named):
            _without(session, data, KEPT_FORM)
            dropped += 1
    return dropped


def _concerns(form: dict[str, Any], named: Named) -> bool:
    if named.id in {form["for"], *form["path"].split("/")}:
        return True
    fields = parse_qs(form["fields"])
    return named.stands_anywhere_in(fields) or any(named.id in one for one in fields.values())


def _without(session: Session, data: dict[str, Any], name: str) -> None:
    del data[name]
    session.session_data = SessionStore().encode(data)
    session.save(update_fields=["session_data"])
