"""Why the product keeps what it keeps, in words for everybody."""

from typing import Final

from routekaart.domain.personal_data.classes import Purpose

_CONTRACT: Final = "Nodig voor het werk dat je met de school hebt afgesproken"
_INTEREST: Final = "Gerechtvaardigd belang van de school: goed leren organiseren"
_SECURITY: Final = "Gerechtvaardigd belang van de school: veilig werken en kunnen nagaan wat er was"
_UNTIL_ERASED: Final = (
    "Zolang je bij de school hoort, en daarna tot de bewaartermijn voorbij is. "
    "Dan blijft alleen een telling zonder naam."
)
_GONE: Final = (
    "Zolang je bij de school hoort, en daarna tot de bewaartermijn voorbij is. Dan gaat het weg."
)

PURPOSES: Final = (
    Purpose(
        "account",
        "Je account",
        "Om je te laten aanmelden en te weten wie je bent.",
        _GONE,
        "Jij, de schoolbeheerder en je collega’s van het team (alleen je naam).",
        _CONTRACT,
    ),
    Purpose(
        "work",
        "Je werk op school",
        "Om cursussen te kiezen die bij je functie passen, in weken waarin je werkt.",
        "Zolang je bij de school werkt. Ga je weg, dan gaan werk, verlof, teams en rollen weg.",
        "Jij en de schoolbeheerder. Je teamleider en trainer zien je functie en je team.",
        _CONTRACT,
    ),
    Purpose(
        "budget",
        "Je scholingsbudget",
        "Om te weten wat je dit jaar en uit eerdere jaren te besteden hebt.",
        _GONE,
        "Jij, de directie en de schoolbeheerder.",
        _CONTRACT,
    ),
    Purpose(
        "learning",
        "Wat je leert",
        "Om te weten welke cursussen klaarstaan en welke af zijn.",
        _UNTIL_ERASED,
        "Jij. Anderen zien voortgang op naam alleen als de personeelsgeleding van de MR dat goed "
        "vond. Anders zien zij aantallen, en niet van groepen onder de vijf.",
        _CONTRACT,
    ),
    Purpose(
        "own_words",
        "Wat je zelf opschrijft",
        "Om te onthouden wat je wilt leren, hebt geprobeerd en hebt gezien.",
        _GONE,
        "Jij. Wat je deelt, ziet je team ook.",
        _INTEREST,
    ),
    Purpose(
        "together",
        "Wat jullie samen doen",
        "Om studiedagen, werkgroepen, leerbijeenkomsten en lesbezoeken te regelen.",
        _UNTIL_ERASED,
        "Jij, je team en wie het team begeleidt.",
        _INTEREST,
    ),
    Purpose(
        "texts",
        "Teksten van het team",
        "Om vast te leggen wat jullie willen bereiken en hebben afgesproken.",
        "Zolang de school dat wil. Je volledige naam wordt bij het wissen vervangen.",
        "Het team, wie het begeleidt en de directie.",
        _INTEREST,
    ),
    Purpose(
        "documents",
        "Plannen en documenten",
        "Om plannen te maken en te laten lezen.",
        "Zolang de school dat wil. Bij het wissen gaan alle gemaakte documenten weg van de scholen "
        "die iets van je bewaren, omdat je naam erin kan staan. Ze kunnen daarna opnieuw gemaakt "
        "worden, zonder je naam.",
        "Wie het plan van het team mag lezen. Wat alleen van jou is, zie alleen jij.",
        _CONTRACT,
    ),
    Purpose(
        "mail",
        "Mail aan jou",
        "Om je te laten weten wat er klaarstaat.",
        _GONE,
        "Jij, en wie de mail van het team laat uitgaan.",
        _CONTRACT,
    ),
    Purpose(
        "log",
        "Logboek",
        "Om te kunnen nagaan wie iets wijzigde of een document opende.",
        "De regel blijft. Na het wissen staat er geen naam meer bij.",
        "De school, voor zover iemand het onderdeel zelf mag zien.",
        _SECURITY,
    ),
    Purpose(
        "technique",
        "Aanmelden en verbinden",
        "Om je aangemeld te houden, en agenda’s en andere programma’s te laten werken.",
        "Tot je je afmeldt of iets stopt, en anders tot je gegevens gewist worden. Op een apparaat "
        "dat je 14 dagen niet gebruikt, word je afgemeld; dat gaat een dag later weg.",
        "Niemand. Van sleutels en adressen wordt alleen een controlegetal bewaard.",
        _SECURITY,
    ),
)
