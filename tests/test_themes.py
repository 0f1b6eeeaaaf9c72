from itertools import combinations

import pytest

from operator_tui.store.theme_files import COLOURS, Theme, load_theme, theme_names
from operator_tui.ui.look import css_variables, textual_theme
from tests.colour_science import DEFICIENCIES, contrast, delta_e, lab, seen_by

BUILT_IN = ("colour_blind", "day", "high_contrast", "mono", "night")
PANES = ("ground.background", "ground.surface", "ground.raised")
ROWS = ("ground.surface", "ground.selection", "ground.cursor")
INKS = ("ink.text", "ink.muted", "ink.accent")
STATES = tuple(
    f"indicator.{name}"
    for name in COLOURS["indicator"]
    if name not in ("on_fill", "transferred_arrow")
)
FILLS = ("indicator.new", "indicator.transferred", "indicator.operator_silent")
TEXT_ON = [
    *((ink, ground) for ink in INKS for ground in (*PANES, *ROWS)),
    *((state, ground) for state in STATES for ground in (*ROWS, "ground.background")),
    *(("indicator.transferred_arrow", ground) for ground in ROWS),
    *(("indicator.on_fill", fill) for fill in FILLS),
    ("author.note", "author.note_ground"),
    ("ink.text", "author.note_ground"),
    ("ink.muted", "author.note_ground"),
    *((f"author.{who}", "ground.background") for who in ("visitor", "operator", "note", "system")),
    ("author.note", "ground.surface"),
    *((f"signal.{name}", "ground.background") for name in ("ok", "warning", "error", "held")),
    *((f"signal.{name}", "ground.raised") for name in ("ok", "warning", "error")),
    ("signal.ok", "ground.surface"),
    ("signal.on_warning", "signal.warning"),
    ("signal.on_error", "signal.error"),
    ("ink.on_accent", "ink.accent"),
]
TOLD_APART = {
    "red": "indicator.new",
    "orange": "indicator.visitor_silent",
    "blue": "indicator.transferred_arrow",
    "grey": "indicator.paused",
}


def colour(theme: Theme, name: str) -> str:
    table, key = name.split(".")
    return theme.colours[table][key]


def test_every_built_in_theme_is_found() -> None:
    assert theme_names() == BUILT_IN


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_theme_is_named_as_its_file(name: str) -> None:
    assert load_theme(name).name == name


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_text_can_be_read(name: str) -> None:
    theme = load_theme(name)
    least = 7.0 if name == "high_contrast" else 4.5
    faint = {
        (ink, ground): ratio
        for ink, ground in TEXT_ON
        if (ratio := contrast(colour(theme, ink), colour(theme, ground))) < least
    }
    assert not faint


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize(("name", "least"), [("colour_blind", 13.0), ("day", 8.0)])
def test_states_stay_apart_in_every_colour_vision(name: str, least: float, deficiency: str) -> None:
    theme = load_theme(name)
    seen = {which: seen_by(deficiency, colour(theme, ink)) for which, ink in TOLD_APART.items()}
    alike = {
        pair: apart
        for pair in combinations(seen, 2)
        if (apart := delta_e(seen[pair[0]], seen[pair[1]])) < least
    }
    assert not alike


@pytest.mark.parametrize("name", BUILT_IN)
def test_mono_and_only_mono_has_no_colour(name: str) -> None:
    colours = {c for table in load_theme(name).colours.values() for c in table.values()}
    assert all(c[1:3] == c[3:5] == c[5:7] for c in colours) == (name == "mono")


@pytest.mark.parametrize("name", ["mono", "high_contrast"])
def test_panes_of_alike_grounds_have_a_visible_divider(name: str) -> None:
    theme = load_theme(name)
    divider, surface = colour(theme, "ground.divider"), colour(theme, "ground.surface")
    assert contrast(divider, surface) > 2


def test_every_colour_is_a_variable_of_the_style_sheet() -> None:
    variables = css_variables(load_theme("night").colours)
    assert variables["indicator-on-fill"] == "#1c0405"
    assert len(variables) == sum(map(len, COLOURS.values()))


@pytest.mark.parametrize("name", BUILT_IN)
def test_textual_accepts_the_theme(name: str) -> None:
    theme = load_theme(name)
    worn = textual_theme(name, theme.colours, dark=theme.dark)
    assert worn.variables["ground-surface"] == theme.colours["ground"]["surface"]
    assert worn.to_color_system().generate()["text"] == theme.colours["ink"]["text"]


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_of_colours_is_the_published_one(
    one: tuple[float, float, float], other: tuple[float, float, float], published: float
) -> None:
    assert delta_e(one, other) == pytest.approx(published, abs=1e-4)
    assert delta_e(other, one) == pytest.approx(published, abs=1e-4)


def test_lab_and_contrast_are_the_published_ones() -> None:
    assert lab("#ff0000") == pytest.approx((53.24, 80.09, 67.20), abs=0.02)
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
