"""Ending what somebody is signed in with, and what lies waiting in sessions."""

from collections.abc import Collection
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

# A list of people that somebody chose, and that waits for a second look: school and hash.
CHOSEN_FILE = "chosen_file"


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
            del data[CHOSEN_FILE]
            session.session_data = SessionStore().encode(data)
            session.save(update_fields=["session_data"])
    return hashes
