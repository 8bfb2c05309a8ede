"""The fields that a school's own Word template may use.

The one table of them: the check of a template, the explanation on the page, the example template
and the values of a plan all follow it. A `geen_…` field is empty where there is something, and
else says that it is missing.
"""

from routekaart.domain.content.template_field import TemplateChapter, TemplateField, many, text
from routekaart.domain.content.template_goals import GOALS, TOGETHER

_HEAD = (
    text("titel", "De titel van het document.", "Scholingsplan"),
    text("schooljaar", "Het schooljaar.", "2026-2027", recommended=True),
    text("team", "De naam van het team.", "Team Onderbouw", recommended=True),
    text("school", "De naam van de school.", "Basisschool De Wilg", recommended=True),
    text("bestuur", "De naam van het bestuur.", "Stichting De Bomen"),
    text("opgesteld_door", "Wie het plan heeft opgesteld.", "Teamleider en trainer"),
    text("versie", "De versie van het plan.", "versie 3", recommended=True),
    text("datum", "De dag waarop deze versie is gemaakt.", "24 juni 2026"),
    text("status", "Concept of Vastgesteld.", "Concept", recommended=True),
    text("catalogus", "De versie van de catalogus.", "2f0c61d4b8aa"),
    many(
        "kerncijfers",
        "Wat het plan telt: doelen, collega’s, studiedagen.",
        "cijfer",
        text("aantal", "Het aantal.", "3"),
        text("wat", "Wat er geteld is.", "doelen"),
    ),
)
_PEOPLE = (
    many(
        "mensen",
        "Wat ieder zelf doet. Alleen in een document met een hoofdstuk per persoon.",
        "collega",
        text("naam", "De naam.", "Noor Visser"),
        many(
            "feiten",
            "Functie, werkdagen en uren, als kop met tekst.",
            "feit",
            text("kop", "Waar het over gaat.", "Werk"),
            text("tekst", "Wat erover te zeggen is.", "Leerkracht · 0,8 fte · ma, di, do, vr"),
        ),
        many(
            "taken",
            "De cursussen van deze collega.",
            "taak",
            text("uiterlijk", "Wanneer het klaar is.", "vr 18 sep 2026"),
            text("cursus", "De naam van de cursus.", "Feedback in de les"),
            text("duur", "Hoe lang het duurt.", "2 uur (aanname)"),
            text("week", "In welke weken.", "36–37"),
            text("waarvoor", "Voor welke doelen.", "Doel 1"),
        ),
        text("geen_taken", "Zegt het als er geen cursussen zijn.", ""),
    ),
    text("geen_mensen", "Zegt het als er geen hoofdstuk per persoon is.", ""),
    many(
        "uren",
        "De uren, individueel en opgedragen apart.",
        "regel",
        text("naam", "De naam, of ‘Hele team’.", "Hele team"),
        text("fte", "De aanstelling.", "0,8"),
        text("individueel", "Individuele uren.", "12:30"),
        text("opgedragen", "Opgedragen uren.", "28:00"),
        text("aanname", "Het deel waarvan de duur is aangenomen.", "6:00"),
        text("jaarbudget", "Wat iemand per jaar te besteden heeft.", "66:00"),
    ),
    text("geen_uren", "Zegt het als er geen uren zijn.", ""),
    many(
        "uren_uitleg",
        "Wat de uren betekenen.",
        "regel",
        text("tekst", "De uitleg.", "Aanname is het deel van de uren dat niet uit een bron komt."),
    ),
)
_END = (
    many(
        "data",
        "Alle data op een rij.",
        "moment",
        text("wanneer", "De datum.", "Woensdag 23 september 2026"),
        text("week", "De week.", "39"),
        text("wat", "Wat er dan is.", "Studiedag 1"),
        text("doelen", "Over welke doelen het gaat.", "Doel 1"),
    ),
    text("geen_data", "Zegt het als er nog geen data zijn.", ""),
    text("instemming", "Wanneer de MR instemde.", "Nog niet gegeven.", recommended=True),
    text("vastgesteld", "Wanneer de directeur het plan vaststelde.", "Nog niet vastgesteld."),
    many(
        "ondertekening",
        "Wie ondertekent.",
        "plek",
        text("rol", "De rol.", "Directeur"),
        text("naam", "De naam, als die bekend is.", "Robin de Groot"),
        text("datum", "De datum, als die bekend is.", ""),
    ),
    text("geen_ondertekening", "Zegt het als er niemand is aangewezen.", ""),
    many(
        "bronnen",
        "De publicaties achter de cijfers en vragen.",
        "bron",
        text("titel", "De titel.", "Voorbeeldbron"),
        text("uitgever", "De uitgever.", "Voorbeelduitgever"),
        text("jaar", "Het jaar.", "2021"),
        text("adres", "Het webadres.", "https://voorbeeld.example/bron"),
        recommended=True,
    ),
    text("geen_bronnen", "Zegt het als het plan geen bronnen noemt.", ""),
    many(
        "open_punten",
        "Wat nog niet bekend of geregeld is.",
        "punt",
        text("onderwerp", "Waar het bij hoort.", "Nog in te vullen"),
        text("punt", "Wat er openstaat.", "De instemming van de MR."),
        recommended=True,
    ),
    text("geen_open_punten", "Zegt het als alles bekend en geregeld is.", ""),
)
CHAPTERS = (
    TemplateChapter("Het document", _HEAD),
    TemplateChapter("Doelen", GOALS),
    TemplateChapter("Studiedagen en PLG", TOGETHER),
    TemplateChapter("Mensen en uren", _PEOPLE),
    TemplateChapter("Data, instemming, bronnen en open punten", _END),
)
FIELDS: tuple[TemplateField, ...] = tuple(field for chapter in CHAPTERS for field in chapter.fields)
