"""Everything that ever became durable on the server, seen by reading its disk from outside."""

from collections import Counter, defaultdict
from copy import deepcopy

from msgspec import Struct

from operator_tui.desk.entries import Message
from operator_tui.desk.events import InvitationAccepted, MessageWritten
from operator_tui.wire.codec import read_event
from operator_tui.wire.frames import Result
from server_stub.service.logs import Record
from tests.model.disk import Disk


class Said(Struct, frozen=True):
    """A message with an origin, as it stands in a log."""

    chat: str
    message: Message
    place: int
    """How many messages the chat had in this log with it."""

    @property
    def op(self) -> str:
        """The op that wrote it."""
        assert self.message.origin is not None
        return self.message.origin.op

    @property
    def number(self) -> tuple[str, int]:
        """The device that wrote it, and its n."""
        assert self.message.origin is not None
        return self.message.origin.device, self.message.origin.n


class Log:
    """One operator's log in one epoch, from the first event that was seen to the last."""

    def __init__(self) -> None:
        self.head = 0
        self.records: dict[int, Record] = {}
        self.said: list[Said] = []
        self.messages: Counter[str] = Counter()
        """How many messages each chat had."""
        self.results: dict[str, dict[int, Result]] = defaultdict(dict)
        """By device, then by n."""

    def accepted(self) -> set[str]:
        """The ops that were done."""
        answered = {one.id for kept in self.results.values() for one in kept.values() if one.ok}
        return answered | {one.op for one in self.said}


class Archive:
    """All logs of all epochs; what a server lost stays here, since its messages did arrive."""

    def __init__(self) -> None:
        self.logs: dict[tuple[str, str], Log] = {}
        """By (operator, epoch)."""
        self._copy = deepcopy(self.logs)
        self._lost: list[dict[tuple[str, str], Log]] = []
        self.now: dict[str, Log] = {}
        """By operator: the log that counts."""

    def back_up(self) -> None:
        """The server's disk is copied."""
        self._copy = deepcopy(self.logs)

    def restore(self) -> None:
        """The copy is put back."""
        self._lost.append(self.logs)
        self.logs = deepcopy(self._copy)

    def every(self, operator: str, epoch: str | None = None) -> list[Log]:
        """The operator's logs of all epochs or of one, those too that were lost."""
        return [
            log
            for logs in (self.logs, *self._lost)
            for (who, of), log in logs.items()
            if who == operator and epoch in {None, of}
        ]

    def observe(self, disk: Disk, operators: tuple[str, ...]) -> None:
        """Read what is new on the disk, and hold it against what was there before (I1)."""
        for operator in operators:
            place = disk.place(operator)
            if place is not None:
                log = self.logs.setdefault((operator, place[0]), Log())
                self.now[operator] = log
                self._events(log, disk, operator, place[1])
                self._results(log, disk, operator)

    def accepted(self, operator: str) -> set[str]:
        """The operator's ops that ever stood in a log."""
        return {op for log in self.every(operator) for op in log.accepted()}

    def answers(self, operator: str, op: str) -> list[Result]:
        """Every result ever kept for an op."""
        logs = self.every(operator)
        kept = [one for log in logs for by_n in log.results.values() for one in by_n.values()]
        return [one for one in kept if one.id == op]

    def _events(self, log: Log, disk: Disk, operator: str, head: int) -> None:
        if log.records:
            assert head >= log.head, "I2: the log of an epoch ran back"
        for record in disk.records(operator, log.head):
            assert not log.records or record.seq == log.head + 1, "I2: a hole in the log"
            log.head = record.seq
            log.records[record.seq] = record
            match read_event(record.event):
                case MessageWritten(chat, message) | InvitationAccepted(chat, message):
                    log.messages[chat] += 1
                    if message.origin is not None:
                        log.said.append(Said(chat, message, log.messages[chat]))
        log.head = head

    @staticmethod
    def _results(log: Log, disk: Disk, operator: str) -> None:
        for device, result in disk.results(operator):
            kept = log.results[device]
            if result.n in kept:
                assert kept[result.n] == result, f"I1: n {result.n} of {device} was given twice"
            elif result.n != len(kept) + 1:
                raise AssertionError(f"I1: n {result.n} of {device} after {len(kept)}")
            kept[result.n] = result
