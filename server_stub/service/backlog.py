"""What waits for the disk: transactions in their order, and what may be told once they are kept."""

import logging
from collections import deque
from collections.abc import Callable
from itertools import islice
from typing import Generic, TypeAlias, TypeVar

from operator_tui.crash import report

log = logging.getLogger(__name__)

T = TypeVar("T")
Tell: TypeAlias = Callable[[], None]


class Backlog(Generic[T]):
    """Transactions of type `T`, and tellings between them; both leave in the order they came."""

    def __init__(self) -> None:
        self._added = self._kept = 0
        self._transactions: deque[T] = deque()
        self._tellings: deque[tuple[int, Tell]] = deque()

    @property
    def waiting(self) -> int:
        """How many transactions are not known to be kept."""
        return len(self._transactions)

    def add(self, transaction: T) -> None:
        """Have this kept after all that came before it."""
        self._added += 1
        self._transactions.append(transaction)

    def when_kept(self, tell: Tell) -> None:
        """Call `tell` once all that was added so far is kept, and after what was to be told before.

        That may be at once.
        """
        if self._transactions or self._tellings:
            self._tellings.append((self._added, tell))
        else:
            tell()

    def first(self, at_most: int) -> tuple[T, ...]:
        """The next transactions to be kept. They stay here until they are."""
        return tuple(islice(self._transactions, at_most))

    def kept(self, many: int) -> None:
        """The first so many are kept: tell what waited for them."""
        for _ in range(many):
            self._transactions.popleft()
        self._kept += many
        while self._tellings and self._tellings[0][0] <= self._kept:
            _, tell = self._tellings.popleft()
            _told(tell)


def _told(tell: Tell) -> None:
    """Who cannot be told does not keep others from hearing. An error could quote a chat."""
    try:
        tell()
    except Exception as error:
        log.warning("what is kept could not be told: %s", report(error))
