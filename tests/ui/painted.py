"""Strips as a test looks at them: as text, or as text with what is left when colours are gone."""

from collections.abc import Iterable

from textual.strip import Strip


def text(strips: Iterable[Strip]) -> list[str]:
    return [strip.text for strip in strips]


def without_colour(strips: Iterable[Strip]) -> list[tuple[str, bool, bool, bool]]:
    """Each run: text, bold, italic, and whether it is filled, that is on no pane's ground."""
    runs = [segment for strip in strips for segment in strip]
    grounds = [run.style.bgcolor for run in runs if run.style and not run.text.strip()]
    pane = max(grounds, key=grounds.count, default=None)
    return [
        (run.text, bool(run.style.bold), bool(run.style.italic), run.style.bgcolor != pane)
        for run in runs
        if run.style
    ]


def style_of(strip: Strip, words: str) -> tuple[str | None, str | None, bool]:
    """Ink, ground and weight of the run that has `words` in it."""
    for run in strip:
        if words in run.text and run.style is not None:
            ink, ground = run.style.color, run.style.bgcolor
            return ink and ink.name, ground and ground.name, bool(run.style.bold)
    raise AssertionError(f"{words!r} is not in {strip.text!r}")
