from pathlib import Path

import pytest

from operator_tui.store.config import ConfigError, read_config, written
from operator_tui.store.ports import Preferences

THEMES = ("day", "night")


def config(folder: Path, text: str | bytes) -> Path:
    path = folder / "config.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_without_a_file_everything_is_default(tmp_path: Path) -> None:
    assert read_config(tmp_path / "config.toml", THEMES) == Preferences()


def test_what_the_file_says_goes_over_the_defaults(tmp_path: Path) -> None:
    read = read_config(config(tmp_path, 'name = "Noor"\ntheme = "day"\n'), THEMES)
    assert (read.name, read.theme, read.language, read.icons) == ("Noor", "day", "en", "unicode")


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert read_config(config(tmp_path, b'\xef\xbb\xbflanguage = "fi"'), THEMES).language == "fi"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('icon = "ascii"', '"icon": no such key, did you mean "icons"?'),
        ("[policy]\nplaces = 3", '"policy": no such key'),
        ('icons = "asci"', '"icons": no "asci", did you mean "ascii"? There are'),
        ('language = "de"', '"language": no "de". There are en, nl, pl, fi.'),
        ('theme = "nigth"', '"theme": no "nigth", did you mean "night"?'),
        ("name = 3", '"name": it must be a text in quotes'),
        ("keep_days = 0", '"keep_days": it must be a number of days from 1 to 3650'),
        ('keep_days = "7"', '"keep_days": it must be a number'),
        ("keep_days = true", '"keep_days": it must be a number'),
        ("name = ", ", line 1: after = comes a text in quotation marks"),
        ("icons = 'nerd'\nname = Anna", ", line 2: after = comes a text in quotation marks"),
        ('\nname = "Anna\nicons = "nerd"', ", line 2: a quotation mark is not closed"),
        ('name = """Anna\n\n', ", line 1: a quotation mark is not closed"),
        ('name "Anna"', ', line 1: a line is a name, "=" and a value'),
        ('name = "Anna" # ok\n\nicon = "x"', ', line 3, "icon": no such key'),
        (b"name = '\xff'", "not written in UTF-8"),
        ("a = " + "[" * 5_000, "this is not TOML"),
    ],
)
def test_a_mistake_is_told_with_file_key_and_what_was_meant(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    path = config(tmp_path, text)
    with pytest.raises(ConfigError) as error:
        read_config(path, THEMES)
    assert said in str(error.value)
    assert str(path) in str(error.value)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        read_config(config(tmp_path, 'icon = "x"\nlanguage = "xx"'), THEMES)
    assert len(error.value.faults) == 2


def test_a_hostile_value_is_shown_harmless(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        read_config(config(tmp_path, 'theme = "\\u001b[2J"'), THEMES)
    assert "\x1b" not in str(error.value)


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        read_config(tmp_path, THEMES)


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    before = read_config(config(tmp_path, "name = 'No\"o\\r'\nkeep_days = 7"), THEMES)
    assert read_config(config(tmp_path, written(before)), THEMES) == before
