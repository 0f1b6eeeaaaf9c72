"""Drives delivery: sockets on one side of it, the store on the other, and the screen told of both.

One task owns delivery and deals with one input after the other. It waits for the store alone: a
slow network never holds the operator up, and the screen never holds the network up.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Sequence
from typing import assert_never
from uuid import uuid4

from operator_tui.desk.kept import Batch, Kept, last_moment
from operator_tui.desk.signals import OperatorTyping, Signals, heard
from operator_tui.desk.text import SafeLine
from operator_tui.desk.time import Clock, Millis, ServerTime
from operator_tui.link import status
from operator_tui.link.backend import Connection, CouldNotConnectError, NotEnteredError, Update
from operator_tui.link.backoff import Backoff
from operator_tui.link.folded import Folded
from operator_tui.link.histories import Histories
from operator_tui.link.inbox import Arrived, Asked, Ended, Inbox, Input, Opened, Refused, Waiting
from operator_tui.link.socket import Socket
from operator_tui.store.ports import Store as Shelf
from operator_tui.store.ports import StoreError, Transcripts
from operator_tui.wire import codec
from operator_tui.wire.codec import UnknownFrame, WireError
from operator_tui.wire.delivery import Delivery
from operator_tui.wire.effects import Close, Effect, Heard, Send, State, Store
from operator_tui.wire.frames import FromServer, Signal
from operator_tui.wire.outbox_rules import OutboxFullError

log = logging.getLogger(__name__)

TYPING_EVERY = 3.0
"""Seconds between two typing signals for one chat."""


class Driver:
    """The task between inbox and screen."""

    def __init__(
        self,
        kept: Kept,
        shelf: Shelf,
        clock: Clock,
        backoff: Backoff,
        *,
        device_name: SafeLine,
        changed: Callable[[Update], None],
        transcripts: Transcripts | None = None,
    ) -> None:
        self.connection = Connection(since=clock.seconds())
        self._shelf, self._clock, self._backoff = shelf, clock, backoff
        self._changed = changed
        self._delivery = delivery_of(kept, device_name, clock.seconds())
        self._folded = Folded(kept)
        self._histories = Histories(transcripts)
        self._signals = Signals()
        self._socket: Socket | None = None
        self._live_from: float | None = None
        self._typed: dict[str, float] = {}
        """When typing was last signalled, for the chats where that was a moment ago."""

    async def run(self, inbox: Inbox) -> None:
        """Deal with what comes, and tell the screen after all that is at hand. Never ends."""
        self.publish()
        while True:
            now = self._clock.seconds()
            wakes = self._delivery.wakes_at(now)
            inputs = await inbox.take(None if wakes is None else max(0.0, wakes - now))
            await self._deal_with(inputs)
            self.publish()
            if self._delivery.state is State.STOPPED and self._folded.desk is None:
                raise CouldNotConnectError(self._delivery.reason or "")

    def now(self) -> Millis:
        """The server's now, as far as it is known."""
        return self._delivery.time.now(self._clock.seconds())

    def typing(self, chat: str) -> None:
        """Signal typing, if anybody could hear it; see `Backend.typing`."""
        now = self._clock.seconds()
        last = self._typed.get(chat)
        if self._delivery.state is State.LIVE and (last is None or now - last >= TYPING_EVERY):
            told = self._typed.items()
            self._typed = {one: at for one, at in told if now - at < TYPING_EVERY} | {chat: now}
            self._send(Send(Signal(OperatorTyping(chat))))

    async def older(self, chat: str) -> None:
        """Bring older messages; see `Backend.older`."""
        live = self._delivery.state is State.LIVE
        if (frame := await self._histories.want(self._folded.desk, chat, live=live)) is not None:
            self._send(Send(frame))
        self.publish()

    def publish(self) -> None:
        """Tell the screen how everything stands."""
        now = self._clock.seconds()
        lag = self._socket.lag if self._socket is not None else None
        was = self.connection
        self.connection = status.after(was, self._delivery, now, lag)
        log_change(was, self.connection)
        told = (self._folded.desk, self._signals, self._delivery.outbox, self.connection)
        self._changed(Update(*told, self._delivery.time, self._histories.older))

    async def _deal_with(self, inputs: Sequence[Input]) -> None:
        """Frames that stand together go to delivery together: they make one commit."""
        frames: list[bytes] = []
        for item in inputs:
            if isinstance(item, Arrived):
                frames.append(item.data)
                continue
            await self._receive(frames)
            frames = []
            await self._take(item, self._clock.seconds())
        await self._receive(frames)
        await self._do(self._delivery.tick(self._clock.seconds()))
        self._live_from = self._delivery.live_since or self._live_from

    async def _receive(self, data: Sequence[bytes]) -> None:
        frames = readable(data)
        for _ in range(len(data) - len(frames)):
            self._delivery.unreadable()
        if frames:
            await self._do(self._delivery.receive(frames, self._clock.seconds()))
            await self._histories.take(frames)

    async def _take(self, item: Input, now: float) -> None:
        match item:
            case Opened(socket):
                self._socket = socket
                await self._do(self._delivery.connected(now))
            case Ended():
                await self._end(item, now)
            case Refused(reason):
                self._delivery.refused(reason)
            case Waiting(until, failure):
                self.connection = status.waiting(self.connection, until, failure)
            case Asked():
                await self._ask(item, now)
            case Arrived():
                raise RuntimeError("frames are received together")
            case _:
                assert_never(item)

    async def _end(self, item: Ended, now: float) -> None:
        if self._live_from is not None:
            self._backoff.lived(now - self._live_from)
        self._socket, self._live_from = None, None
        self._histories.lost()
        log_end(item.code, self._delivery.counts)
        await self._do(self._delivery.disconnected(item.code))
        item.again.set_result(self._delivery.state is not State.STOPPED)

    async def _ask(self, item: Asked, now: float) -> None:
        if item.done.done():  # whoever asked has been cancelled: then it is not asked any more
            return
        try:
            failure = await self._do(item.what(self._delivery, now))
        except OutboxFullError:
            failure = "outbox_full"
        answer(item.done, failure)

    async def _do(self, effects: Sequence[Effect]) -> str | None:
        """Do everything asked and all that follows; the code of a store that failed."""
        todo, failure = deque(effects), None
        while todo:
            match todo.popleft():
                case Send() as send:
                    self._send(send)
                case Close(reason, abort):
                    log.info("closing: %s", reason)
                    if self._socket is not None:
                        self._socket.close(abort=abort)
                case Heard(signal, ttl):
                    self._signals = heard(self._signals, signal, self.now(), ttl)
                case Store(batch):
                    failed = await self._commit(batch)
                    failure = failed or failure
                    todo.extend(self._delivery.failed() if failed else self._delivery.stored())
        return failure

    async def _commit(self, batch: Batch) -> str | None:
        written = self._folded.checkpointed(batch)
        try:
            await self._shelf.commit(written)
        except StoreError as error:
            log.error("store: %s", error.code)  # noqa: TRY400  a code is all that may be logged
            return error.code
        self._folded.stored(written)
        self._histories.follow(self._folded.desk, anew=batch.desk is not None)
        return None

    def _send(self, send: Send) -> None:
        if self._socket is not None:
            self._socket.send(send.frame)


