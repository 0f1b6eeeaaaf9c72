import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from operator_tui.desk.time import Clock
from operator_tui.link.backend import (
    Backend,
    Connection,
    CouldNotConnectError,
    LinkState,
    Update,
)
from operator_tui.own_files import examined
from operator_tui.start import Exit, Watched, make_setup, run_app, why
from operator_tui.store.config import Config, read_config
from operator_tui.store.paths import Paths
from operator_tui.store.ports import Preferences
from operator_tui.ui.actions import ACTIONS
from operator_tui.ui.keys import use_keys
from operator_tui.ui.setup import Setup
from operator_tui.ui.words import use_language
from tests.memory import MemoryDrafts, MemoryStore


class Link:
    """Goes through these states."""

    def __init__(self, *states: LinkState) -> None:
        self.states = states

    async def run(self, changed: Callable[[Update], None]) -> None:
        for state in self.states:
            changed(cast("Update", SimpleNamespace(connection=Connection(state))))


@pytest.mark.parametrize(
    ("reason", "what", "now"),
    [
        ("token", "refused the token", "Ask for a new one."),
        ("forbidden", "does not go by that address", "Use the one that it prints."),
        ("certificate", "is not valid", "--ca-file"),
        ("version", "does not speak operator.v1", "needs an update"),
        ("another", "refused the connection (another)", ""),
    ],
)
def test_a_refusal_says_why_and_what_now(reason: str, what: str, now: str) -> None:
    told = " ".join(why(CouldNotConnectError(reason)))
    assert what in told
    assert now in told


@pytest.mark.parametrize(
    ("states", "connected"),
    [
        ([LinkState.CONNECTING], False),
        ([LinkState.CONNECTING, LinkState.STOPPED], False),
        ([LinkState.CONNECTING, LinkState.LIVE, LinkState.LOST], True),
    ],
)
async def test_a_connection_is_one_that_was_ever_live(
    states: list[LinkState], connected: bool
) -> None:
    seen: list[Update] = []
    watched = Watched(cast("Backend", Link(*states)))
    await watched.run(seen.append)
    assert watched.connected is connected
    assert len(seen) == len(states)


class Left:
    """A desk that its operator leaves at once, when its link has gone through its states."""

    return_code: int | None = None

    def __init__(self, backend: Backend, *_: object) -> None:
        self._backend = backend

    def run(self) -> None:
        asyncio.run(self._backend.run(lambda _: None))


class Crashed(Left):
    return_code = 1


@pytest.mark.parametrize(
    ("app", "states", "code"),
    [
        (Left, [LinkState.CONNECTING], Exit.NOT_CONNECTED),
        (Left, [LinkState.CONNECTING, LinkState.LIVE, LinkState.LOST], Exit.FINE),
        (Crashed, [LinkState.CONNECTING, LinkState.LIVE], Exit.CRASH),
    ],
)
def test_who_leaves_before_there_was_any_connection_gets_a_code_of_its_own(
    app: type[Left], states: list[LinkState], code: Exit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("operator_tui.ui.app.OperatorApp", app)
    backend = cast("Backend", Link(*states))
    assert run_app(backend, cast("Clock", None), cast("Setup", None)) == code


@pytest.fixture
def _own_keys() -> Iterator[None]:
    yield
    use_keys({action.id: action.keys for action in ACTIONS})


@pytest.fixture
def _in_english() -> Iterator[None]:
    yield
    use_language("en")


def test_links_that_lead_nowhere_are_told_of_each_of_the_operators_files(tmp_path: Path) -> None:
    files = Paths(*(tmp_path / name for name in ("c", "r", "k", "t", "s", "d", "l")))
    files.themes.mkdir()
    for path in (files.config, files.canned, files.keys, files.themes / "dusk.toml"):
        path.symlink_to(tmp_path / "not-mounted")
    assert [found.mistakes for found in examined(files)] == [True] * 4


def test_the_doctor_calls_an_own_theme_by_the_name_that_chooses_it(tmp_path: Path) -> None:
    files = Paths(*(tmp_path / name for name in ("c", "r", "k", "t", "s", "d", "l")))
    files.themes.mkdir()
    night = Path(__file__).parents[1] / "themes" / "night.toml"
    (files.themes / "harbour.toml").write_bytes(night.read_bytes())
    *_, themes = examined(files)
    assert themes.lines[0].endswith("night, harbour (yours)")


@pytest.mark.usefixtures("_own_keys", "_in_english")
def test_a_mistake_in_the_settings_is_told_on_the_desk_in_the_language_they_name(
    tmp_path: Path,
) -> None:
    files = Paths(*(tmp_path / name for name in ("c", "r", "k", "t", "s", "d", "l")))
    files.config.write_text('name = 3\nlanguage = "nl"\nkeep_days = "x"\nicons = "ascii"\n')
    read = read_config(files.config, files.themes)
    made = make_setup(read, files, MemoryDrafts(MemoryStore()))
    (told,) = made.notices
    assert told.startswith("c, regel 1: ")
    assert "operator-tui doctor" in told
    assert (made.icons, read.preferences.keep_days) == ("ascii", None)


@pytest.mark.usefixtures("_own_keys")
def test_of_several_mistakes_in_the_keys_one_is_told_and_that_there_are_more(
    tmp_path: Path,
) -> None:
    files = Paths(*(tmp_path / name for name in ("c", "r", "k", "t", "s", "d", "l")))
    files.keys.write_text('canned = ["f99"]\nnope = "f1"\nmove = "x"\n')
    made = make_setup(Config(Preferences()), files, MemoryDrafts(MemoryStore()))
    (told,) = made.notices
    assert '"f99" is no key that can be chosen' in told
    assert told.endswith("2 mistakes more: operator-tui doctor tells them.")
