"""A crash of the server: it tells where and which, and nothing of what was said or of tokens."""

import asyncio
import logging
import sys
from pathlib import Path

import pytest

from server_stub import __main__ as program
from server_stub.log_file import FORMAT
from server_stub.service import reception
from tests.server_stub.scripted import Scripted, after, opens
from tests.server_stub.serving import TOKEN, client, serving
from tests.test_crash import CANARY, guarded


def crashes(*told: object, **more: object) -> None:
    words = f"{CANARY} {told} {more}"
    raise ValueError(words)


def test_a_crash_of_the_program_prints_no_words_and_no_variables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "load", crashes)
    with guarded():
        with pytest.raises(ValueError, match=CANARY) as found:
            program.main(["serve", CANARY, "--state", str(tmp_path)])
        sys.excepthook(found.type, found.value, found.tb)
    told = capsys.readouterr().err
    assert "ValueError\n" in told
    assert "in crashes" in told
    assert CANARY not in told


async def test_a_crash_of_a_connection_is_logged_without_what_was_said(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "command", crashes)
    caplog.handler.setFormatter(logging.Formatter(FORMAT))
    async with (
        serving(Scripted(after(-9, "sanne", opens("sanne", "anna")))) as server,
        client(server.url) as anna,
    ):
        await anna.hello()
        command = {"kind": "message", "chat": "chat-sanne", "text": CANARY}
        await anna.sends(t="op", n=1, id="op-1", made=1, command=command)
        assert await anna.closed() == 1011
    assert "operator anna ended by" in caplog.text
    assert "in crashes" in caplog.text
    assert CANARY not in caplog.text
    assert TOKEN not in caplog.text


async def test_a_crash_of_the_event_loop_is_logged_like_that(
    caplog: pytest.LogCaptureFixture,
) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(program._log_by_name)
    called = loop.create_future()
    loop.call_soon(crashes, CANARY)
    loop.call_soon(called.set_result, None)
    await called
    loop.set_exception_handler(None)
    assert "the event loop met" in caplog.text
    assert "in crashes" in caplog.text
    assert CANARY not in caplog.text
