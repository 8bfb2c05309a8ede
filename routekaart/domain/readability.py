"""Whether a Dutch text reads easily: long sentences, long words, and passive forms without a doer.

The measure is Flesch-Douma (W.H. Douma, De leesbaarheid van landbouwbladen, Wageningen 1960):
206.84 − 0.93 × words per sentence − 0.77 × syllables per 100 words; the higher, the easier. Where
B1 begins on it no source says: the limits below are assumptions. A hint, and never a judge.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from courses.dutch import listed

# Assumptions: what plain language advises, not what a source measured.
LONGEST_SENTENCE = 20
MOST_SYLLABLES = 5
EASY = 60
# The measure says something of a text, and nothing of a line.
LEAST_WORDS = 40
LEAST_SENTENCES = 3

_MOST_NAMED = 3
_BEGINNING = 5
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# After these no sentence ends.
_SHORTENED = re.compile(r"\b(?:[a-z]|bijv|enz|incl|excl|nr|ca|max|min|resp|gr)\.", re.IGNORECASE)
_END = re.compile(r"[.!?…]+(?:[\s\"'”’)]+|$)|\n+")
_NUCLEUS = re.compile(
    r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyáàâäéèêëíìîïóòôöúùûü]"
)
_TO_BE_DONE = re.compile(r"\b(?:wordt|worden|werd|werden)\b", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:\w{2,5})?ge\w{2,}(?:d|t|en)\b|\b(?:be|ver|ont|her|er)\w{3,}(?:d|t|en)\b", re.IGNORECASE
)
_BY_WHOM = re.compile(r"\bdoor\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Readability:
    """What there is to say of a text. `score` by Flesch-Douma; None for a text that is too short.

    `long_sentences`: how many words each has, with how it begins.
    """

    words: int
    sentences: int
    score: int | None
    long_sentences: tuple[tuple[int, str], ...]
    long_words: tuple[str, ...]
    passive: tuple[str, ...]


def readability(text: str) -> Readability:
    """Measures a text; the same text always gives the same."""
    sentences = [words for one in _sentences(text) if (words := _WORD.findall(one))]
    words = [word for sentence in sentences for word in sentence]
    return Readability(
        words=len(words),
        sentences=len(sentences),
        score=_score(words, len(sentences)),
        long_sentences=tuple(
            (len(one), f"{' '.join(one[:_BEGINNING])} …")
            for one in sentences
            if len(one) > LONGEST_SENTENCE
        ),
        long_words=tuple(
            dict.fromkeys(word.lower() for word in words if syllables(word) > MOST_SYLLABLES)
        ),
        passive=tuple(dict.fromkeys(_passive(text))),
    )


def hints(text: str) -> tuple[str, ...]:
    """What would make a text easier, in plain Dutch; nothing for a text that reads easily."""
    return tuple(_hints(readability(text)))


def syllables(word: str) -> int:
    """How many syllables a Dutch word has, by its vowels; at least one."""
    return max(1, len(_NUCLEUS.findall(word.lower())))


def _hints(found: Readability) -> Iterator[str]:
    if found.long_sentences:
        words, begins = max(found.long_sentences)
        yield f"De zin “{begins}” heeft {words} woorden. Maak er twee zinnen van."
    if found.long_words:
        named = listed([f"‘{word}’" for word in found.long_words[:_MOST_NAMED]])
        yield f"Zeg {named} met kortere of gewonere woorden, als dat kan."
    if found.passive:
        yield f"Bij “{found.passive[0]}” staat niet wie het doet. Begin met wie: ‘Wij …’."
    if found.score is not None and found.score < EASY:
        yield (
            f"De tekst als geheel leest zwaar: {found.score} op de schaal van Flesch-Douma. "
            f"Gewone taal haalt daar ongeveer {EASY} (aanname). Kortere zinnen en woorden helpen."
        )


def _score(words: list[str], sentences: int) -> int | None:
    if len(words) < LEAST_WORDS or sentences < LEAST_SENTENCES:
        return None
    per_100 = 100 * sum(map(syllables, words)) / len(words)
    return max(0, round(206.84 - 0.93 * len(words) / sentences - 0.77 * per_100))


def _sentences(text: str) -> list[str]:
    whole = _SHORTENED.sub(lambda found: found.group().replace(".", " "), text)
    return _END.split(whole)


def _passive(text: str) -> Iterator[str]:
    """The verb and what is done, of a sentence that does not say by whom."""
    for sentence in _sentences(text):
        verb = _TO_BE_DONE.search(sentence)
        if verb is None or _BY_WHOM.search(sentence):
            continue
        for done in _DONE.finditer(sentence):
            if done.group().lower() not in {"worden", "geworden"}:
                yield f"{verb.group().lower()} … {done.group().lower()}"
                break
