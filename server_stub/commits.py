"""When what happens is kept, and who waits for it."""

import asyncio
from collections.abc import Callable

from server_stub.peer import Closing
from server_stub.service.ledger import Ledger

AHEAD = 256
"""While so many transactions wait for a slow disk nothing happens by itself: this bounds memory."""


class Commits:
    """At once, the session waiting for the disk, unless somebody has it done `later`."""

    def __init__(self) -> None:
        self._ledger: Ledger | None = None
        self._commit: Callable[[], None] | None = None
        self._waiting: set[asyncio.Future[None]] = set()

    def begin(self, ledger: Ledger) -> None:
        """A session begins, or goes on, with this ledger."""
        self._ledger, ledger.later = ledger, self._commit is not None

    def later(self, commit: Callable[[], None] | None) -> None:
        """Have `commit` called when something is to be kept; None: at once again, from now.

        It has the ledger's `batch` written, and says what came of it. LedgerError.
        """
        self._commit = commit
        if self._ledger is not None:
            self._ledger.later = commit is not None
            if commit is None:
                self._ledger.flush()

    def changed(self) -> None:
        """Something has happened."""
        if self._commit is not None and self._ledger is not None and self._ledger.waiting:
            self._commit()

    def put_off(self, act: Callable[[], None]) -> bool:
        """Whether the disk is so far behind that `act` has to wait; then it is called later."""
        if self._ledger is None or self._ledger.waiting < AHEAD:
            return False
        self._ledger.when_kept(act)
        return True

    async def until_kept(self) -> None:
        """Until all that has happened so far is kept: whoever tells of it waits for this first.

        Raises `Closing` where it never will be.
        """
        if self._ledger is None or not self._ledger.waiting:
            return
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(kept)
        self._ledger.when_kept(lambda: None if kept.done() else kept.set_result(None))
        try:
            await kept
        finally:
            self._waiting.discard(kept)

    def lost(self, closing: Closing) -> None:
        """What is not kept by now never will be."""
        self._ledger = None
        for one in self._waiting:
            if not one.done():
                one.set_exception(closing)
