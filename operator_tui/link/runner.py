"""A backend over the operator protocol: any server that speaks it, and any store."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from uuid import uuid4

from msgspec import structs

from operator_tui.desk.commands import Command
from operator_tui.desk.pending import OutboxRow
from operator_tui.desk.text import SafeLine, clean
from operator_tui.desk.time import Clock
from operator_tui.link.backend import NotEnteredError, Update
from operator_tui.link.backoff import Backoff
from operator_tui.link.dialler import Dialler
from operator_tui.link.driver import Driver
from operator_tui.link.inbox import Asked, Inbox, Question
from operator_tui.link.server import Server
from operator_tui.store.ports import Store, Transcripts

DEVICE_NAME = clean("operator-tui", SafeLine)


class Link:
    """A `Backend`. `find` says which server it is, and may have to start it first."""

    def __init__(
        self,
        find: Callable[[], Awaitable[Server]],
        store: Store,
        clock: Clock,
        *,
        backoff: Backoff | None = None,
        transcripts: Transcripts | None = None,
    ) -> None:
        self._find, self._store, self._clock = find, store, clock
        # Jitter is no secret, so the quick generator does.
        self._backoff = backoff or Backoff(random.random)
        self._transcripts = transcripts
        self._inbox = Inbox()
        self._driver: Driver | None = None
        self._over = False

    async def run(self, changed: Callable[[Update], None]) -> None:
        """Keep the link up until cancelled; see `Backend.run`."""
        kept = await self._store.load()
        driver = self._driver = Driver(
            kept,
            self._store,
            self._clock,
            self._backoff,
            device_name=DEVICE_NAME,
            changed=changed,
            transcripts=self._transcripts,
        )
        tasks = [
            asyncio.create_task(driver.run(self._inbox)),
            asyncio.create_task(self._dial(driver)),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._end()

    async def enter(self, command: Command) -> None:
        """Keep a command; see `Backend.enter`."""
        op = str(uuid4())
        await self._ask(
            lambda delivery, now: delivery.enter(
                OutboxRow(op, delivery.time.now(now), command), now
            )
        )

    async def discard(self, op: str) -> None:
        """Forget a command that has not gone out."""
        await self._ask(lambda delivery, _: delivery.discard(op))

    async def release(self, op: str) -> None:
        """Send a held command after all."""
        await self._ask(lambda delivery, now: delivery.release(op, now))

    async def older(self, chat: str) -> None:
        """Bring older messages; see `Backend.older`."""
        if self._driver is not None and not self._over:
            await self._driver.older(chat)

    def typing(self, chat: str) -> None:
        """Signal typing; see `Backend.typing`."""
        if self._driver is not None and not self._over:
            self._driver.typing(chat)

    async def _dial(self, driver: Driver) -> None:
        server = await self._find()
        driver.connection = structs.replace(driver.connection, server=server.name)
        await Dialler(server, self._inbox, self._clock, self._backoff).run()

    async def _ask(self, what: Question) -> None:
        asked = Asked(what, asyncio.get_running_loop().create_future())
        await self._inbox.put(asked)
        if self._over:
            self._end()
        await asked.done

    def _end(self) -> None:
        """Nobody deals with the inbox any more: whoever waits there is told."""
        self._over = True
        for item in self._inbox.rest():
            if isinstance(item, Asked) and not item.done.done():
                item.done.set_exception(NotEnteredError("ended"))
