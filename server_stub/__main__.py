"""`server-stub`: the bundled server as a program of its own, and the trainers' tools beside it."""

import argparse
import asyncio
import contextlib
import json
import logging
import os
import shlex
import signal
import socket
import sys
import time
from collections.abc import Coroutine, Iterator, Sequence
from pathlib import Path

from operator_tui import crash
from operator_tui.desk.text import clean
from server_stub.arguments import default_state, read
from server_stub.clock import VirtualClock
from server_stub.committing import commit_in_a_thread
from server_stub.control.asking import ask
from server_stub.control.cast import Cast
from server_stub.control.door import attend, opened
from server_stub.control.errors import OrderError
from server_stub.control.place import socket_path
from server_stub.control.trainer import Trainer
from server_stub.guests.link import capability_in
from server_stub.guests.route import PAGE_PATH, VisitorRoute
from server_stub.house import House
from server_stub.load.telling import load as load_of
from server_stub.log_file import log_to
from server_stub.network.host import OPERATOR_PATH, Host, listening
from server_stub.network.names import shown
from server_stub.network.tls import Shown, TlsError, seen_of, tls_of
from server_stub.network.token_files import TokenFileError, tokens_in
from server_stub.network.token_watch import watch
from server_stub.opening import AnotherSessionError, Opening, Wanted
from server_stub.plays.problems import ProblemsError
from server_stub.replay import AnotherRecordingError
from server_stub.service.ledger import LedgerError
from server_stub.service.operators import Tokens
from server_stub.sessions.session import Session, led_by
from server_stub.sessions.session_file import load
from server_stub.sessions.session_file import names as built_in
from server_stub.standard_input import StandardInput
from server_stub.state_folder import FolderError, private_folder
from server_stub.told import Exit
from server_stub.tools.announcing import Announced, why_not
from server_stub.tools.checking import check
from server_stub.tools.replaying import replay
from server_stub.tools.trying import try_play

log = logging.getLogger(__name__)

