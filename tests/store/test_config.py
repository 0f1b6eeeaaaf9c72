from pathlib import Path

import pytest

from operator_tui.store.config import Config, read_config, written
from operator_tui.store.config import ConfigFault as Fault
from operator_tui.store.ports import Preferences
from operator_tui.store.toml_faults import TomlFault
from operator_tui.store.toml_text import LARGEST


def config(folder: Path, text: str | bytes) -> Path:
    path = folder / "config.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def chosen(path: Path) -> Preferences:
    read = read_config(path)
    return read.preferences


def test_without_a_file_everything_is_default(tmp_path: Path) -> None:
    assert read_config(tmp_path / "config.toml") == Config(Preferences())


def test_what_the_file_says_goes_over_the_defaults(tmp_path: Path) -> None:
    read = chosen(config(tmp_path, 'name = "Noor"\ntheme = "day"\n'))
    assert (read.name, read.theme, read.language, read.icons) == ("Noor", "day", "en", "unicode")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert chosen(config(tmp_path, b'\xef\xbb\xbflanguage = "fi"')).language == "fi"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('icon = "ascii"', (1, Fault.NO_SETTING, "icon", "icons")),
        ("[policy]\nplaces = 3", (1, Fault.NO_SETTING, "policy", "")),
        ('icons = "asci"', (1, Fault.NO_VALUE, "icons", "ascii")),
        ('language = "de"', (1, Fault.NO_VALUE, "language", "")),
        ('theme = "nigth"', (1, Fault.NO_VALUE, "theme", "night")),
        ("name = 3", (1, Fault.NO_TEXT, "name", "")),
        ("keep_days = 0", (1, Fault.NO_DAYS, "keep_days", "")),
        ("keep_days = 3_651", (1, Fault.NO_DAYS, "keep_days", "")),
        ('keep_days = "7"', (1, Fault.NO_DAYS, "keep_days", "")),
        ("keep_days = true", (1, Fault.NO_DAYS, "keep_days", "")),
        ("name = ", (1, Fault.NOT_TOML, TomlFault.UNQUOTED, "")),
        ("icons = 'nerd'\nname = Anna", (2, Fault.NOT_TOML, TomlFault.UNQUOTED, "")),
        ('\nname = "Anna\nicons = "nerd"', (2, Fault.NOT_TOML, TomlFault.UNCLOSED, "")),
        ('name = """Anna\n\n', (1, Fault.NOT_TOML, TomlFault.UNCLOSED, "")),
        ('name "Anna"', (1, Fault.NOT_TOML, TomlFault.NO_EQUALS, "")),
        ('name = "Anna" # ok\n\nicon = "x"', (3, Fault.NO_SETTING, "icon", "icons")),
        (b"name = '\xff'", (0, Fault.UNREADABLE, "", "")),
        ("a = " + "[" * 5_000, (1, Fault.NOT_TOML, TomlFault.OTHER, "")),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_was_meant(
    tmp_path: Path, text: str | bytes, told: tuple[int, Fault, str, str]
) -> None:
    (mistake,) = read_config(config(tmp_path, text)).mistakes
    assert mistake.file == "config.toml"
    assert (mistake.line, mistake.fault, mistake.key, mistake.guess) == told


def test_a_mistake_costs_its_setting_and_no_other(tmp_path: Path) -> None:
    text = 'icon = "x"\nlanguage = "xx"\nname = 3\ntheme = "day"\nicons = "nerd"\nkeep_days = 90'
    read = read_config(config(tmp_path, text))
    assert [it.key for it in read.mistakes] == ["icon", "language", "name"]
    assert read.preferences == Preferences(theme="day", icons="nerd", keep_days=90)


@pytest.mark.parametrize("text", ["name = ", 'theme = "day"\nkeep_days 90', b"\xff"])
def test_of_a_file_that_cannot_be_read_nothing_is_used(tmp_path: Path, text: str | bytes) -> None:
    read = read_config(config(tmp_path, text))
    assert read.preferences == Preferences(keep_days=None)


@pytest.mark.parametrize(
    "text",
    [
        "keep_days = 0",
        "keep_day = 90",
        "days = 90\nname = 3",
        "x = ",
        "[theme]\nkeep_days = 90",
        "[[name]]\nkeep_days = 90",
        "#" * LARGEST + "\nkeep_days = 90",
    ],
    ids=lambda text: text[:20],
)
def test_where_it_is_not_certain_what_is_to_be_kept_nothing_is_purged(
    tmp_path: Path, text: str
) -> None:
    assert read_config(config(tmp_path, text)).preferences.keep_days is None


def test_where_a_link_leads_nowhere_now_nothing_is_purged(tmp_path: Path) -> None:
    (tmp_path / "config.toml").symlink_to(tmp_path / "not-mounted" / "config.toml")
    assert read_config(tmp_path / "config.toml").preferences.keep_days is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ('theme = "x"', 30),
        ("name = 3", 30),
        ("name = 3\nkeep_days = 7", 7),
        ("x = 1\nkeep_days = 7", 7),
    ],
)
def test_another_mistake_does_not_change_how_long_things_are_kept(
    tmp_path: Path, text: str, days: int
) -> None:
    assert read_config(config(tmp_path, text)).preferences.keep_days == days


def test_themes_that_cannot_be_used_are_not_offered(tmp_path: Path) -> None:
    own = tmp_path / "themes"
    own.mkdir()
    (own / "broken.toml").write_text("dark = maybe")
    (mistake,) = read_config(config(tmp_path, 'theme = "x"'), own).mistakes
    assert "night" in mistake.known
    assert "broken" not in mistake.known


def test_an_own_theme_may_be_chosen(tmp_path: Path) -> None:
    (tmp_path / "dusk.toml").write_text("")
    read = read_config(config(tmp_path, 'theme = "dusk"'), tmp_path)
    assert (read.preferences.theme, read.mistakes) == ("dusk", ())


def test_a_hostile_value_is_harmless(tmp_path: Path) -> None:
    text = 'theme = "\\u001b[2J"\n"\\u001b]2;x\\u0007" = 1'
    for it in read_config(config(tmp_path, text)).mistakes:
        assert f"{it.key}{it.value}".isprintable()


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (mistake,) = read_config(tmp_path).mistakes
    assert mistake.fault is Fault.UNREADABLE


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    before = chosen(config(tmp_path, "name = 'No\"o\\r'\nkeep_days = 7"))
    assert chosen(config(tmp_path, written(before))) == before


def test_what_is_not_certain_is_not_written_as_a_setting(tmp_path: Path) -> None:
    told = written(chosen(config(tmp_path, "keep_days = 0")))
    assert "# keep_days: not certain, so nothing is purged" in told
    assert chosen(config(tmp_path, told)) == Preferences()
