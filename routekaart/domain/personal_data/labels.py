"""What the columns of a person's rows are called in the part of the export that people read.

A column stands here, under its name or as `Table.column` where the name means something else
there, or in `ONLY_FOR_PROGRAMS`; a test fails for one that stands in neither.
"""

from collections.abc import Mapping
from typing import Final

# Numbers that only mean something to a program. They stand in the JSON, as everything does.
_TECHNICAL: Final = (
    "account action_flag agreement apitoken app assignment attempts batch block "
    "catalogue_version completion content content_hash content_type cycle data digest "
    "document email_address employment extra_data failure_code feed goal group_completion "
    "holds_persons holds_progress host id indicator input_hash key lease_until mail media_type "
    "meeting number object_id object_kind parent payload plan plg_meeting private progress "
    "programme_revision request_id response revision scan sequence size status step topic uid "
    "user_agent visit waits word_template work_group held_up_since "
    # Whose row it is, and who else did something with it.
    "added_by assigned_by author changed_by checked_by decided_by made_by owner person "
    "recipient recorded_by released_by replaced_by requested_by trainer uploaded_by user visitor "
    "NoteVersion.note "
    "AdviceDesk.changes AdviceVersion.trainer_changes Mail.about LogEntry.change_message "
    "StudyDay.free_groups StudyDay.fixed ToldEvent.kind"
)
ONLY_FOR_PROGRAMS: Final = frozenset(_TECHNICAL.split())

LABELS: Final[Mapping[str, str]] = {
    "accepted": "overgenomen",
    "accepted_at": "gebruikt op",
    "action": "wat je deed",
    "action_time": "wanneer",
    "active": "in gebruik",
    "added_at": "toegevoegd op",
    "advice": "advies",
    "agreed_on": "afgesproken op",
    "approved_at": "vastgesteld op",
    "assigned_at": "klaargezet op",
    "at": "wanneer",
    "back_on": "weer terug op",
    "board": "bestuur",
    "body": "tekst",
    "cancelled": "vervallen",
    "cancelled_at": "vervallen op",
    "cents": "bedrag in centen",
    "changed_at": "gewijzigd op",
    "check_on": "terug op",
    "checked_at": "genoteerd op",
    "checked_on": "bekeken op",
    "confirmed_at": "bevestigd op",
    "counts": "telt mee",
    "counts_reason": "waarom het wel of niet meetelt",
    "course": "cursus",
    "created": "gemaakt op",
    "created_at": "gemaakt op",
    "UserSession.created_at": "aangemeld op",
    "date": "datum",
    "date_joined": "gekoppeld op",
    "day": "dag",
    "decided_at": "genoteerd op",
    "decided_on": "besloten op",
    "done_on": "gedaan op",
    "due_at": "bedoeld voor",
    "due_on": "klaar op",
    "email": "e-mailadres",
    "ends_on": "tot en met",
    "evaluation_on": "evaluatie op",
    "expires_at": "geldig tot",
    "failure": "wat er misging",
    "failure_text": "wat er misging",
    "fetched_on": "laatst opgehaald op",
    "file_name": "bestandsnaam",
    "finished_at": "klaar op",
    "first_day": "eerste dag",
    "focus": "kijkvraag",
    "follow_up_on": "vervolgmoment op",
    "format": "soort bestand",
    "adopted": "gemaakt van een vastgesteld plan",
    "given_email": "e-mailadres dat een school opgaf",
    "given_name": "naam die een school opgaf",
    "fte": "werktijdfactor",
    "function": "functie",
    "functions": "functies",
    "ip": "internetadres",
    "is_active": "account in gebruik",
    "joined_on": "lid sinds",
    "kind": "soort",
    "last_day": "laatste dag",
    "last_login": "laatst aangemeld op",
    "last_seen_at": "laatst gezien op",
    "last_used_at": "laatst gebruikt op",
    "leads": "je begeleidt dit",
    "left_at": "weg sinds",
    "length": "lengte",
    "made_at": "gemaakt op",
    "mandatory": "verplicht",
    "may_write": "mag wijzigen",
    "measured_on": "gemeten op",
    "minutes": "duur in minuten",
    "name": "naam",
    "note": "toelichting",
    "object_repr": "waarvan",
    "opened_at": "geopend op",
    "outcome": "hoe het ging",
    "StudyDay.outcome": "opbrengst",
    "package": "pakket",
    "plan_from": "gepland vanaf",
    "primary": "eerste adres",
    "proof": "bewijs",
    "provider": "aanbieder",
    "reason": "reden",
    "recorded_at": "genoteerd op",
    "released_at": "vrijgegeven op",
    "removed_at": "weggehaald op",
    "replaced_at": "vervangen op",
    "requested_at": "gevraagd op",
    "revoked_at": "gestopt op",
    "role": "rol",
    "room": "ruimte",
    "routekaart": "routekaart",
    "school": "school",
    "school_year": "schooljaar",
    "seen_at": "gezien op",
    "sent": "verstuurd op",
    "sent_at": "verstuurd op",
    "shared_at": "gedeeld op",
    "source": "hoe we dit weten",
    "spent_on": "uitgegeven op",
    "starts_at": "begint om",
    "starts_on": "vanaf",
    "state": "stand",
    "state_reason": "reden van de stand",
    "state_since": "stand sinds",
    "study_day": "studiedag",
    "subject": "onderwerp",
    "target": "voor wie",
    "team": "team",
    "text": "tekst",
    "title": "titel",
    "try_by": "uiterlijk op",
    "type": "soort",
    "undone_at": "teruggedraaid op",
    "uploaded_at": "ingeleverd op",
    "value": "waarde",
    "verdict": "besluit",
    "verified": "bevestigd",
    "version": "versie",
    "weekly_mail": "weekoverzicht per mail",
    "weekly_study_minutes": "studieminuten per week",
    "what": "wat",
    "whole_team": "van het hele team",
    "working_days": "werkdagen",
    "written_at": "geschreven op",
}


def label_of(table: str, column: str) -> str:
    """What a column is called, without capital; empty for one that only programs read.

    `table` without its app. Raises `KeyError` for a column of which nobody decided it.
    """
    one = f"{table}.{column}"
    if one in LABELS:
        return LABELS[one]
    if one in ONLY_FOR_PROGRAMS or column in ONLY_FOR_PROGRAMS:
        return ""
    return LABELS[column]
