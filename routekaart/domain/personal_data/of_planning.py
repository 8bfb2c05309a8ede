"""Routekaarten, advice, study days, plans and documents."""

from typing import Final

from routekaart.domain.personal_data.classes import Rows, Table

PLANNING_TABLES: Final = (
    Table(
        "routekaart.Routekaart",
        "routekaarten",
        "texts",
        texts="reason looking_back return_comment",
        facts="id team school_year state funding platforms weekly_minutes deadline_workdays "
        "plg_rhythm_weeks plg_minutes plg_minimum_meetings window_weeks follow_up_weeks "
        "evaluation_weeks goals_per_day most_candidate_days wait_for_all meeting_weekday "
        "lesson_visits approved_on mr_date revision created_at changed_at",
    ),
    Table(
        "routekaart.ChosenIntervention",
        "gekozen interventies",
        "texts",
        texts="programme recognition",
        facts="id routekaart intervention position parameters",
    ),
    Table(
        "routekaart.FacilityLink",
        "voorzieningen",
        "texts",
        texts="reason",
        facts="id routekaart facility intervention",
    ),
    Table(
        "routekaart.Answer",
        "antwoorden bij de routekaart",
        "texts",
        texts="text",
        facts="id routekaart intervention point",
    ),
    Table(
        "routekaart.Goal",
        "doelen",
        "texts",
        texts="wording noticeable indicator stops",
        facts="id routekaart priority carried_from",
    ),
    Table("routekaart.GoalIntervention", "interventies van een doel", facts="id goal intervention"),
    Table(
        "routekaart.GoalCourse",
        "cursussen van een doel",
        "texts",
        texts="reason",
        facts="id goal course",
    ),
    Table("routekaart.GoalOrder", "volgorde van doelen", facts="id goal earlier"),
    Table(
        "routekaart.StudyDay",
        "studiedagen",
        "together",
        doers="trainer",
        texts="title room outcome",
        facts="id routekaart date kind starts_at minutes free_groups fixed state "
        "programme_revision follow_up_on evaluation_on",
    ),
    Table(
        "routekaart.ProgrammeBlock",
        "onderdelen van een studiedag",
        "texts",
        texts="title text items track room",
        facts="id study_day starts_at minutes kind goal",
    ),
    Table(
        "routekaart.BlockPerson",
        "wie waarbij is op een studiedag",
        "together",
        who="person",
        facts="id block leads",
    ),
    Table(
        "routekaart.AdviceDesk",
        "advies waaraan gewerkt wordt",
        "texts",
        doers="changed_by",
        texts="changes",
        facts="id routekaart revision changed_at",
    ),
    Table(
        "routekaart.AdviceVersion",
        "adviezen",
        "texts",
        doers="made_by",
        texts="note trainer_changes",
        generated="content",
        facts="id routekaart version catalogue_version made_at",
    ),
    Table(
        "routekaart.AdviceDecision",
        "besluiten over advies",
        "texts",
        doers="decided_by",
        texts="reason",
        facts="id advice course accepted decided_at",
    ),
    Table(
        "routekaart.Presence",
        "wie nu met een routekaart bezig is",
        "technique",
        Rows.GO,
        who="person",
        facts="id routekaart step seen_at",
    ),
    Table(
        "routekaart.Plan",
        "plannen, met namen erin",
        "documents",
        doers="made_by",
        generated="content",
        facts="id routekaart version input_hash plan_from catalogue_version made_at approved_at",
    ),
    # Changed through its own seam: the content is compressed.
    Table(
        "routekaart.FrozenPlan",
        "wat er stond bij goedkeuring",
        "documents",
        generated="content",
        facts="plan frozen_at",
    ),
    Table(
        "routekaart.WordTemplate",
        "eigen Word-sjablonen",
        "log",
        doers="uploaded_by",
        texts="name",
        facts="id school version content_hash size active uploaded_at removed_at",
    ),
    Table(
        "routekaart.Document",
        "documenten over jou",
        "documents",
        Rows.GO,
        who="person",
        own="subject file_name",
        facts="id school board routekaart plan study_day private kind format length "
        "catalogue_version input_hash content_hash size media_type holds_persons "
        "holds_progress adopted made_at "
        "word_template",
    ),
    Table(
        "routekaart.DocumentLink",
        "links naar documenten",
        "documents",
        Rows.GO,
        who="recipient",
        doers="made_by",
        facts="id document made_at expires_at revoked_at opened_at mail",
    ),
    Table(
        "routekaart.Job",
        "klussen die je hebt aangevraagd",
        "documents",
        doers="requested_by",
        texts="failure_text",
        facts="id school board parent kind state payload progress attempts waits lease_until "
        "due_at failure_code holds_persons private requested_at finished_at document "
        "routekaart request_id",
        secrets="token",
    ),
)
