"""A snapshot on its way: parts that count only when all of them are there."""

from operator_tui.wire.frames import Snapshot

SNAPSHOT_LIMIT = 32 * 1024 * 1024
"""Characters of all pieces together (protocol: at most 32 MiB)."""


class BadSnapshotError(Exception):
    """Parts out of order, of two snapshots, too many of them, or such as bring nothing."""


class SnapshotParts:
    """Collects the parts of one snapshot."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._size = 0
        self._seq: int | None = None

    def add(self, part: Snapshot) -> str | None:
        """Take the next part; the whole text once the last one is there."""
        if part.part != len(self._pieces) or self._seq not in {None, part.seq}:
            raise BadSnapshotError
        if not part.piece and not part.last:
            raise BadSnapshotError
        self._size += len(part.piece)
        if self._size > SNAPSHOT_LIMIT:
            raise BadSnapshotError
        self._seq = part.seq
        self._pieces.append(part.piece)
        return "".join(self._pieces) if part.last else None
