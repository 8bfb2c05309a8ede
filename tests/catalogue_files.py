"""A small catalogue as data files, for tests that change or break one thing in it."""

from pathlib import Path

FILES = {
    "sources.toml": """
[[sources]]
slug = "handreiking"
title = "De handreiking"
publisher = "Uitgever"
published = "2021-06-03"
kind = "handreiking"

[[sources]]
slug = "toolkit"
title = "De toolkit"
publisher = "Kennisbank"
published = "z.d."
url = "https://example.org/toolkit"
kind = "toolkit"
note = "Bundelt onderzoek."
""",
    "parameters.toml": """
[[parameters]]
slug = "effect"
title = "Leerwinst"
unit = "maanden"

[[parameters]]
slug = "evidence"
title = "Bewijskracht"

[[parameters]]
slug = "duration-weeks"
title = "Duur"
unit = "weken"
""",
    "frameworks.toml": """
[[frameworks]]
slug = "menukaart"
title = "Menukaart"
source = "handreiking"
valid_from = 2021-04-01
valid_until = 2025-07-31

[[frameworks.categories]]
code = "A"
title = "Meer onderwijs"

[[frameworks.categories]]
code = "F"
title = "Randvoorwaarden"
requires_other_category = true
""",
    "functions.toml": """
[[functions]]
slug = "leerkracht"
title = "Leerkracht"
plural = "Leerkrachten"
includes = ["kleuterleerkracht"]

[[functions]]
slug = "kleuterleerkracht"
title = "Kleuterleerkracht"
plural = "Kleuterleerkrachten"

[[functions]]
slug = "onderwijsassistent"
title = "Onderwijsassistent"
plural = "Onderwijsassistenten"
allowed_tasks = ["Groepjes begeleiden"]
not_allowed_tasks = ["Zelfstandig lesgeven"]
vog_required = true
source = "toolkit"
""",
    "packages.toml": """
[[packages]]
slug = "academie"
title = "Academie"
in_default = true

[[packages]]
slug = "leerblokken"
title = "Leerblokken"
in_default = true
assumed = true

[[packages]]
slug = "pluspakket"
title = "Pluspakket"

[[packages]]
slug = "extern"
title = "Extern"
always_available = true

[[packages]]
slug = "vrij"
title = "Vrij"
always_available = true
""",
    "courses.toml": """
star_available_from = 2022-03-20
star_note = "Vanaf het voorjaar."

[default_minutes]
course = 240
notendop = 45
leerblok = 60
podcast = 30

[[courses]]
slug = "feedback-geven"
title = "Feedback geven"
kind = "course"
also_printed = ["Feedback: geven"]

[[courses]]
slug = "feedback-geven-2"
title = "Feedback geven 2"
kind = "notendop"
duration_minutes = 50

[[courses]]
slug = "toetsen-met-forms"
title = "Toetsen met Forms"
kind = "leerblok"
tools = ["Forms", "Flipgrid"]

[[courses]]
slug = "luister"
title = "Luister"
kind = "podcast"
""",
    "plg.toml": """
source = "handreiking"
conditions = ["Vertrouwen"]

[[traits]]
slug = "samen"
title = "Samen onderzoeken"
activities = ["Bekijk werk van leerlingen."]

[[questions]]
slug = "wat"
title = "Wat leren leerlingen?"

[[forms]]
slug = "coaching"
title = "Coaching"
activity = "Laat je coachen."
activity_without_offer = "Coach elkaar."
minutes = 60

[[flipped_steps]]
slug = "doel"
title = "Doel"
text = "Kies het doel."
""",
    "instruments.toml": """
[[instruments]]
slug = "pdca"
title = "PDCA"
source = "handreiking"
summary = "Plannen, doen, nagaan, bijstellen."
steps = ["Plan", "Do", "Check", "Act"]
times_per_year = 3
""",
    "general_offer.toml": """
category = "F"
notes = ["Bij elke keuze uit F."]

[[offer]]
provider = "podcast"
courses = [{ course = "luister" }]
""",
    "interventions/bijles.toml": """
slug = "bijles"
framework = "menukaart"
category = "A"
position = 1
title = "Bijles"
summary = "Extra les."
has_card = true
advice = ["Kies kleine groepen."]
cross_references = ["ouders"]
checklist = ["Is er een lokaal?"]

[[claims]]
parameter = "effect"
source = "handreiking"
value = 5
label = "Gemiddeld"

[[claims]]
parameter = "effect"
source = "toolkit"
value = 4
label = "Gemiddeld"

[[claims]]
parameter = "effect"
source = "toolkit"
value = 6
scope = { sector = "po" }

[[claims]]
parameter = "duration-weeks"
source = "handreiking"
minimum = 6
maximum = 12
approximate = true

[[attention_points]]
slug = "lokaal"
kind = "question"
text = "Waar geef je de bijles?"
source = "handreiking"
required = true

[[consider_first]]
slug = "eerst-ouders"
text = "Denk eerst aan ouders."
source = "handreiking"
alternatives = ["ouders"]

[[offer]]
provider = "e-learningacademie"
audience = ["leerkracht", "onderwijsassistent"]
courses = [
    { course = "feedback-geven", printed = "Feedback-geven", step = "start" },
    { course = "toetsen-met-forms", starred = true, phases = ["een"] },
]

[[offer]]
provider = "pluspakket-edutrainers"
platform = "microsoft-365"
courses = [{ course = "toetsen-met-forms" }]

[[programmes]]
slug = "snel"
title = "Snel"
summary = "Een kort programma."

[[programmes.claims]]
parameter = "duration-weeks"
source = "toolkit"
maximum = 10.5
""",
    "interventions/ouders.toml": """
slug = "ouders"
framework = "menukaart"
category = "F"
position = 1
title = "Ouders"
summary = "Ouders betrekken."
has_card = false
no_specific_offer = true

[wellbeing]
domains = [{ slug = "energie", title = "Energie" }]
intervention_types = ["Gesprek"]
databases = ["Bank"]
short_term = ["Nu"]
sustained = ["Later"]
""",
}


class CatalogueFiles:
    """The small catalogue in a folder; each method changes one file in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "interventions").mkdir(parents=True)
        for name, text in FILES.items():
            self.write(name, text.lstrip("\n"))

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Replaces the first occurrence; the old text must be there."""
        text = self.read(name)
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new, 1))

    def append(self, name: str, text: str) -> None:
        self.write(name, self.read(name) + text)

    def remove(self, name: str) -> None:
        (self.folder / name).unlink()
