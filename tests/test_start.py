from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import pytest

from operator_tui.link.backend import Backend, Connection, LinkState, Update
from operator_tui.start import Watched


class Link:
    """Goes through these states."""

    def __init__(self, *states: LinkState) -> None:
        self.states = states

    async def run(self, changed: Callable[[Update], None]) -> None:
        for state in self.states:
            changed(cast("Update", SimpleNamespace(connection=Connection(state))))


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
