"""`server-stub demo` and `server-stub serve`: the bundled server as a program of its own."""

import argparse
import asyncio
import contextlib
import json
import logging
import secrets
import signal
import socket
import sys
import time
import uuid
from collections.abc import Sequence

from operator_tui.desk.time import Millis
from server_stub.arguments import read
from server_stub.clock import VirtualClock
from server_stub.host import OPERATOR_PATH, Host, listening
from server_stub.house import House
from server_stub.service.operators import Tokens, staff_of
from server_stub.service.practice import Practice
from server_stub.standard_input import StandardInput
from server_stub.token_files import TokenFileError, token_file, tokens_in
from server_stub.visiting.link import new_capability
from server_stub.visiting.route import PAGE_PATH, VisitorRoute
from server_stub.visitors.problems import ProblemsError
from server_stub.visitors.session import Session, led_by
from server_stub.visitors.session_file import load
from server_stub.visitors.stage import Stage

FINE, CRASHED, USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until stdin ends (demo), or SIGINT or SIGTERM comes. 0 fine, 1 failed, 2 usage."""
    options = read(arguments)
    level = logging.INFO if options.verbose else logging.CRITICAL + 1
    logging.basicConfig(stream=sys.stderr, level=level, format="%(asctime)s %(name)s %(message)s")
    try:
        session = load(options.session)
        return asyncio.run(
            _demo(session, options) if options.mode == "demo" else _serve(session, options)
        )
    except (ProblemsError, TokenFileError) as error:
        return _failed(USAGE, str(error))
    except OSError as error:
        return _failed(CRASHED, str(error))


def _failed(code: int, why: str) -> int:
    print(f"server-stub: {why}", file=sys.stderr)
    return code


def _house(session: Session, options: argparse.Namespace) -> House:
    def begin(start: Millis) -> Practice:
        stage = Stage(session, options.seed, start, options.lang)
        staff = staff_of(session)
        return Practice(staff, session.policy, stage, start, lambda: str(uuid.uuid4()))

    if options.seed is None:
        options.seed = secrets.randbelow(1_000_000)
    return House(begin, VirtualClock(0, 0.0), options.rate)


async def _demo(session: Session, options: argparse.Namespace) -> int:
    """The port is told before the token is read: whoever is quicker waits in the backlog."""
    bound = listening("127.0.0.1", 0)
    port = bound.getsockname()[1]
    url = f"ws://127.0.0.1:{port}{OPERATOR_PATH}"
    print(json.dumps({"port": port, "url": url}), flush=True)
    stdin = StandardInput()
    token = await stdin.line
    if not token:
        return _failed(USAGE, "no token came on stdin")
    if options.operator:
        session = led_by(session, options.operator)
    house = _house(session, options)
    await _run(
        house,
        Host(house, Tokens({session.operators[0].id: token}), time.monotonic),
        bound,
        stdin.ended,
    )
    return FINE


async def _serve(session: Session, options: argparse.Namespace) -> int:
    bound = listening(options.host, options.port)
    operators = [one.id for one in session.operators]
    tokens = tokens_in(options.state, operators)
    house = _house(session, options)
    shown = f"[{options.host}]" if ":" in options.host else options.host
    print(f"ws://{shown}:{bound.getsockname()[1]}{OPERATOR_PATH}  seed {options.seed}")
    for operator in operators:
        print(f"token of {operator}: {token_file(options.state, operator)}", flush=True)
    visitors = None
    if options.visitors:
        capability = new_capability()
        visitors = VisitorRoute(house, capability, time.monotonic)
        page = f"http://{shown}:{bound.getsockname()[1]}{PAGE_PATH}#{capability}"
        print(f"visitors: {page}", flush=True)
    host = Host(house, Tokens(tokens), time.monotonic, options.name, visitors)
    await _run(house, host, bound, asyncio.Event())
    return FINE


async def _run(house: House, host: Host, bound: socket.socket, end: asyncio.Event) -> None:
    """Serve until `end`, or until the process is asked to stop."""
    loop = asyncio.get_running_loop()
    for asked in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has its own way to stop
            loop.add_signal_handler(asked, end.set)
    async with await host.listen(bound), asyncio.TaskGroup() as tasks:
        pump = tasks.create_task(house.clock.run())
        await end.wait()
        pump.cancel()


if __name__ == "__main__":
    sys.exit(main())
