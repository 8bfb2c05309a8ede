"""Addresses: people, roles, teams, free days and packages of a school; and one's own data."""

from django.urls import path

from routekaart.web.views.office import (
    budget,
    budgets,
    days,
    log,
    me,
    office,
    people,
    people_list,
    person,
    person_sign_in,
    roles,
    settings,
    teams,
    tokens,
    word_templates,
)

app_name = "office"
_SCHOOL = "beheer/<uuid:school_id>"
_PERSON = "beheer/medewerker/<uuid:employment_id>"
_TEAM = "beheer/team/<uuid:team_id>"
_TEMPLATE = "beheer/word-sjabloon/<uuid:template_id>"
_LIST = f"{_SCHOOL}/medewerkers/inlezen"
urlpatterns = [
    path("mijn-gegevens", me.me, name="me"),
    path("mijn-gegevens/sleutels", tokens.tokens, name="tokens"),
    path("beheer", office.office, name="office"),
    path(_SCHOOL, office.school, name="school"),
    path(f"{_SCHOOL}/medewerkers", people.people, name="people"),
    path(f"{_SCHOOL}/medewerkers/nieuw", people.add, name="add_person"),
    path(_LIST, people_list.choose, name="choose_list"),
    path(f"{_LIST}/voorbeeld.csv", people_list.template, name="list_template"),
    path(f"{_LIST}/controle", people_list.check, name="check_list"),
    path(f"{_LIST}/klaar", people_list.done, name="list_done"),
    path(_PERSON, person.person, name="person"),
    path(f"{_PERSON}/werk", person.work, name="work"),
    path(f"{_PERSON}/rollen", person.roles, name="person_roles"),
    path(f"{_PERSON}/teams", person.teams, name="person_teams"),
    path(f"{_PERSON}/verlof", person.leave, name="leave"),
    path(f"{_PERSON}/aanmelden", person_sign_in.sign_in, name="person_sign_in"),
    path(f"{_PERSON}/weg", person.leaving, name="leaving"),
    path(f"{_PERSON}/budget", budget.budget, name="budget"),
    path(f"{_PERSON}/budget/uitgave", budget.add_spending, name="add_spending"),
    path(f"{_PERSON}/budget/jaar", budget.grant, name="budget_grant"),
    path("mijn-budget", budgets.own_budget, name="own_budget"),
    path(f"{_SCHOOL}/budgetten", budgets.budgets, name="budgets"),
    path(f"{_SCHOOL}/budgetten/tabel.csv", budgets.table, name="budget_table"),
    path(f"{_SCHOOL}/budgetten/eigen-getallen", budgets.budget_numbers, name="budget_numbers"),
    path(f"{_SCHOOL}/rollen", roles.roles, name="roles"),
    path(f"{_SCHOOL}/rollen/geven", roles.give, name="give_role"),
    path(
        f"{_SCHOOL}/rollen/<uuid:person_id>/<slug:role>/intrekken",
        roles.withdraw,
        name="withdraw_role",
    ),
    path(
        f"{_SCHOOL}/rollen/<uuid:person_id>/<slug:role>/overdragen",
        roles.hand_over,
        name="hand_over_role",
    ),
    path(f"{_SCHOOL}/logboek", log.log, name="log"),
    path(f"{_SCHOOL}/teams", teams.teams, name="teams"),
    path(_TEAM, teams.team, name="team"),
    path(f"{_TEAM}/naam", teams.rename, name="rename_team"),
    path("beheer/teamlid/<uuid:membership_id>/weg", teams.leave_team, name="leave_team"),
    path(f"{_SCHOOL}/vakanties", days.days, name="days"),
    path(f"{_SCHOOL}/vakanties/nieuw", days.add, name="add_days"),
    path(f"{_SCHOOL}/vakanties/regio", days.region, name="region"),
    path("beheer/vrije-dag/<int:override_id>/weg", days.remove, name="remove_days"),
    path(f"{_SCHOOL}/pakketten", settings.packages, name="packages"),
    path(f"{_SCHOOL}/pakketten/eigen", settings.own_packages, name="own_packages"),
    path(f"{_SCHOOL}/word-sjabloon", word_templates.templates, name="word_templates"),
    path(f"{_SCHOOL}/word-sjabloon/velden", word_templates.fields, name="word_fields"),
    path(f"{_SCHOOL}/word-sjabloon/voorbeeld.docx", word_templates.example, name="word_example"),
    path(_TEMPLATE, word_templates.template, name="word_template"),
    path(f"{_TEMPLATE}/sjabloon.docx", word_templates.file, name="word_file"),
    path(f"{_TEMPLATE}/proef.docx", word_templates.trial, name="word_trial"),
    path(f"{_TEMPLATE}/weg", word_templates.remove, name="remove_word_template"),
    path(f"{_SCHOOL}/voortgang-op-naam", settings.names, name="names"),
    path(f"{_SCHOOL}/gegevens", settings.settings, name="settings"),
    path(f"{_SCHOOL}/regels", settings.numbers, name="numbers"),
]
