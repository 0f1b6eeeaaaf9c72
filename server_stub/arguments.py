"""What the bundled server can be asked on its command line."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from server_stub.clock import checked_rate

LANGUAGES = ("en", "nl", "pl", "fi")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
DEFAULT_PORT = 8765


def read(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The arguments, checked; a mistake ends the program with code 2."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.mode == "serve" and (wrong := _mistake(options)):
        parser.error(wrong)
    return options


def _mistake(options: argparse.Namespace) -> str | None:
    if (options.cert is None) != (options.key is None):
        return "--cert and --key go together."
    if options.host in LOOPBACK or options.insecure_plaintext or options.cert is not None:
        return None
    return (
        f"on {options.host} others could read everything. Add --cert and --key for TLS,"
        " or --insecure-plaintext on a network that you trust."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="server-stub", description="Simulated visitors behind the operator protocol."
    )
    modes = parser.add_subparsers(dest="mode", required=True, metavar="MODE")
    demo = modes.add_parser(
        "demo",
        help="for a program that starts this one: port on stdout, token on stdin",
        description="Binds a free port of this machine, writes one line of JSON with it, takes"
        " the token from the first line of stdin, and ends when stdin does.",
    )
    serve = modes.add_parser("serve", help="a practice session for clients that connect")
    for mode in (demo, serve):
        _add_session(mode)
    demo.add_argument("--operator", metavar="NAME", help="the operator's name (the session's own)")
    _add_serve(serve)
    _add_scenarios(modes)
    return parser


def _add_session(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("session", nargs="?", default="tour", metavar="SESSION", help="a name or a file (tour)")
    add("--seed", type=int, metavar="N", help="same seed, same visitors (random)")
    add(
        "--rate",
        type=_rate,
        metavar="R",
        help="clock speed, 0: paused (1, or as ctl left it)",
    )
    add("--lang", choices=LANGUAGES, help="the visitors' language (the session's own)")
    add("--record", type=Path, metavar="FILE", help="write down all input, for server-stub replay")
    add("--verbose", action="store_true", help="log ids and codes to stderr")
    add("--log", type=Path, metavar="FILE", help="log them to a file, which never grows large")


def _add_serve(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    add("--port", type=_port, default=DEFAULT_PORT, help=f"0 for any free one ({DEFAULT_PORT})")
    add("--name", action="append", default=[], help="another host name that leads here")
    add("--state", type=Path, metavar="FOLDER", help="keep the session here, with its tokens")
    add(
        "--visitors",
        action="store_true",
        help="print a link by which people play visitors in a browser",
    )
    add("--cert", type=Path, metavar="FILE", help="certificate chain (PEM): speak TLS")
    add("--key", type=Path, metavar="FILE", help="its private key (PEM)")
    add("--insecure-plaintext", action="store_true", help="allow other hosts without TLS")


def _add_scenarios(modes: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    check = modes.add_parser("check", help="tell every mistake in plays and sessions")
    check.add_argument("files", nargs="+", metavar="FILE", help=".play, .toml, or their folder")
    again = modes.add_parser("replay", help="play a recorded session again and compare the logs")
    again.add_argument("file", type=Path, metavar="FILE", help="what --record wrote")
    ctl = modes.add_parser("ctl", help="throw events into a session that is served here")
    ctl.add_argument("--state", type=Path, metavar="FOLDER", help="the folder that serve was given")
    ctl.add_argument("words", nargs=argparse.REMAINDER, metavar="ORDER", help="none: tells all")
    _add_load(modes)
    tries = modes.add_parser("try", help="play one scenario in the terminal, as text")
    add = tries.add_argument
    add("file", metavar="FILE", help="a .play, or the name of one of the library")
    add("--lang", metavar="CODE", help="the visitor's language (the play's first)")
    add("--seed", type=int, metavar="N", help="another seed, another pace (1)")
    how = tries.add_mutually_exclusive_group()
    how.add_argument("--script", metavar="FILE", help="what the operator says; - for stdin")
    how.add_argument("--walk", action="store_true", help="play every branch to an end by itself")


def _add_load(modes: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    load = modes.add_parser(
        "load", help="what many visitors cost this machine, and several chats an operator"
    )
    add = load.add_argument
    add("--visitors", type=_count, default=10_000, metavar="N", help="at once (10000)")
    add("--seconds", type=_count, default=10, metavar="N", help="measured for so long (10)")
    add("--typing", type=_speed, default=4.0, metavar="R", help="characters a second (4)")
    add("--reply", type=_count, default=90, metavar="N", help="characters of a reply (90)")
    add("--table", action="store_true", help="only the table of several chats at once")


def _count(text: str) -> int:
    if text.isdecimal() and 1 <= int(text[:9]) <= 100_000:
        return int(text)
    raise argparse.ArgumentTypeError(f"a number from 1 to 100000, not {text}")


def _speed(text: str) -> float:
    try:
        if 0.5 <= float(text) <= 50:
            return float(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"characters a second, from 0.5 to 50, not {text}")


def default_state() -> Path:
    """Where tokens are kept when nothing else is."""
    return platformdirs.user_state_path("operator-tui", appauthor=False) / "server"


def _rate(text: str) -> float:
    try:
        return checked_rate(float(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _port(text: str) -> int:
    if text.isdecimal() and int(text) <= 65_535:
        return int(text)
    raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text}")
