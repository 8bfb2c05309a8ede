"""The exported JSON: the shape others rely on, in printed order, mention by mention."""

import json
from pathlib import Path

from courses.entities import PointKind
from courses.export import export
from courses.files import read_catalogue
from tests.catalogue_files import CatalogueFiles

PLATFORMS = {"google-workspace", "google-classroom", "microsoft-365", "apps-en-tools", None}
PROVIDERS = {
    "e-learningacademie", "notendop", "pluspakket-edutrainers", "leerblokken-edutrainers",
    "augeo", "podcast",
}  # fmt: skip


def test_an_intervention_in_full(files: CatalogueFiles) -> None:
    bijles, ouders = export(read_catalogue(files.folder))["interventions"]
    assert bijles == {
        "slug": "bijles",
        "title": "Bijles",
        "category": "A",
        "framework": "menukaart",
        "summary": "Extra les.",
        "has_card": True,
        "effect_months": 5,
        "effect_label": "Gemiddeld",
        "evidence_label": None,
        "cost_label": None,
        "requires_other_category": False,
        "training_required": False,
        "advice": ["Kies kleine groepen."],
        "attention_points": [
            {
                "slug": "lokaal",
                "kind": "question",
                "text": "Waar geef je de bijles?",
                "source": "handreiking",
                "required": True,
            }
        ],
        "consider_first": [
            {
                "slug": "eerst-ouders",
                "text": "Denk eerst aan ouders.",
                "source": "handreiking",
                "alternatives": ["ouders"],
            }
        ],
        "cross_references": ["ouders"],
        "external_references": [],
        "no_specific_offer": False,
        "claims": [
            claim("effect", "handreiking", value=5, minimum=5, maximum=5, label="Gemiddeld"),
            claim("effect", "toolkit", value=4, minimum=4, maximum=4, label="Gemiddeld"),
            claim("effect", "toolkit", value=6, minimum=6, maximum=6, scope={"sector": "po"}),
            claim("duration-weeks", "handreiking", minimum=6, maximum=12, approximate=True),
        ],
        "programmes": [
            {
                "slug": "snel",
                "title": "Snel",
                "summary": "Een kort programma.",
                "claims": [claim("duration-weeks", "toolkit", maximum=10.5)],
            }
        ],
        "checklist": ["Is er een lokaal?"],
        "steps": [],
        "wellbeing": None,
        "courses": [
            {
                "slug": "feedback-geven",
                "title": "Feedback geven",
                "printed_title": "Feedback-geven",
                "provider": "e-learningacademie",
                "package": "academie",
                "platform": None,
                "audience": ["leerkracht", "onderwijsassistent"],
                "available_from": None,
                "step": "start",
                "phases": [],
            },
            {
                "slug": "toetsen-met-forms",
                "title": "Toetsen met Forms",
                "printed_title": "Toetsen met Forms",
                "provider": "e-learningacademie",
                "package": "academie",
                "platform": None,
                "audience": ["leerkracht", "onderwijsassistent"],
                "available_from": "2022-03-20",
                "step": None,
                "phases": ["een"],
            },
            {
                "slug": "toetsen-met-forms",
                "title": "Toetsen met Forms",
                "printed_title": "Toetsen met Forms",
                "provider": "pluspakket-edutrainers",
                "package": "pluspakket",
                "platform": "microsoft-365",
                "audience": [],
                "available_from": None,
                "step": None,
                "phases": [],
            },
        ],
    }
    assert (ouders["has_card"], ouders["requires_other_category"]) == (False, True)
    assert ouders["effect_months"] is None
    assert ouders["wellbeing"]["domains"] == [{"slug": "energie", "title": "Energie"}]


def claim(parameter: str, source: str, **values: object) -> dict[str, object]:
    empty: dict[str, object] = {
        "value": None, "minimum": None, "maximum": None, "label": "", "text": "", "note": "",
        "scope": {}, "approximate": False,
    }  # fmt: skip
    return {"parameter": parameter, "source": source, **empty, **values}


def test_a_claim_in_words_only_has_no_value(files: CatalogueFiles) -> None:
    files.replace("interventions/bijles.toml", "value = 4\n", "")
    (_, words, *_), _ = (
        item["claims"] for item in export(read_catalogue(files.folder))["interventions"]
    )
    assert words == claim("effect", "toolkit", label="Gemiddeld")


def test_the_parts_beside_the_interventions(files: CatalogueFiles) -> None:
    content = export(read_catalogue(files.folder))
    assert list(content)[:6] == [
        "version", "frameworks", "interventions", "courses", "general_offer", "plg",
    ]  # fmt: skip
    assert content["frameworks"] == [
        {
            "slug": "menukaart",
            "title": "Menukaart",
            "source": "handreiking",
            "valid_from": "2021-04-01",
            "valid_until": "2025-07-31",
            "categories": [
                {"code": "A", "title": "Meer onderwijs", "requires_other_category": False},
                {"code": "F", "title": "Randvoorwaarden", "requires_other_category": True},
            ],
            "note": "",
        }
    ]
    assert [item["slug"] for item in content["general_offer"]] == ["luister"]
    assert content["general_offer_notes"] == ["Bij elke keuze uit F."]
    assert content["plg"]["traits"] == [
        {
            "slug": "samen",
            "title": "Samen onderzoeken",
            "activities": ["Bekijk werk van leerlingen."],
        }
    ]
    course = content["courses"][0]
    assert (course["slug"], course["printed_titles"], course["interventions"]) == (
        "feedback-geven", ["Feedback-geven", "Feedback: geven"], ["bijles"],
    )  # fmt: skip


def test_the_shipped_export_speaks_in_the_agreed_words() -> None:
    catalogue = read_catalogue()
    content = export(catalogue)
    mentions = [line for item in content["interventions"] for line in item["courses"]]
    mentions += content["general_offer"]
    assert {line["platform"] for line in mentions} <= PLATFORMS
    assert {line["provider"] for line in mentions} == PROVIDERS
    assert {line["available_from"] for line in mentions} == {None, "2022-03-20"}
    kinds = {
        point["kind"] for item in content["interventions"] for point in item["attention_points"]
    }
    assert kinds == {kind.value for kind in PointKind}
    courses = {course["slug"]: course for course in content["courses"]}
    for line in mentions:
        assert line["title"] == courses[line["slug"]]["title"]
        assert line["printed_title"] in courses[line["slug"]]["printed_titles"]
    assert len(content["plg"]["traits"]) == 6
    assert len(content["plg"]["questions"]) == 4
    assert len(content["plg"]["forms"]) == 4


def test_the_export_is_plain_json(files: CatalogueFiles) -> None:
    for folder in (files.folder, Path()):
        catalogue = read_catalogue(folder) if folder.name else read_catalogue()
        content = export(catalogue)
        assert json.loads(json.dumps(content)) == content
