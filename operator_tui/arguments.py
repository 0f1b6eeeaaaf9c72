"""What can stand on the command line."""

import argparse
from pathlib import Path
from typing import get_args

from operator_tui import __version__
from operator_tui.store.ports import IconSet, InterfaceLanguage

PROGRAM = "operator-tui"


def make_parser() -> argparse.ArgumentParser:
    """All commands and options; `command` is the name of the one that is asked for, or None."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM, description="The live-chat operator's desk, in a terminal."
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _demo_options(_add(commands, "demo", "answer simulated visitors, to learn and to practise"))
    _connect_options(_add(commands, "connect", "work at a server's desk"))
    _look_options(_add(commands, "config", "show the settings in force, and where they come from"))
    _forget_options(_add(commands, "forget", "remove what is kept here about a visitor"))
    _add(commands, "paths", "show where the program's files are")
    _add(commands, "doctor", "look at this terminal and your files, and say what would help")
    return parser


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str
) -> argparse.ArgumentParser:
    about = text[0].upper() + text[1:] + "."
    return commands.add_parser(name, help=text, description=about)


def _demo_options(parser: argparse.ArgumentParser) -> None:
    languages = get_args(InterfaceLanguage)
    sessions = "the practice session: a name or a file (tour)"
    parser.add_argument("session", nargs="?", default="tour", metavar="SESSION", help=sessions)
    parser.add_argument("--lang", choices=languages, help="the language the visitors write")
    parser.add_argument("--seed", type=int, metavar="N", help="the same number, the same visitors")
    parser.add_argument("--name", metavar="NAME", help="your name, as visitors see it")
    _look_options(parser)


def _connect_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="such as wss://shop.example/operator")
    parser.add_argument(
        "--token-file",
        type=Path,
        metavar="FILE",
        help="holds your token and is yours alone (chmod 600); or set OPERATOR_TUI_TOKEN",
    )
    parser.add_argument(
        "--ca-file",
        type=Path,
        metavar="FILE",
        help="certificates (PEM) to believe besides the system's, such as your company's own",
    )
    parser.add_argument(
        "--insecure-plaintext",
        action="store_true",
        help="allow ws:// to another machine: everybody on the way can read everything",
    )
    _look_options(parser)


def _forget_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("visitor", metavar="VISITOR", help="a visitor's id, or words of the name")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument(
        "--damaged",
        action="store_true",
        help="remove what is damaged, too: nobody can tell whom it is about",
    )


def _look_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--icons", choices=get_args(IconSet), help="which signs the terminal shows")
    parser.add_argument("--theme", metavar="NAME", help="which colours")
