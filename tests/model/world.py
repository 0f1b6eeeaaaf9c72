"""Two desks, one server and the network between them, and everything that can befall them."""

from operator_tui.desk.commands import Command, WriteMessage
from operator_tui.desk.pending import Fate
from operator_tui.desk.text import SafeText, clean
from tests.model.asking import command
from tests.model.machines import Machines

FAULTS = ("killed_before", "killed_after", "fails")


class World(Machines):
    """What operators ask, and everything that can befall them."""

    def a_zombie_delivers(self, _: int, x: int) -> None:
        """What an old connection still had under way reaches the server."""
        if zombies := self.server.zombies():
            self.judge.reading(zombies[x % len(zombies)])

    def a_zombie_is_buried(self, _: int, x: int) -> None:
        if zombies := self.server.zombies():
            peer = zombies[x % len(zombies)]
            peer.wire.server_lets_go()
            self.server.guarded(peer.leaves)

    def path_breaks(self, who: int, x: int) -> None:
        self.desks[who].breaks(still_under_way=x)

    def path_goes_black(self, who: int, _: int) -> None:
        """Half-open: neither side is told."""
        if (wire := self.desks[who].wire) is not None:
            wire.goes_black()

    def event_is_damaged(self, who: int, x: int) -> None:
        """The next event arrives as something that nobody can read."""
        self.judge.garbles(self.desks[who], x)

    def desk_is_killed(self, who: int, x: int) -> None:
        self.desks[who].is_killed(x)

    def desk_is_killed_after_its_commit(self, who: int, _: int) -> None:
        self.desks[who].disk_writes(killed=True)

    def desk_is_backed_up(self, who: int, _: int) -> None:
        self.desks[who].backup = self.desks[who].kept

    def desk_is_restored(self, who: int, _: int) -> None:
        self.desks[who].is_restored()

    def server_is_killed(self, _: int, __: int) -> None:
        self.server.dies()

    def server_meets_a_fault(self, _: int, x: int) -> None:
        """With one of its next commits."""
        disk = self.server.disk
        disk.fault, disk.spared = FAULTS[x % len(FAULTS)], x // len(FAULTS) % 3

    def an_op_meets_a_fault(self, who: int, x: int) -> None:
        """The server falls over the commit of a reply, or over the one after it."""
        self._has_an_op_under_way(who, x)
        self.server_meets_a_fault(who, x % 6)
        self.server_reads(who, x)

    def an_op_is_overtaken(self, who: int, x: int) -> None:
        """The connection is replaced, and then the old one delivers a reply after all."""
        self._has_an_op_under_way(who, x)
        self.path_breaks(who, 3)
        self.connects(who, x)
        self.disk_writes(who, x)
        self.server_reads(who, x)
        self.a_zombie_delivers(who, 0)

    def server_is_wiped(self, _: int, __: int) -> None:
        self.server.is_wiped()
        self.judge.wiped = True

    def writes(self, who: int, x: int) -> None:
        """The operator writes into one of the chats."""
        self._enters(who, WriteMessage(self._chat(who, x), self._text()))

    def commands(self, who: int, x: int) -> None:
        """Or asks something else, which may well be refused."""
        self._enters(who, command(self._chat(who, x // 8), x, self._text()))

    def discards(self, who: int, x: int) -> None:
        desk = self.desks[who]
        if rows := [*desk.rows(Fate.HELD), *desk.rows(Fate.REFUSED), *desk.rows(Fate.WAITING)]:
            desk.discards(rows[x % len(rows)].id)

    def edits(self, who: int, x: int) -> None:
        """Take a held reply back and send another text instead."""
        if held := self.desks[who].rows(Fate.HELD):
            row = held[x % len(held)]
            self.desks[who].discards(row.id)
            if isinstance(row.command, WriteMessage):
                self._enters(who, WriteMessage(row.command.chat, self._text()))

    def releases(self, who: int, x: int) -> None:
        if held := self.desks[who].rows(Fate.HELD):
            self.desks[who].releases(held[x % len(held)].id, self.now)

    def _has_an_op_under_way(self, who: int, x: int) -> None:
        self.goes_well(who, x)
        self.writes(who, x)
        self.disk_writes(who, x)

    def _enters(self, who: int, command: Command) -> None:
        self.desks[who].enters(next(self._ops), command, self.now)

    def _text(self) -> SafeText:
        return clean(f"Reply {next(self._texts)}", SafeText)

    def _chat(self, who: int, x: int) -> str:
        view = self.desks[who].view()
        chats: list[str] = [*(view.chats if view is not None else ()), "chat-nobody"]
        return chats[x % len(chats)]
