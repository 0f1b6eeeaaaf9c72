"""What must be true after every step (I1, I5, I7, I9, I11), and once all is well (I6)."""

from collections.abc import Sequence

from msgspec import structs

from operator_tui.desk.entries import Message
from operator_tui.desk.model import Desk
from operator_tui.desk.pending import Fate
from operator_tui.link.folded import Folded
from operator_tui.wire import codec, outbox_rules
from operator_tui.wire.effects import State
from operator_tui.wire.frames import Snapshot
from server_stub.service import logs
from server_stub.service.cutting import LAST_MESSAGES, encoded, snapshot_of
from tests.model.archive import Archive, Log, Said
from tests.model.desk import UNREADABLE, Damage, DeskModel
from tests.model.disk import Disk
from tests.model.promises import normal
from tests.model.server import OPERATORS, Peer, ServerModel

DAMAGES = (Damage("{"), Damage("{", lasting=True), Damage(UNREADABLE, lasting=True))
OUTBOX = 12
"""Rows of the outbox in a walk: not the product's constant, which a mutant may change."""
RESULTS = 8
"""Results that a server in a walk keeps of each device."""
ROUNDS = 120
"""Rounds of a second in which a healed world must have come to rest."""


class Judge:
    """Sees the disks of both sides, and every frame."""

    def __init__(self, server: ServerModel, desks: Sequence[DeskModel], archive: Archive) -> None:
        self.server, self.desks, self.archive = server, desks, archive
        self.lost = False
        """Whether the server ever lost what it had."""
        self._seen: tuple[Disk, int] | None = None
        self._checked = False

    def reading(self, peer: Peer) -> None:
        """The server reads a frame; a fenced connection's changes nothing (I11)."""
        before = self._generations(peer)
        fenced = peer.admitted is not None and before.get(peer.device, (0, 0))[1] != peer.generation
        ops = self._ops(peer.operator)
        self.server.guarded(peer.reads)
        self.look()
        if fenced:
            assert self._ops(peer.operator) == ops, "I11: a fenced connection was heard"

    def committing(self) -> None:
        """The server commits what waits for it, if it does so later."""
        self.server.commits()
        self.look()

    def writing(self, peer: Peer) -> None:
        """The server writes; what it shows as a snapshot is what it has (I12)."""
        opening = peer.dialogue.opening
        if any(isinstance(frame, Snapshot) for frame in opening):
            self._expects(peer)
        self.server.guarded(peer.writes)
        self.look()

    def garbles(self, desk: DeskModel, how: int) -> None:
        """Damage one of the next events on the way to the desk: once, or whenever it comes."""
        seq = desk.kept.place.seq + 1 + how // 3 % 2
        desk.promises.garbled.add(seq)
        desk.damaged[seq] = DAMAGES[how % len(DAMAGES)]

    def backs_the_server_up(self) -> None:
        """What is in the copy is known as long as there is no other."""
        self.look()
        self.server.is_backed_up()
        self.archive.back_up()

    def restores_the_server(self) -> None:
        """The log of an epoch goes on from an earlier place, and another way."""
        self.look()
        self.server.is_restored()
        self.archive.restore()
        self.lost = True

    def look(self) -> None:
        """Read the server's disk, if anything was committed on it since."""
        disk = self.server.disk
        if (disk, disk.commits) != self._seen:
            self._seen = (disk, disk.commits)
            self.archive.observe(disk, OPERATORS)
            self._checked = False

    def check(self) -> None:
        """All that must be true at any moment."""
        self.look()
        for desk in self.desks:
            desk.promises.nothing_is_nowhere(desk.kept)
            desk.promises.refusals_are_kept(desk.kept)
            self._bounded(desk)
        if not self._checked:
            self._logs_are_sound()
            self._checked = True

    def at_rest(self, desk: DeskModel) -> bool:
        """I6: live, at the head, and nothing waits but for the operator."""
        delivery = desk.delivery
        if delivery.state is not State.LIVE or desk.storing is not None or desk.wire is None:
            return False
        busy = desk.wire.up or desk.wire.down
        on_its_way = outbox_rules.ready(delivery.outbox) + desk.rows(Fate.SENDING)
        log = self.archive.now.get(desk.operator)
        return not busy and not on_its_way and log is not None and desk.kept.place.seq == log.head

    def equal_views(self) -> None:
        """I6: what the desk shows is what the server has."""
        for desk in self.desks:
            ours, theirs = desk.view(), self.server.house.practice.desk(desk.operator)
            assert ours is not None, "I6: no view"
            kept = Folded(desk.kept).desk
            assert kept is not None, "I6: no view on the disk"
            assert encoded(kept) == encoded(ours), "I6: the screen shows what the disk has not"
            if not desk.promises.gave_up:
                assert list(ours.chats) == list(theirs.chats), "I6: other chats"
                assert_alike(ours, snapshot_of(theirs))

    def _expects(self, peer: Peer) -> None:
        parts = [frame for frame in peer.dialogue.opening if isinstance(frame, Snapshot)]
        if parts[0].part == 0 and peer.admitted is not None:
            desk = codec.read_desk("".join(part.piece for part in parts))
            epoch = peer.admitted.welcome.epoch
            for one in self.desks:
                if one.operator == peer.operator:
                    made = one.promises.snapshots.setdefault((epoch, parts[0].seq), set())
                    made.add(normal(encoded(structs.replace(desk, seq=parts[0].seq))))

    def _generations(self, peer: Peer) -> dict[str, tuple[int, int]]:
        return self.server.disk.numbers(peer.operator)

    def _ops(self, operator: str) -> dict[str, int]:
        return {name: last_n for name, (last_n, _) in self.server.disk.numbers(operator).items()}

    def _forgotten(self, said: Said, again: Said, operator: str) -> bool:
        """Whether a desk may not know what it has said.

        A copy of a database has the row, and the event that would settle it cannot be read, or
        is trimmed while the message is too far back for a snapshot.
        """
        promises = [desk.promises for desk in self.desks if desk.operator == operator]
        far_back = again.place - said.place > LAST_MESSAGES
        return any(one.restored and (one.gave_up or far_back) for one in promises)

    def _bounded(self, desk: DeskModel) -> None:
        """I5 and I9: every queue has its cap."""
        assert len(outbox_rules.in_flight(desk.kept.outbox)) <= outbox_rules.IN_FLIGHT, "I5"
        assert len(desk.kept.outbox) <= OUTBOX, "I9: the outbox"
        if desk.wire is not None:
            assert len(desk.wire.up) <= outbox_rules.IN_FLIGHT + 40, "I5: frames under way"

    def _logs_are_sound(self) -> None:
        for operator in OPERATORS:
            held = len(self.server.disk.records(operator, 0))
            assert held <= logs.KEPT_EVENTS + 2 * logs.TRIM_STEP + 20, "I9: the log"
        for (operator, _), log in self.archive.logs.items():
            self._once_and_in_order(operator, log)

    def _once_and_in_order(self, operator: str, log: Log) -> None:
        """I1: no message and no n stands in a log twice. I7: a chat's stand in the order typed."""
        first: dict[str, Said] = {}
        for said in log.said:
            before = first.setdefault(said.op, said)
            once = said is before or self._forgotten(before, said, operator)
            assert once, f"I1: {said.op} is doubled"
        numbers = [said.number for said in log.said]
        assert len(numbers) == len(set(numbers)), f"I1: a number doubled in {numbers}"
        for desk in self.desks:
            if desk.operator == operator and not (desk.promises.restored and self.lost):
                order = {op: place for place, op in enumerate(desk.promises.entered)}
                for chat in {said.chat for said in log.said}:
                    ops = [order[s.op] for s in first.values() if s.chat == chat and s.op in order]
                    assert ops == sorted(ops), f"I7: {ops} in {chat}"


def assert_alike(ours: Desk, theirs: Desk) -> None:
    """The same but for how far back the conversations go, and for lines that clients make."""
    for key, chat in ours.chats.items():
        one, other = messages(chat.timeline), messages(theirs.chats[key].timeline)
        same = min(len(one), len(other))
        assert one[len(one) - same :] == other[len(other) - same :], f"I6: {key} says {one}"
        fields = set(chat.__struct_fields__) - {"timeline", "overlay"}
        for field in sorted(fields):
            left, right = getattr(chat, field), getattr(theirs.chats[key], field)
            assert left == right, f"I6: {key}.{field} is {left}, not {right}"
    assert ours.available == theirs.available, "I6: availability"


def messages(timeline: Sequence[object]) -> list[tuple[str, str]]:
    """The messages, by id and text: a server put back gives an id again."""
    return [(entry.id, entry.text) for entry in timeline if isinstance(entry, Message)]
