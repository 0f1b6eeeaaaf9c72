"""Commands on their way into the outbox, without waiting for them."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TypeAlias

from operator_tui.desk.commands import Command
from operator_tui.link.backend import Backend, NotEnteredError

Run: TypeAlias = Callable[[Coroutine[None, None, None]], object]


def _nothing() -> None:
    """What most commands are followed by."""


class Outgoing:
    """One worker (`run`) for each command, so that no key waits for the disk.

    `refused` is told the code of why one was not kept.
    """

    def __init__(self, backend: Backend, run: Run, refused: Callable[[str], object]) -> None:
        self._backend = backend
        self._run = run
        self._refused = refused
        self._discarded: set[str] = set()
        """What is out of the outbox, or on its way out: a second press asks for nothing more."""

    def enter(self, command: Command, after: Callable[[], None] = _nothing) -> None:
        """Hand a command over, then call `after`, also when it was not kept."""
        self._run(self._ask(self._backend.enter(command), after, after))

    def discard(self, op: str) -> None:
        """Take a held or refused command out of the outbox."""
        if op not in self._discarded:
            self._discarded.add(op)
            again = partial(self._discarded.discard, op)
            self._run(self._ask(self._backend.discard(op), otherwise=again))

    def only(self, rows: set[str]) -> None:
        """These are in the outbox: what is out of it needs no remembering."""
        self._discarded &= rows

    def release(self, op: str) -> None:
        """Send a held command after all."""
        self._run(self._ask(self._backend.release(op)))

    async def _ask(
        self,
        asked: Coroutine[None, None, None],
        after: Callable[[], None] = _nothing,
        otherwise: Callable[[], None] = _nothing,
    ) -> None:
        try:
            await asked
        except NotEnteredError as error:
            otherwise()
            self._refused(error.code)
        else:
            after()
