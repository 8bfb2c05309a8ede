"""The printed story stays within the width of a screen."""

from routekaart.demo.layout import WIDTH, laid_out


def test_a_step_has_its_number_and_details_stand_further_in() -> None:
    assert laid_out(7, "Een stap.\n- een detail\n- nog een") == (
        " 7. Een stap.\n    - een detail\n    - nog een"
    )


def test_no_line_is_wider_than_the_screen_and_no_word_is_lost() -> None:
    text = " ".join(f"woord-{number}" for number in range(60))
    printed = laid_out(12, f"{text}\n- {text}")
    lines = printed.splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert printed.split() == ["12.", *text.split(), "-", *text.split()]
    assert {len(line) - len(line.lstrip()) for line in lines} == {0, 4, 6}
