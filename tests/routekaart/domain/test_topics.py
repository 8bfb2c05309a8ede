"""Gathering notes into topics: explainable, complete, and the same whatever their order."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from routekaart.domain.study_day import NoteKind
from routekaart.domain.topics import SharedNote, shortened, suggest_topics

Q, W = NoteKind.QUESTION, NoteKind.WISH
GOALS = {"g1": "Wij leren feedback geven.", "g2": "Wij leren kijken."}


def outline(*notes: SharedNote) -> list[tuple[str, str | None, str, tuple[str, ...]]]:
    return [(one.title, one.goal_id, one.reason, one.notes) for one in suggest_topics(notes, GOALS)]


def test_notes_that_share_a_word_come_together() -> None:
    assert outline(
        SharedNote("1", Q, "Hoe begin ik met complimenten in groep 3?", "g1"),
        SharedNote("2", Q, "Werkt een compliment ook bij drukke kinderen?", "g1"),
        SharedNote("3", Q, "Hoeveel tijd kost dit?", "g1"),
    ) == [
        (
            "Vragen over ‘compliment’",
            "g1",
            "2 notities met het woord ‘compliment’.",
            ("1", "2"),
        ),
        ("Hoeveel tijd kost dit?", "g1", "Deze notitie staat op zichzelf.", ("3",)),
    ]


def test_the_words_of_the_goal_and_plain_words_bind_nothing() -> None:
    feedback = [
        SharedNote("1", Q, "Wanneer geef je feedback?", "g1"),
        SharedNote("2", Q, "Wanneer werkt feedback niet?", "g1"),
    ]
    assert [one[3] for one in outline(*feedback)] == [("1",), ("2",)]
    # Under another goal the same word does say something.
    other = [SharedNote(note.id, note.kind, note.text, "g2") for note in feedback]
    assert [one[3] for one in outline(*other)] == [("1", "2")]


def test_by_goal_in_their_order_then_without_goal_and_questions_before_wishes() -> None:
    notes = [
        SharedNote("1", W, "Oefenen met rollenspel"),
        SharedNote("2", Q, "Oefenen met rollenspel?"),
        SharedNote("3", W, "Oefenen met rollenspel", "g2"),
        SharedNote("4", W, "Oefenen met rollenspel", "g1"),
    ]
    assert [one[3] for one in outline(*notes)] == [("4",), ("3",), ("2",), ("1",)]


def test_the_most_shared_word_goes_first() -> None:
    notes = [
        SharedNote("1", W, "lesbezoek rekenen"),
        SharedNote("2", W, "lesbezoek taal"),
        SharedNote("3", W, "lesbezoek taal"),
        SharedNote("4", W, "rekenen spelling"),
    ]
    assert [(one[0], one[3]) for one in outline(*notes)] == [
        ("Wensen over ‘lesbezoek’", ("1", "2", "3")),
        ("rekenen spelling", ("4",)),
    ]


def test_a_long_text_is_cut_off_on_one_line() -> None:
    assert shortened("een\n twee", 8) == "een twee"
    assert shortened("een twee drie", 9) == "een twee…"


NOTES = st.lists(
    st.builds(
        lambda kind, words, goal: (kind, " ".join(words), goal),
        st.sampled_from(NoteKind),
        st.lists(st.sampled_from(["rekenen", "taal", "lezen", "groepen", "en"]), max_size=3),
        st.sampled_from([None, "g1", "g2", "weg"]),
    ),
    max_size=12,
)


@given(NOTES, st.randoms(use_true_random=False))
def test_every_note_in_exactly_one_suggestion_whatever_their_order(
    drawn: list[tuple[NoteKind, str, str | None]], chance: Random
) -> None:
    notes = [SharedNote(str(number), *one) for number, one in enumerate(drawn)]
    found = suggest_topics(notes, GOALS)
    placed = [note for suggestion in found for note in suggestion.notes]
    assert sorted(placed) == sorted(note.id for note in notes)
    by_id = {note.id: note for note in notes}
    for suggestion in found:
        assert {(by_id[note].kind, by_id[note].goal_id) for note in suggestion.notes} == {
            (suggestion.kind, suggestion.goal_id)
        }
    mixed = list(notes)
    chance.shuffle(mixed)
    assert suggest_topics(mixed, GOALS) == found