USAGE_ERRORS = (
    ProblemsError,
    TokenFileError,
    FolderError,
    TlsError,
    AnotherSessionError,
    AnotherRecordingError,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until stdin ends (demo), or SIGINT or SIGTERM comes. 0 fine, 1 failed, 2 usage.

    Also ends, without a word, when nobody reads on (`server-stub try FILE | head`).
    """
    crash.guard()
    try:
        code = _done(read(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left goes nowhere
        return Exit.NOT_READ
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    return code


def _done(options: argparse.Namespace) -> int:
    match options.mode:
        case "check":
            return check(options.files)
        case "try":
            return try_play(options)
        case "replay":
            return replay(options.file)
        case "load":
            return load_of(options)
        case "ctl":
            return ask(options.state or default_state(), options.words)
        case _:
            return _served(options)


def _served(options: argparse.Namespace) -> int:
    try:
        log_to(options.log, verbose=options.verbose)
        session = load(options.session)
        return asyncio.run(
            _demo(session, options) if options.mode == "demo" else _serve(session, options)
        )
    except USAGE_ERRORS as error:
        return _failed(Exit.USAGE, str(error))
    except BrokenPipeError:
        raise
    except (OSError, LedgerError) as error:
        return _failed(Exit.WRONG, str(error))


def _failed(code: Exit, why: str) -> int:
    for line in f"server-stub: {why}".splitlines():
        print(clean(line), file=sys.stderr)  # a file that is wrong may be anybody's
    return code


def _house(opening: Opening, options: argparse.Namespace) -> House:
    rate = opening.rate if options.rate is None else options.rate
    return House(opening.begin, VirtualClock(0, 0.0), rate)


def _wanted(options: argparse.Namespace) -> Wanted:
    session = options.session
    if session not in built_in():
        session = str(Path(session).resolve())  # to be found again, wherever a server is started
    return Wanted(session, options.seed, options.lang)


async def _demo(session: Session, options: argparse.Namespace) -> int:
    """The port is told before the token is read: whoever is quicker waits in the backlog."""
    bound = listening("127.0.0.1", 0)
    port = bound.getsockname()[1]
    url = f"ws://127.0.0.1:{port}{OPERATOR_PATH}"
    print(json.dumps({"port": port, "url": url}), flush=True)
    stdin = StandardInput()
    token = await stdin.line
    if not token:
        return _failed(Exit.USAGE, "no token came on stdin")
    if options.operator:
        session = led_by(session, options.operator)
    opening = Opening(session, _wanted(options), None, options.record)
    house = _house(opening, options)
    host = Host(house, Tokens({session.operators[0].id: token}), time.monotonic)
    await _run(house, host, bound, stdin.ended)
    if house.begun:
        opening.end(house.practice)
    return Exit.FINE


async def _serve(session: Session, options: argparse.Namespace) -> int:
    tls = tls_of(options.cert, options.key)
    folder = private_folder(options.state or default_state())
    opening = Opening(session, _wanted(options), options.state, options.record)
    operators = [one.id for one in session.operators]
    tokens = Tokens(tokens_in(folder, operators))
    house = _house(opening, options)
    bound = _bound(options)
    seen = Shown() if tls is None else seen_of(options.cert, tls)
    names = (*options.name, *seen.names)
    place = f"{shown(options.host, names)}:{bound.getsockname()[1]}"
    s = "" if tls is None else "s"
    believes = options.cert if seen.by_itself else None
    come_in = Announced(f"ws{s}://{place}{OPERATOR_PATH}", folder, operators, opening, believes)
    come_in.at_first()
    visitors = None
    if options.visitors:
        capability = capability_in(folder, goes_on=opening.goes_on)
        visitors = VisitorRoute(house, capability, time.monotonic)
        print(f"visitors: http{s}://{place}{PAGE_PATH}#{capability}", flush=True)
    host = Host(house, tokens, time.monotonic, names, visitors, tls=tls)
    beside = [watch(folder, operators, tokens, house), *_trained(session, options, folder, house)]
    come_in.at_last()
    await _run(house, host, bound, asyncio.Event(), *beside)
    if house.begun:
        opening.end(house.practice)
    return Exit.FINE


def _bound(options: argparse.Namespace) -> socket.socket:
    """OSError: why nobody can listen there, in a sentence."""
    try:
        return listening(options.host, options.port)
    except OSError as error:
        raise OSError(why_not(error, options.host, options.port)) from error


def _trained(
    session: Session, options: argparse.Namespace, folder: Path, house: House
) -> Iterator[Coroutine[None, None, None]]:
    """What takes a trainer's orders; without it the session is served all the same."""
    paused = "; the clock is paused" if house.rate == 0 else ""
    try:
        path = socket_path(folder)
        trainer = Trainer(house, Cast(options.session, session.intents), session.intents)
        yield attend(opened(path), path, trainer.do, house.commits.until_kept)
        print(f"ctl: server-stub ctl --state {shlex.quote(str(folder))}{paused}", flush=True)
    except (OrderError, OSError, FolderError) as error:
        print(clean(f"server-stub: no ctl: {error}"), file=sys.stderr)


async def _run(
    house: House,
    host: Host,
    bound: socket.socket,
    end: asyncio.Event,
    *beside: Coroutine[None, None, None],
) -> None:
    """Serve, and do what is to be done `beside`, until `end` or until asked to stop."""
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_log_by_name)
    for asked in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has its own way to stop
            loop.add_signal_handler(asked, end.set)
    async with await host.listen(bound), asyncio.TaskGroup() as tasks:
        running = [
            tasks.create_task(one)
            for one in (house.clock.run(), commit_in_a_thread(house), *beside)
        ]
        await end.wait()
        for task in running:
            task.cancel()


def _log_by_name(_: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """asyncio's own words could quote a chat."""
    error = context.get("exception")
    told = crash.report(error) if isinstance(error, BaseException) else "something unnamed"
    log.error("the event loop met %s", told)


if __name__ == "__main__":
    sys.exit(main())
