"""What one connection still has to send, apart from the log: it never grows without bound."""

import asyncio
from collections import deque
from collections.abc import Iterator

from operator_tui.desk.signals import BrowsingSeen, ColleagueSeen, QueueSeen
from operator_tui.wire.frames import Page, Result, Signal

ANSWERS_WAITING = 256
"""Results and pages not sent yet at which reading stops until some are."""


class Mailbox:
    """Answers in their order; of the signals only the latest of each kind and subject."""

    def __init__(self) -> None:
        self._answers: deque[Result | Page] = deque()
        self._signals: dict[tuple[type, str], Signal] = {}
        self._room = asyncio.Event()

    def answer(self, answer: Result | Page) -> None:
        """Send this after the events it speaks of."""
        self._answers.append(answer)

    def signal(self, frame: Signal) -> None:
        """Send this unless a newer one of its subject comes before."""
        self._signals[type(frame.signal), _subject(frame)] = frame

    def take(self, cursor: int) -> Iterator[Result | Page | Signal]:
        """Answers that may go out once the client has the log up to `cursor`; then all signals."""
        while self._answers and _may_go(self._answers[0], cursor):
            self._room.set()
            yield self._answers.popleft()
        while self._signals:
            yield self._signals.pop(next(iter(self._signals)))

    async def has_room(self) -> None:
        """Wait until the client has taken enough answers that it may ask more."""
        while len(self._answers) >= ANSWERS_WAITING:
            self._room.clear()
            await self._room.wait()


def _may_go(answer: Result | Page, cursor: int) -> bool:
    return not isinstance(answer, Result) or answer.seq <= cursor


def _subject(frame: Signal) -> str:
    match frame.signal:
        case ColleagueSeen(colleague):
            return colleague.id
        case QueueSeen() | BrowsingSeen():
            return ""
        case signal:
            return signal.chat
