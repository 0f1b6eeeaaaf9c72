import sys

import pytest

from operator_tui.link import bundled
from operator_tui.link.backend import CouldNotConnectError
from operator_tui.link.bundled import BundledServer

ECHO = """
import json, sys
print(json.dumps({"port": 4711, "more": 1}), flush=True)
sys.stdin.read()
"""
BROKEN = "import sys; sys.exit('the library has no tour')"
TALKING = "print('hello')"
SILENT = "import sys; sys.stdin.read()"
STUBBORN = """
import signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print('{"port": 1}', flush=True)
time.sleep(60)
"""


def program(text: str) -> BundledServer:
    return BundledServer(command=(sys.executable, "-c", text))


async def test_the_server_says_its_port_and_ends_with_us() -> None:
    with program(ECHO) as server:
        found = await server.find()
        assert found.url == "ws://127.0.0.1:4711/operator"
        assert len(found.token.reveal()) > 30
    assert server._process.returncode == 0


@pytest.mark.parametrize(("text", "said"), [(BROKEN, "the library has no tour"), (TALKING, "")])
async def test_a_server_that_does_not_start_is_an_error_with_its_own_words(
    text: str, said: str
) -> None:
    with program(text) as server, pytest.raises(CouldNotConnectError) as error:
        await server.find()
    assert (error.value.reason, error.value.detail) == ("server", said)


async def test_a_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "STARTS_WITHIN", 0.05)
    with program(SILENT) as server, pytest.raises(CouldNotConnectError):
        await server.find()
    assert server._process.returncode is not None


async def test_a_server_that_will_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "ENDS_WITHIN", 0.1)
    with program(STUBBORN) as server:
        await server.find()
    assert server._process.returncode == -9
