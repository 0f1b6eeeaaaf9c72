"""From files and choices to a running desk, and from how it ended to an exit code.

Textual is imported inside the functions: `--version` and `--help` must not wait for it.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from typing import TYPE_CHECKING

from operator_tui.clock import local_zone
from operator_tui.desk.commands import Command
from operator_tui.desk.time import Clock
from operator_tui.link.backend import CARRIES, Backend, CouldNotConnectError, Update
from operator_tui.store.paths import Paths
from operator_tui.store.ports import Drafts

if TYPE_CHECKING:
    from operator_tui.store.canned_files import Loaded
    from operator_tui.store.config import Config
    from operator_tui.store.theme_files import ThemeError
    from operator_tui.ui.setup import Setup


class Exit(IntEnum):
    """What the program's exit code says."""

    FINE = 0
    CRASH = 1
    USAGE = 2
    """A mistake on the command line, or in a file of the operator's."""
    NOT_CONNECTED = 3
    INTERRUPTED = 130


class Watched:
    """A backend that ends the program, instead of crashing it, when the server refuses it."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.refused: CouldNotConnectError | None = None
        self.connected = False
        """Whether there was a connection at any time."""
        self.leave: Callable[[], None] = lambda: None

    async def run(self, changed: Callable[[Update], None]) -> None:
        """Run the backend behind; a refusal is kept, and the program left."""

        def seen(update: Update) -> None:
            self.connected = self.connected or update.connection.state in CARRIES
            changed(update)

        try:
            await self._backend.run(seen)
        except CouldNotConnectError as error:
            self.refused = error
            self.leave()

    async def enter(self, command: Command) -> None:
        """See `Backend.enter`."""
        await self._backend.enter(command)

    async def discard(self, op: str) -> None:
        """See `Backend.discard`."""
        await self._backend.discard(op)

    async def release(self, op: str) -> None:
        """See `Backend.release`."""
        await self._backend.release(op)

    async def older(self, chat: str) -> None:
        """See `Backend.older`."""
        await self._backend.older(chat)

    def typing(self, chat: str) -> None:
        """See `Backend.typing`."""
        self._backend.typing(chat)


def at_a_terminal() -> bool:
    """Whether keys can come and the desk can be painted; Textual paints on the standard error."""
    return all(it is not None and it.isatty() for it in (sys.stdin, sys.stdout, sys.stderr))


def run_app(backend: Backend, clock: Clock, setup: "Setup") -> int:
    """Run the desk until the operator leaves it; the exit code."""
    from operator_tui.ui.app import OperatorApp  # noqa: PLC0415

    watched = Watched(backend)
    app = OperatorApp(watched, clock, setup)
    watched.leave = lambda: app.exit(return_code=Exit.NOT_CONNECTED)
    app.run()
    if watched.refused is not None:
        print("\n".join(why(watched.refused)), file=sys.stderr)
        return Exit.NOT_CONNECTED
    ended = Exit.FINE if watched.connected else Exit.NOT_CONNECTED
    return app.return_code or ended  # a crash of Textual would exit 0 of itself


def make_setup(
    config: "Config", files: Paths, drafts: Drafts, notices: Iterable[str] = ()
) -> "Setup":
    """Everything the screens need: what cannot be read is replaced, and told in a notice."""
    from operator_tui.store import canned_files, theme_files  # noqa: PLC0415
    from operator_tui.store.settings import FileSettings  # noqa: PLC0415
    from operator_tui.ui.icons import load_icons  # noqa: PLC0415
    from operator_tui.ui.look import Look  # noqa: PLC0415
    from operator_tui.ui.setup import Setup  # noqa: PLC0415
    from operator_tui.ui.words import use_language  # noqa: PLC0415

    preferences = config.preferences
    use_language(preferences.language)
    theme, trouble = theme_files.theme_or_default(preferences.theme, files.themes)
    canned = canned_files.load(files.canned, preferences.language)
    settings = FileSettings(files.settings)
    worn = theme_files.DEFAULT if trouble is not None else preferences.theme
    return Setup(
        look=Look(load_icons(preferences.icons), theme.colours),
        icons=preferences.icons,
        theme=worn,
        themes=theme_files.usable_themes(files.themes) | {worn: theme},
        canned=canned.replies,
        etiquette={code: canned_files.etiquette(code) for code in canned_files.languages()},
        drafts=drafts,
        settings=settings,
        zone=local_zone(),
        remembered=settings.read(),
        notices=(*notices, *_config(config), *_notices(trouble, canned), *_take_keys(files)),
    )


def _config(config: "Config") -> Iterator[str]:
    from operator_tui.own_files import config_mistakes  # noqa: PLC0415
    from operator_tui.ui.config_notice import config_notice  # noqa: PLC0415

    purges = config.preferences.keep_days is not None
    mistakes = config_mistakes(config)
    if mistakes:
        said = config_notice(config.mistakes[0].fault, mistakes[0], purges=purges)
        yield _and_more(said, len(mistakes) - 1)


def _notices(trouble: "ThemeError | None", canned: "Loaded") -> Iterator[str]:
    from operator_tui.ui.canned_notice import canned_notice  # noqa: PLC0415
    from operator_tui.ui.theme_notice import theme_notice  # noqa: PLC0415

    if trouble is not None:
        yield theme_notice(trouble.file, trouble.line, trouble.trouble, trouble.key, trouble.guess)
    if canned.mistakes:
        it = canned.mistakes[0]
        said = canned_notice(it.file, it.line, it.kind, it.detail, it.guess, loaded=canned.own)
        yield _and_more(said, len(canned.mistakes) - 1)


def _take_keys(files: Paths) -> Iterator[str]:
    """Use the operator's own keys from now on, and tell the first mistake in them."""
    from operator_tui.store.key_files import load_keys  # noqa: PLC0415
    from operator_tui.ui.keymap import keymap  # noqa: PLC0415
    from operator_tui.ui.keys import use_keys  # noqa: PLC0415
    from operator_tui.ui.keys_notice import keys_mistakes, keys_notice  # noqa: PLC0415

    own = load_keys(files.keys)
    chosen = keymap(own.asked)
    use_keys(chosen.keys)
    if mistakes := keys_mistakes(own.file, own.lines, own.mistakes, chosen):
        yield _and_more(keys_notice(mistakes[0]), len(mistakes) - 1)


def _and_more(said: str, others: int) -> str:
    from operator_tui.ui.canned_notice import more_mistakes  # noqa: PLC0415

    return f"{said} {more_mistakes(others)}" if others else said


def why(refused: CouldNotConnectError) -> Iterator[str]:
    """Why there was nothing to show: what, and what now."""
    from operator_tui.ui.words import tr  # noqa: PLC0415

    match refused.reason:
        case "server":
            yield tr("The bundled server did not start.")
        case "token":
            yield tr("The server refused the token. Ask for a new one.")
        case "forbidden":
            yield tr("The server does not go by that address. Use the one that it prints.")
        case "certificate":
            yield tr("The server's certificate is not valid, so nothing was sent to it.")
            yield tr("If your company made it itself, name its certificates with --ca-file.")
        case "version":
            yield tr("The server does not speak operator.v1. One of the two needs an update.")
        case reason:
            yield tr("The server refused the connection ({reason}).", reason=reason)
    if refused.detail:
        yield refused.detail
