"""One operator's log and devices, as they are held in memory."""

from bisect import bisect_right
from collections import OrderedDict, deque

from msgspec import Struct

from operator_tui.desk.time import DAY, Millis
from operator_tui.wire.frames import Result

KEPT_EVENTS = 10_000
"""A log never holds fewer of its last events than this (docs/protocol.md, "Limits")."""
KEPT_FOR: Millis = DAY
"""Events no older than this are kept as well, by the times of the log itself."""
MOST_EVENTS = 100_000
"""No log holds more for long, however young they are: this bounds memory."""
TRIM_STEP = 2_000
"""A log is trimmed by so many events at least, or every new one would move all others."""
KEPT_RESULTS = 1_000
"""Results kept for each device; an outbox holds at most 500 rows."""
KEPT_DEVICES = 1_000
"""Devices remembered for each operator; the one unseen longest is forgotten."""


class Record(Struct, frozen=True):
    """One line of a log: an encoded event with its place and its moment."""

    seq: int
    at: int
    event: bytes


class Device:
    """How far one device has been heard; `generation` counts its connections."""

    def __init__(self) -> None:
        self.last_n = 0
        self.generation = 0
        self.results: deque[Result] = deque(maxlen=KEPT_RESULTS)


class Log:
    """The events of one incarnation, and the devices by when they were last seen."""

    def __init__(self, epoch: str) -> None:
        self.epoch = epoch
        self.head = 0
        self.records: list[Record] = []
        self.devices: OrderedDict[str, Device] = OrderedDict()

    @property
    def trimmed(self) -> int:
        """The last seq that the log no longer holds."""
        return self.head - len(self.records)

    def append(self, at: int, event: bytes) -> None:
        """Add an event."""
        self.head += 1
        self.records.append(Record(self.head, at, event))

    def trim(self) -> None:
        """Forget what is neither among the last events nor younger than a day."""
        many = len(self.records)
        if many < KEPT_EVENTS + TRIM_STEP:
            return
        old = bisect_right(self.records, self.records[-1].at - KEPT_FOR, key=lambda one: one.at)
        spare = max(min(many - KEPT_EVENTS, old), many - MOST_EVENTS)
        if spare >= TRIM_STEP:
            del self.records[:spare]

    def device(self, name: str) -> Device:
        """The device, known from now on, and seen later than any other."""
        if name not in self.devices and len(self.devices) >= KEPT_DEVICES:
            self.devices.popitem(last=False)
        device = self.devices.setdefault(name, Device())
        self.devices.move_to_end(name)
        return device

    def begin_anew(self, epoch: str) -> None:
        """Another incarnation: numbers of events go on, what devices said is forgotten."""
        self.epoch = epoch
        self.records.clear()
        for device in self.devices.values():
            device.last_n = 0
            device.results.clear()
