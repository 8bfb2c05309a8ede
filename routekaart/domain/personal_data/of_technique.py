"""Mail, calendars, the log, sessions, and the tables of the libraries."""

from typing import Final

from routekaart.domain.personal_data.classes import Rows, Table

TECHNICAL_TABLES: Final = (
    Table(
        "routekaart.MailBatch",
        "mail die klaargezet is",
        "log",
        doers="made_by released_by",
        texts="title",
        facts="id school routekaart kind made_at released_at cancelled_at",
    ),
    Table(
        "routekaart.Mail",
        "mail aan jou",
        "mail",
        Rows.GO,
        who="person",
        # Words for one person may name a colleague.
        generated="subject body about failure",
        facts="id school batch kind key state due_at attempts lease_until made_at sent_at",
        secrets="token",
    ),
    Table(
        "routekaart.CalendarFeed",
        "agenda-adressen",
        "technique",
        Rows.GO,
        who="person",
        facts="id team made_at revoked_at fetched_on",
        secrets="digest",
    ),
    Table(
        "routekaart.ToldEvent",
        "wat je agenda al weet",
        "technique",
        Rows.GO,
        who="feed__person",
        facts="id feed uid kind day starts_at minutes digest sequence changed_at cancelled",
    ),
    Table(
        "routekaart.StudyDayFile",
        "agendabestanden van studiedagen",
        facts="id study_day digest sequence changed_at",
    ),
    Table(
        "routekaart.AuditEntry",
        "logregels",
        "log",
        doers="person",
        facts="id school routekaart action object_kind object_id at",
    ),
    Table(
        "routekaart.IdempotencyKey",
        "antwoorden aan andere programma’s",
        "technique",
        Rows.GO,
        who="person",
        own="key response",
        facts="id status created_at",
        secrets="fingerprint",
    ),
    Table(
        "account.EmailAddress",
        "e-mailadressen om mee aan te melden",
        "account",
        Rows.GO,
        who="user",
        own="email",
        facts="id verified primary",
    ),
    Table(
        "account.EmailConfirmation",
        "bevestigingen van een e-mailadres",
        "account",
        Rows.GO,
        who="email_address__user",
        facts="id email_address created sent",
        secrets="key",
    ),
    Table(
        "admin.LogEntry",
        "wijzigingen in de catalogus",
        "log",
        Rows.GO,
        who="user",
        own="object_repr change_message",
        facts="id action_time content_type object_id action_flag",
    ),
    # Read one by one: whose it is stands inside.
    Table(
        "sessions.Session",
        "aangemelde apparaten",
        "technique",
        secrets="session_key session_data",
        facts="expire_date",
    ),
    Table("auth.Permission", "rechten van Django", facts="id name content_type codename"),
    Table("auth.Group", "groepen van Django", facts="id name"),
    Table("auth.Group_permissions", "rechten per groep", facts="id group permission"),
    Table("contenttypes.ContentType", "soorten tabellen", facts="id app_label model"),
)
