import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from server_stub.__main__ import main
from server_stub.arguments import read
from server_stub.network.host import listening
from server_stub.network.token_files import TokenFileError, good_tokens, tokens_in
from tests.link.certificates import Certificate, made, signed_by_itself
from tests.server_stub.serving import client


@asynccontextmanager
async def running(*arguments: str) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "server_stub", *arguments), stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_a_demo_takes_its_token_from_stdin_and_ends_with_it() -> None:
    async with running("demo", "--lang", "fi") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        told = json.loads(await process.stdout.readline())
        process.stdin.write(b"a-secret\n")
        async with client(told["url"], "a-secret") as anna:
            welcome = await anna.hello()
            assert told["port"] == int(told["url"].split(":")[2].split("/")[0])
            assert welcome["mode"] == "snapshot"
            assert welcome["head"] > 0
            process.stdin.close()
            assert await anna.closed() == 1001
        assert await process.wait() == 0
        assert process.stderr is not None
        assert await process.stderr.read() == b""


async def test_a_demo_without_a_token_ends_with_a_reason() -> None:
    async with running("demo") as process:
        out, err = await process.communicate(b"\n")
        assert process.returncode == 2
        assert len(out.splitlines()) == 1
        assert b"no token" in err


async def test_a_session_is_served_until_it_is_told_to_stop(tmp_path: Path) -> None:
    async with running("serve", "--port", "0", "--seed", "7", "--state", str(tmp_path)) as process:
        assert process.stdout is not None
        url, _, seed = (await process.stdout.readline()).decode().strip().partition("  ")
        _, _, place = (await process.stdout.readline()).decode().strip().partition(": ")
        token = tokens_in(tmp_path, ["anna"])["anna"]
        assert (seed, place) == ("seed 7", str(tmp_path / "anna.token"))
        async with client(url, token) as anna:
            await anna.hello()
            process.send_signal(signal.SIGTERM)
            assert await anna.closed() == 1001
        assert await process.wait() == 0
        *_, desk, how = (await process.stdout.read()).decode().splitlines()
        assert desk == f"desk of anna: operator-tui connect {url} --token-file {place}"
        assert how == "The session begins when the first desk comes in. Ctrl+C ends the server."


@pytest.mark.parametrize(("kind", "named"), [(made, False), (signed_by_itself, True)])
async def test_a_certificate_that_nobody_else_has_signed_is_named_to_the_desks(
    tmp_path: Path, kind: Callable[[Path], Certificate], named: bool
) -> None:
    files = kind(tmp_path)
    tls = ("--cert", str(files.cert), "--key", str(files.key))
    async with running("serve", "--port", "0", "--state", str(tmp_path / "s"), *tls) as process:
        assert process.stdout is not None
        lines = [(await process.stdout.readline()).decode() for _ in range(4)]
        (desk,) = (line for line in lines if line.startswith("desk of anna"))
        assert desk.strip().endswith(f" --ca-file {files.cert}") is named


def test_a_port_in_use_says_which_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with listening("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "tour", "--port", port, "--state", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"server-stub: port {port} is in use")
    assert "--port 0" in told


async def test_a_session_that_is_not_there_says_which_are() -> None:
    async with running("serve", "nowhere") as process:
        _, err = await process.communicate()
        assert process.returncode == 2
        assert b"tour" in err
        assert b"Traceback" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["demo", "--rate", "61"],
        ["demo", "--rate", "fast"],
        ["demo", "--lang", "xx"],
        ["serve", "--host", "0.0.0.0"],  # noqa: S104
        ["serve", "--port", "65536"],
    ],
)
def test_a_mistake_on_the_command_line_ends_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as info:
        read(arguments)
    assert info.value.code == 2


def test_another_host_is_served_when_one_says_that_the_network_is_trusted() -> None:
    options = read(["serve", "--host", "0.0.0.0", "--insecure-plaintext"])  # noqa: S104
    assert options.host == "0.0.0.0"  # noqa: S104


def test_tokens_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    first = tokens_in(folder, ["anna", "bram"])
    assert tokens_in(folder, ["anna"]) == {"anna": first["anna"]}
    assert first["anna"] != first["bram"]
    assert len(first["anna"]) >= 40
    if os.name == "posix":
        assert (folder / "anna.token").stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name != "posix", reason="permissions are posix's")
def test_a_token_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    tokens_in(tmp_path, ["anna"])
    (tmp_path / "anna.token").chmod(0o644)
    with pytest.raises(TokenFileError, match="chmod 600"):
        tokens_in(tmp_path, ["anna"])


def test_an_empty_token_lets_nobody_in(tmp_path: Path) -> None:
    path = tmp_path / "anna.token"
    path.touch(mode=0o600)
    with pytest.raises(TokenFileError, match="Delete the file"):
        tokens_in(tmp_path, ["anna"])


async def test_a_killed_server_goes_on_and_lets_no_other_server_in(tmp_path: Path) -> None:
    serve = ("serve", "--port", "0", "--state", str(tmp_path))
    async with running(*serve, "--seed", "7") as process:
        assert process.stdout is not None
        url = (await process.stdout.readline()).decode().partition("  ")[0]
        await process.stdout.readline()
        async with client(url, good_tokens(tmp_path, ["anna"])["anna"]) as anna:
            first = await anna.hello()
            async with running(*serve) as another_server:
                _, err = await another_server.communicate()
                assert another_server.returncode == 1
                assert b"another server has it open" in err
        process.kill()
        await process.wait()
    async with running(*serve) as process:
        assert process.stdout is not None
        told = (await process.stdout.readline()).decode().strip()
        assert told.endswith("seed 7  goes on")
        async with client(told.partition("  ")[0], good_tokens(tmp_path, ["anna"])["anna"]) as anna:
            welcome = await anna.hello(epoch=first["epoch"], seq=first["head"])
            assert (welcome["mode"], welcome["epoch"]) == ("resume", first["epoch"])
            assert welcome["now"] >= first["now"]