def log_change(was: Connection, now: Connection) -> None:
    """Note in the log where the link stands, when that has changed."""
    if was.state is not now.state:
        log.info("link %s %s", now.state, now.reason or "")


def log_end(code: int, counts: Counter[str]) -> None:
    """Note in the log how a connection ended, and what came on it that had no effect, by kind."""
    odd = ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()))
    log.info("link ended with %d, without effect: %s", code, odd or "nothing")
    counts.clear()


def answer(done: asyncio.Future[None], failure: str | None) -> None:
    """Say what became of what was asked, unless whoever asked has been cancelled."""
    if done.done():
        return
    if failure is None:
        done.set_result(None)
    else:
        done.set_exception(NotEnteredError(failure))


def delivery_of(kept: Kept, device_name: SafeLine, now: float) -> Delivery:
    """Delivery that goes on with what is kept, at the local moment `now`."""
    return Delivery(
        kept.place,
        kept.outbox,
        device_name=device_name,
        new_device=lambda: str(uuid4()),
        has_desk=kept.desk is not None,
        time=ServerTime(last_moment(kept), now),
    )


def readable(data: Sequence[bytes]) -> list[FromServer | UnknownFrame]:
    """The frames in `data` without those that cannot be read at all."""
    frames = []
    for one in data:
        try:
            frames.append(codec.from_server(one))
        except WireError as error:
            log.warning("unreadable frame: %s", error)
    return frames
