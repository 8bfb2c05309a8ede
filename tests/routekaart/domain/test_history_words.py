"""What the log says in words."""

from pathlib import Path

import pytest

from routekaart.domain.history_words import WORDS, Sight, hidden_from_others, sentence
from routekaart.domain.lifecycle import ROUTEKAART
from tests.logged_actions import logged_actions

ACTIONS = Path(__file__).parents[3] / "routekaart/actions"


def test_every_action_that_is_logged_has_words() -> None:
    found = logged_actions(ACTIONS)
    assert found >= {"submit", "add_goal", "agree_on_hours", "change_advice_desk"}
    assert sorted(found - set(WORDS)) == []


def test_every_step_of_a_routekaart_has_words() -> None:
    assert set(ROUTEKAART.steps) <= set(WORDS)


@pytest.mark.parametrize("action", WORDS)
def test_words_make_one_short_sentence(action: str) -> None:
    text = WORDS[action].text
    assert text == text.strip()
    assert text[0].islower()
    assert not text.endswith(".")
    assert len(text) < 70


def test_a_sentence_says_who_did_what() -> None:
    assert sentence("submit", "Lies Leider") == "Lies Leider diende de routekaart in."
    assert sentence("submit", None) == "Een oud-collega diende de routekaart in."


def test_without_words_nobody_is_named() -> None:
    assert sentence("something_new", "Lies Leider") == "De routekaart is bijgewerkt."


def test_what_others_do_not_read() -> None:
    guides = hidden_from_others(sees_assignments=True)
    others = hidden_from_others(sees_assignments=False)
    assert {"complete_assignment", "change_note", "answer_scan", "vote"} <= guides
    assert others - guides == {"agree_on_hours", "withdraw_hours_agreement"}
    assert {WORDS[action].sight for action in guides} == {Sight.OWN}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('record(action="een")', {"een"}),
        ('with moving(by=by, step="submit"): pass', {"submit"}),
        ('other(step="submit")', set()),
        ('record(action="een" if new else "twee")', {"een", "twee"}),
        ('record(action=f"{step}_mail")', {"release_mail", "cancel_mail", "retry_mail"}),
        (
            'record(action=f"mail_{step}")',
            {"mail_release", "mail_cancel", "mail_retry"},
        ),
        ('def _log(by, action="drie"): ...\n_log(by, "vier")', {"drie", "vier"}),
        ('def _log(*, action="vijf"): record(action=action)', {"vijf"}),
    ],
)
def test_how_actions_are_read(source: str, expected: set[str], tmp_path: Path) -> None:
    (tmp_path / "actions.py").write_text(source)
    assert logged_actions(tmp_path) == expected


def test_an_action_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "actions.py").write_text("record(action=words[number])")
    with pytest.raises(AssertionError, match="cannot read words"):
        logged_actions(tmp_path)
