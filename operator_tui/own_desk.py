"""Which database the desk stands on, and what a person is asked or told about it at the start."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from operator_tui.store.desks import DeskFile, open_desk, take_over

KEY = "demo"


@contextmanager
def lasting(folder: Path, key: str, server: str, days: int | None) -> Iterator[DeskFile]:
    """The desk named `key` at `server`, with what is left unsent elsewhere if that is wanted."""
    desk = open_desk(folder, key, server=server, days=days)
    with closing(desk.database):
        yield take_over(desk) if desk.left and _wanted(desk.unsent) else desk


@contextmanager
def passing() -> Iterator[DeskFile]:
    """A desk that is gone at the end: the demo's server is, too."""
    with (
        tempfile.TemporaryDirectory(prefix="operator-tui-") as folder,
        closing((desk := open_desk(Path(folder), KEY)).database),
    ):
        yield desk


def notices(desk: DeskFile) -> Iterator[str]:
    """What happened to the file, for the desk's first notices."""
    from operator_tui.ui.words import tr  # noqa: PLC0415

    if desk.aside is not None:
        yield tr(
            "The desk's file was damaged and is put aside as {file}. The server fills a new one.",
            file=desk.aside.name,
        )


def _wanted(unsent: int) -> bool:
    """Asked before the desk is painted. With nobody there to answer, everything stays as it is."""
    from operator_tui.ui.words import tr, trn  # noqa: PLC0415

    if not sys.stdin.isatty():
        return False
    print(
        trn(
            "Another window of this desk, or an old token, left {n} text or act that may not have"
            " been sent.",
            "Another window of this desk, or an old token, left {n} texts or acts that may not have"
            " been sent.",
            unsent,
        )
    )
    asked = tr(
        "Take over what was left? What may have arrived already is not sent again until you say"
        " so. [Y/n]"
    )
    try:
        return input(f"{asked} ").strip().casefold() not in _NO
    except EOFError:
        return False


_NO = ("n", "no", "nee", "nie", "ei", "e")
