"""Boards, schools, people and what they may do."""

from typing import Final

from routekaart.domain.personal_data.classes import Rows, Table

ORGANISATION_TABLES: Final = (
    Table("routekaart.Board", "besturen", facts="id name number"),
    Table(
        "routekaart.School",
        "scholen",
        facts="id board name brin sector region packages academy_url free_on_good_friday "
        "free_on_liberation_day progress_by_name_since completion_months date_numbers "
        "budget_numbers "
        "second_factor_required staff_joins skin",
    ),
    Table(
        "routekaart.CalendarOverride",
        "vrije dagen",
        "texts",
        texts="title",
        facts="id school first_day last_day closed",
    ),
    Table(
        "routekaart.CourseOverride",
        "eigen gegevens bij cursussen",
        facts="id school course duration_minutes url confirmed_available_on",
    ),
    Table(
        "routekaart.SchoolCourse",
        "eigen cursussen van de school",
        "log",
        doers="added_by",
        texts="provider",
        facts="id school course added_at",
    ),
    Table(
        "routekaart.QuoteRequest",
        "aanvragen van een offerte",
        "log",
        who="requested_by",
        facts="id school package requested_at",
    ),
    Table("routekaart.Team", "teams", "texts", texts="name", facts="id school"),
    Table(
        "routekaart.Person",
        "naam, e-mailadres en wachtwoord",
        "account",
        who="id",
        own="email name last_login weekly_mail",
        facts="is_active created_at",
        secrets="password",
    ),
    Table(
        "routekaart.Employment",
        "functies, wtf en werkdagen",
        "work",
        Rows.GO,
        who="person",
        own="given_name given_email functions fte working_days weekly_study_minutes",
        facts="id school",
    ),
    Table(
        "routekaart.Leave",
        "verlof",
        "work",
        Rows.GO,
        who="employment__person",
        own="first_day last_day",
        facts="id employment",
    ),
    Table(
        "routekaart.BudgetLine",
        "je scholingsbudget",
        "budget",
        Rows.GO,
        who="person",
        doers="recorded_by",
        own="cents spent_on",
        texts="what",
        facts="id school school_year kind recorded_at",
    ),
    Table(
        "routekaart.TeamMembership",
        "teams waarin je zit",
        "work",
        Rows.GO,
        who="person",
        facts="id team joined_on",
    ),
    Table(
        "routekaart.RoleGrant",
        "rollen",
        "work",
        Rows.GO,
        who="person",
        facts="id role school board starts_on ends_on",
    ),
    Table(
        "routekaart.Departure",
        "vertrek bij een school, met de datum",
        "work",
        Rows.GO,
        who="person",
        own="given_name",
        facts="id school left_at",
    ),
    Table(
        "routekaart.Erasure",
        "lijst van wie gewist is",
        facts="person_id erased_at schools_to_clear",
    ),
    Table(
        "routekaart.ApiToken",
        "sleutels voor andere programma’s",
        "technique",
        Rows.GO,
        who="person",
        own="name",
        facts="id may_write created_at last_used_at revoked_at",
        secrets="digest",
    ),
    Table(
        "routekaart.TokenSchool",
        "scholen van een sleutel",
        "technique",
        Rows.GO,
        who="apitoken__person",
        facts="id apitoken school may_write",
    ),
)
