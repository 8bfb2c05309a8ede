"""What is wrong with a field, in Dutch, for each kind of error that pydantic knows."""

from collections.abc import Mapping
from typing import Any, get_args

from pydantic_core.core_schema import ErrorType

# Placeholders are those of pydantic's own `ctx`.
_SENTENCES: Mapping[str, str] = {
    "missing": "Dit veld ontbreekt.",
    "extra_forbidden": "Dit veld bestaat niet. Haal het weg.",
    "none_required": "Dit veld moet leeg (null) zijn.",
    "string_type": "Dit moet tekst zijn.",
    "string_unicode": "Deze tekst bevat een teken dat niet bestaat.",
    "string_too_short": "Gebruik minstens {min_length} teken(s).",
    "string_too_long": "Gebruik hoogstens {max_length} tekens.",
    "string_pattern_mismatch": "Deze tekst heeft niet de juiste vorm.",
    "int_type": "Dit moet een heel getal zijn.",
    "int_parsing": "Dit moet een heel getal zijn.",
    "int_from_float": "Dit moet een heel getal zijn, zonder decimalen.",
    "int_parsing_size": "Dit getal is te groot.",
    "float_type": "Dit moet een getal zijn.",
    "float_parsing": "Dit moet een getal zijn.",
    "finite_number": "Dit moet een eindig getal zijn.",
    "greater_than": "Kies een getal groter dan {gt}.",
    "greater_than_equal": "Kies een getal van minstens {ge}.",
    "less_than": "Kies een getal kleiner dan {lt}.",
    "less_than_equal": "Kies een getal van hoogstens {le}.",
    "multiple_of": "Kies een veelvoud van {multiple_of}.",
    "bool_type": "Dit moet true of false zijn.",
    "bool_parsing": "Dit moet true of false zijn.",
    "list_type": "Dit moet een lijst zijn.",
    "dict_type": "Dit moet een object zijn.",
    "model_type": "Dit moet een object zijn.",
    "model_attributes_type": "Dit moet een object zijn.",
    "dataclass_type": "Dit moet een object zijn.",
    "too_short": "Noem er minstens {min_length}.",
    "too_long": "Noem hoogstens {max_length} onderdelen.",
    "literal_error": "Kies uit: {expected}.",
    "enum": "Kies uit: {expected}.",
    "uuid_type": "Geef een geldig nummer (UUID).",
    "uuid_parsing": "Geef een geldig nummer (UUID).",
    "date_type": "Schrijf een datum als JJJJ-MM-DD.",
    "date_parsing": "Schrijf een datum als JJJJ-MM-DD.",
    "date_from_datetime_parsing": "Schrijf een datum als JJJJ-MM-DD.",
    "url_parsing": "Dit is geen geldig webadres.",
    "url_scheme": "Een webadres begint met https:// of http://.",
    "url_too_long": "Dit webadres is te lang.",
    "union_tag_invalid": "Deze soort bestaat niet.",
    "union_tag_not_found": "Noem de soort.",
    "recursion_loop": "Dit is te diep genest.",
}
# Every other kind is one of our own, raised with its Dutch sentence where the rule lives.
_OF_PYDANTIC = frozenset(get_args(ErrorType))
_FALLBACK = "Deze waarde kan niet worden gebruikt."


def sentence(kind: str, message: str, context: Mapping[str, Any]) -> str:
    """The Dutch sentence for an error of pydantic of this `kind`.

    `message` is used only for errors that our own types raise, with the sentence they were
    given; pydantic's own English never reaches a user.
    """
    if kind not in _OF_PYDANTIC:
        return message
    template = _SENTENCES.get(kind, _FALLBACK)
    filled = {key: _plain(value) for key, value in context.items()}
    try:
        return template.format(**filled)
    except KeyError:
        return _FALLBACK


def _plain(value: object) -> str:
    # pydantic joins the allowed values of a literal in English.
    return str(value).replace(" or ", " of ")


def place_of(location: tuple[str | int, ...]) -> str:
    """The name of a field for a client, from where pydantic found it."""
    # The first part says where (body, query, path); in a body the second is the name of the
    # parameter in our own code, which says nothing to a client.
    hidden = 2 if location[:1] == ("body",) else 1
    return ".".join(str(part) for part in location[hidden:]) or str(location[0])
