"""The command line. Whatever a command needs is imported when it runs, never before."""

import argparse
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import structs

from operator_tui import crash
from operator_tui.arguments import PROGRAM, make_parser
from operator_tui.desk.text import SafeLine, clean
from operator_tui.start import Exit, at_a_terminal
from operator_tui.store.config import Config, read_config, written
from operator_tui.store.paths import HOLDS, Paths, paths
from operator_tui.store.ports import Preferences
from operator_tui.store.theme_files import theme_names, usable_names

if TYPE_CHECKING:
    from operator_tui.link.server import Server
    from operator_tui.store.desks import DeskFile


class UsageError(Exception):
    """A mistake on the command line or in a file; the message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is one of `start.Exit`."""
    crash.guard()
    parser = make_parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return Exit.FINE
    try:
        return COMMANDS[options.command](options)
    except UsageError as error:
        print(f"{PROGRAM}: {clean(str(error))}", file=sys.stderr)  # it quotes files and arguments
        return Exit.USAGE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


def settings(options: argparse.Namespace, files: Paths) -> Config:
    """The command line over `config.toml` over the defaults, with the mistakes in that file; one
    on the command line is a `UsageError`."""
    read = read_config(files.config, files.themes)
    return structs.replace(read, preferences=_asked(options, files, read.preferences))


def _asked(options: argparse.Namespace, files: Paths, chosen: Preferences) -> Preferences:
    asked = {key: getattr(options, key, None) for key in ("icons", "theme")}
    if asked["theme"] is not None and asked["theme"] not in theme_names(files.themes):
        known = ", ".join(usable_names(files.themes))
        raise UsageError(f"--theme: there is no {asked['theme']!r}. There are {known}.")
    chosen = structs.replace(chosen, **{key: value for key, value in asked.items() if value})
    name = getattr(options, "name", None)
    return chosen if name is None else structs.replace(chosen, name=clean(name, SafeLine))


def demo(options: argparse.Namespace) -> int:
    """Start the bundled server, and the desk on it."""
    from operator_tui.link.bundled import BundledServer  # noqa: PLC0415
    from operator_tui.own_desk import passing  # noqa: PLC0415

    files = paths()
    chosen = settings(options, files)
    _needs_a_terminal()
    name = chosen.preferences.name or None
    asked = {"--lang": options.lang, "--seed": options.seed, "--operator": name}
    given = [f"{key}={value}" for key, value in asked.items() if value is not None]
    with BundledServer([*given, "--", options.session]) as server, passing() as desk:
        return _desk(server.find, chosen, files, desk)


def connect(options: argparse.Namespace) -> int:
    """The desk on a server that runs somewhere."""
    from operator_tui.own_desk import lasting  # noqa: PLC0415
    from operator_tui.store.desks import key_of  # noqa: PLC0415
    from operator_tui.store.files import FileError  # noqa: PLC0415
    from operator_tui.ui.words import use_language  # noqa: PLC0415

    files = paths()
    chosen = settings(options, files)
    use_language(chosen.preferences.language)
    server = _server(options)
    _needs_a_terminal()

    async def find() -> "Server":
        return server

    key, days = key_of(server.url, server.token), chosen.preferences.keep_days
    try:
        with lasting(files.desks, key, server.url, days) as desk:
            return _desk(find, chosen, files, desk)
    except FileError as error:
        raise UsageError(str(error)) from error


def _needs_a_terminal() -> None:
    if not at_a_terminal():
        raise UsageError("the desk needs a terminal: start it without <, > and |")


def _server(options: argparse.Namespace) -> "Server":
    """The server to connect to, with everything about it checked."""
    from operator_tui.link.server import AddressError, Server, checked_address  # noqa: PLC0415
    from operator_tui.link.trust import TrustError, context_of  # noqa: PLC0415
    from operator_tui.store import secret  # noqa: PLC0415

    try:
        url = checked_address(options.url, plaintext=options.insecure_plaintext)
        token = secret.token_from_environment(os.environ)
        if options.token_file is not None:
            token = secret.token_from_file(options.token_file)
        if options.ca_file is not None:
            context_of(options.ca_file)
    except (AddressError, secret.TokenError, TrustError) as error:
        raise UsageError(str(error)) from error
    if token is None:
        raise UsageError(f"no token: give --token-file FILE, or set {secret.VARIABLE}")
    return Server(url, token, options.ca_file)


def config(options: argparse.Namespace) -> int:
    """Print the settings in force, as they would stand in the file, and what in it is not."""
    from operator_tui.own_files import config_mistakes  # noqa: PLC0415

    files = paths()
    chosen = settings(options, files)
    there = "" if files.config.is_file() else " (not there: these are the defaults)"
    print(f"# {files.config}{there}")
    print(written(chosen.preferences))
    for mistake in (mistakes := config_mistakes(chosen)):
        print(f"{PROGRAM}: {mistake}", file=sys.stderr)
    return Exit.USAGE if mistakes else Exit.FINE


def forget(options: argparse.Namespace) -> int:
    """Remove a visitor from every database of this desk's."""
    from operator_tui.forgetting import forget as forgotten  # noqa: PLC0415
    from operator_tui.store.files import FileError  # noqa: PLC0415

    try:
        asked = {"sure": options.yes, "damaged": options.damaged}
        done = forgotten(paths().desks, options.visitor, **asked)
    except FileError as error:
        raise UsageError(str(error)) from error
    return Exit.FINE if done else Exit.USAGE


def show_paths(_: argparse.Namespace) -> int:
    """Print where every file is or would be, and what it holds."""
    for name, path in structs.asdict(paths()).items():
        print(f"{name:8}  {HOLDS[name]:26}  {path}")
    return Exit.FINE


def doctor(_: argparse.Namespace) -> int:
    """Print what was found out about this terminal, and in the operator's own files; a mistake in
    them is one of configuration."""
    from operator_tui import own_files  # noqa: PLC0415
    from operator_tui.doctor import examined  # noqa: PLC0415

    own = tuple(own_files.examined(paths()))
    for line in (*examined(os.environ), *(line for found in own for line in found.lines)):
        print(line)
    return Exit.USAGE if any(found.mistakes for found in own) else Exit.FINE


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "demo": demo,
    "connect": connect,
    "config": config,
    "forget": forget,
    "paths": show_paths,
    "doctor": doctor,
}


def _desk(
    find: Callable[[], Awaitable["Server"]], chosen: Config, files: Paths, desk: "DeskFile"
) -> int:
    from operator_tui.clock import MonotonicClock  # noqa: PLC0415
    from operator_tui.link.runner import Link  # noqa: PLC0415
    from operator_tui.log import start_log  # noqa: PLC0415
    from operator_tui.own_desk import notices  # noqa: PLC0415
    from operator_tui.start import make_setup, run_app  # noqa: PLC0415

    start_log(files.log)
    clock = MonotonicClock()
    setup = make_setup(chosen, files, desk.drafts, notices(desk))
    setup = structs.replace(setup, leftovers=desk.leftovers)
    link = Link(find, desk.store, clock, transcripts=desk.transcripts)
    return run_app(link, clock, setup)
