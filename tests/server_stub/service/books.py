"""What stands in a ledger, to be compared."""

from msgspec import Struct

from operator_tui.wire.frames import Result
from server_stub.service.ledger import Ledger
from server_stub.service.logs import Record


class DeviceSeen(Struct, frozen=True):
    last_n: int
    generation: int
    results: tuple[Result, ...]


class LogSeen(Struct, frozen=True):
    epoch: str
    head: int
    trimmed: int
    records: tuple[Record, ...]
    devices: dict[str, DeviceSeen]


def contents(book: Ledger) -> dict[str, LogSeen]:
    """Everything a ledger has in memory, by operator; devices by when they were last seen."""
    return {
        operator: LogSeen(
            log.epoch,
            log.head,
            log.trimmed,
            tuple(log.records),
            {
                name: DeviceSeen(one.last_n, one.generation, tuple(one.results))
                for name, one in log.devices.items()
            },
        )
        for operator, log in book._logs.items()
    }
