from pathlib import Path

import pytest

from operator_tui.store.theme_files import (
    DEFAULT,
    ThemeError,
    Trouble,
    load_theme,
    parse_theme,
    theme_names,
    theme_or_default,
    usable_themes,
)
from operator_tui.ui.theme_notice import theme_notice

NIGHT = (Path(__file__).parents[2] / "themes" / "night.toml").read_text(encoding="utf-8")


def without(line: str) -> str:
    return "\n".join(kept for kept in NIGHT.splitlines() if not kept.startswith(line))


def number_of(start: str, text: str = NIGHT) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith(start))


def trouble_in(text: str) -> ThemeError:
    with pytest.raises(ThemeError) as caught:
        parse_theme(text, "mine.toml")
    return caught.value


def test_a_whole_theme_is_read() -> None:
    theme = parse_theme(NIGHT, "night.toml")
    assert (theme.title, theme.dark, theme.colours["ink"]["accent"]) == ("Night", True, "#6cb6ff")


def test_a_missing_colour_is_named_with_the_line_of_its_table() -> None:
    error = trouble_in(without("boomerang"))
    assert (error.trouble, error.key) == (Trouble.MISSING, "indicator.boomerang")
    assert error.line == number_of("[indicator]")


def test_a_colour_that_is_none_is_named_with_its_line() -> None:
    error = trouble_in(NIGHT.replace("#1c1f23", "#1c1f2", 1))
    assert (error.trouble, error.key) == (Trouble.NOT_A_COLOUR, "ground.surface")
    assert error.line == number_of("surface")


def test_the_same_name_in_another_table_does_not_confuse_the_line() -> None:
    error = trouble_in(NIGHT.replace('operator          = "#9cc3e8"', "operator = 3"))
    assert error.key == "author.operator"
    assert error.line == number_of("operator  ")


@pytest.mark.parametrize(
    ("wrong", "right"), [("acent", "accent"), ("indicater", "indicator"), ("tittle", "title")]
)
def test_a_misspelt_name_gets_a_guess(wrong: str, right: str) -> None:
    error = trouble_in(NIGHT.replace(right, wrong, 1))
    assert error.trouble is Trouble.UNKNOWN
    assert error.guess == right


@pytest.mark.parametrize("value", ['"yes"', "1", '["a"]'])
def test_dark_is_true_or_false(value: str) -> None:
    error = trouble_in(NIGHT.replace("dark = true", f"dark = {value}"))
    assert (error.trouble, error.key) == (Trouble.WRONG_KIND, "dark")


@pytest.mark.parametrize("name", ["a,b", "", "a b", "x" * 41])
def test_a_name_is_one_word(name: str) -> None:
    error = trouble_in(NIGHT.replace('name = "night"', f'name = "{name}"'))
    assert (error.trouble, error.key) == (Trouble.WRONG_KIND, "name")


def test_a_table_that_is_no_table_is_named() -> None:
    error = trouble_in("ink = 3\n" + NIGHT.replace("[ink]", "[inc]"))
    assert error.line in (1, number_of("[ink]") + 1)


def test_what_is_not_toml_is_named_with_its_line() -> None:
    error = trouble_in('name = "x"\ntitle = \n')
    assert (error.trouble, error.line) == (Trouble.NOT_TOML, 2)


def test_deep_nesting_does_not_end_the_program() -> None:
    assert trouble_in("x = " + "[" * 50_000).trouble is Trouble.NOT_TOML


def test_words_of_a_theme_are_cleaned() -> None:
    assert type(parse_theme(NIGHT, "night.toml").about).__name__ == "SafeLine"


def test_the_users_theme_comes_before_the_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "night.toml").write_text(NIGHT.replace("#6cb6ff", "#abcdef"), encoding="utf-8")
    assert load_theme("night", tmp_path).colours["ink"]["accent"] == "#abcdef"


def test_the_users_themes_are_listed_with_the_built_in_ones(tmp_path: Path) -> None:
    (tmp_path / "harbour.toml").write_text(NIGHT, encoding="utf-8")
    assert set(theme_names(tmp_path)) == {"harbour", *theme_names()}


def test_a_folder_that_does_not_exist_is_no_trouble(tmp_path: Path) -> None:
    assert theme_names(tmp_path / "none") == theme_names()


def test_a_broken_theme_of_the_user_gives_night_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "harbour.toml").write_text(NIGHT.replace("muted", "mutde", 1), encoding="utf-8")
    theme, error = theme_or_default("harbour", tmp_path)
    assert theme.name == DEFAULT
    assert error is not None
    said = theme_notice(error.file, error.line, error.trouble, error.key, error.guess)
    assert said == (
        f'harbour.toml, line {number_of("muted")}: unknown name "ink.mutde" '
        '(did you mean "muted"?). The built-in theme "night" is used.'
    )


def test_a_broken_theme_called_night_still_gives_the_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "night.toml").write_bytes(b"\xff\xfe")
    theme, error = theme_or_default("night", tmp_path)
    assert theme.title == "Night"
    assert error is not None
    assert error.trouble is Trouble.UNREADABLE


def test_what_is_no_file_costs_its_own_theme_alone(tmp_path: Path) -> None:
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.toml").mkdir()
    assert set(usable_themes(tmp_path)) == set(theme_names())
    for name in ("gone", "folder"):
        _, error = theme_or_default(name, tmp_path)
        assert error is not None
        assert error.trouble is Trouble.UNREADABLE


@pytest.mark.parametrize("name", ["../pyproject", "/etc/passwd", "", "nihgt"])
def test_only_listed_names_are_opened(name: str, tmp_path: Path) -> None:
    _, error = theme_or_default(name, tmp_path)
    assert error is not None
    assert error.trouble is Trouble.ABSENT
    assert theme_notice(error.file, error.line, error.trouble, error.key).endswith("is used.")
