"""Goals in terms of learning, not of results (S17): a soft check with a hint, never a judge."""

import re

# Words and figures that speak of a result.
_PERFORMANCE = re.compile(
    r"""[0-9]\s*(?:%|procent\b|punt(?:en)?\b)
      | \bprocent(?:en)?\b
      | \b(?:cito|iep|dia|route\s?8|boom|lvs)\b
      | \b(?:scores?|scoren|scoort|opbrengst(?:en)?|resultaten|resultaat|gemiddelde[ns]?)\b
      | \b\w*(?:scores?|toets(?:en)?|toetsresultaten|eindtoets|doorstroomtoets|toetsing)\b
      | \b(?:1f|2f|1s|3f|referentieniveaus?|vaardigheidsgroei|streefdoel(?:en)?|norm)\b
      | \b(?:leerwinst|maanden\s+winst)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Words that say that the team itself learns.
_LEARNING = re.compile(
    r"\b(?:leer|leert|leren|geleerd|aanleren|oefenen|oefent|inoefenen|ontdekken|onderzoeken"
    r"|onderzoekt|uitproberen|proberen|ontwikkelen|verdiepen|verdiept|begrijpen|begrijpt"
    r"|toepassen|beheersen|bekwamen|eigen\s+maken|reflecteren|afstemmen)\b",
    re.IGNORECASE,
)
# Pupils that learn are an outcome for the team, not what the team learns.
_PUPILS_LEARN = re.compile(
    r"\b(?:leerlingen?|kinderen|kind|groep\s+[0-9])\s+(?:\w+\s+){0,2}?(?:leer|leert|leren)\b",
    re.IGNORECASE,
)

HINT = (
    "Dit doel noemt alleen een resultaat. Schrijf op wat jullie zelf gaan leren, bijvoorbeeld: "
    "'Wij leren feedback te geven waar leerlingen verder mee kunnen.' Het resultaat past bij "
    "'merkbaar bij leerlingen'."
)


def is_performance_only(wording: str) -> bool:
    """Whether a goal speaks of results and of nothing that the team learns."""
    if not _PERFORMANCE.search(wording):
        return False
    return not _LEARNING.search(_PUPILS_LEARN.sub(" ", wording))
