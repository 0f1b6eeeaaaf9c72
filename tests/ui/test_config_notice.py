import pytest

from operator_tui.ui.config_notice import config_mistake, config_notice


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            config_mistake("config.toml", 1, "no_setting", "icon", guess="icons"),
            'config.toml, line 1: there is no setting "icon" (did you mean "icons"?)',
        ),
        (
            config_mistake("config.toml", 2, "no_setting", "x", known=("name", "theme")),
            'config.toml, line 2: there is no setting "x" (there are name, theme)',
        ),
        (
            config_mistake(
                "config.toml", 2, "no_value", "language", value="de", known=("en", "nl")
            ),
            'config.toml, line 2: "language" cannot be "de" (there are en, nl)',
        ),
        (
            config_mistake("config.toml", 3, "no_text", "name"),
            'config.toml, line 3: "name" must be a text in quotation marks',
        ),
        (
            config_mistake("config.toml", 4, "no_days", "keep_days"),
            'config.toml, line 4: "keep_days" must be a number of days from 1 to 3650',
        ),
        (
            config_mistake("config.toml", 5, "not_toml", "a quotation mark is not closed"),
            "config.toml, line 5: a quotation mark is not closed",
        ),
        (config_mistake("config.toml", 0, "unreadable"), "config.toml: cannot be read"),
    ],
)
def test_a_mistake_says_where_it_stands_and_what_it_is(said: str, told: str) -> None:
    assert said == told


@pytest.mark.parametrize(
    ("fault", "purges", "done"),
    [
        ("no_text", True, "All settings without a mistake are used."),
        ("no_days", False, "All settings without a mistake are used. Nothing is purged meanwhile."),
        ("not_toml", False, "The defaults are used. Nothing is purged meanwhile."),
    ],
)
def test_the_notice_says_what_was_done(fault: str, purges: bool, done: str) -> None:
    assert config_notice(fault, "Why", purges=purges) == f"Why. {done}"
