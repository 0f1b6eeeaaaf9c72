"""What operators ask, and everything that can befall two desks, a server and a network."""

from operator_tui.desk.commands import Command, WriteMessage
from operator_tui.desk.pending import Fate
from operator_tui.desk.text import SafeText, clean
from tests.model.asking import KINDS, Meant, commands
from tests.model.judging import RESULTS
from tests.model.machines import GUESTS, Machines

COMMIT_FAULTS = ("killed_before", "killed_after", "fails")
COMMIT_KILLS = ("killed_after", "killed_within", "killed_before")


class Happenings(Machines):
    """One thing at a time."""

    def a_zombie_delivers(self, _: int, x: int) -> None:
        """What an old connection still had under way reaches the server."""
        if zombies := self.server.zombies():
            self.judge.reading(zombies[-1 - x % len(zombies)])

    def a_zombie_is_buried(self, _: int, x: int) -> None:
        if zombies := self.server.zombies():
            peer = zombies[x % len(zombies)]
            peer.wire.server_lets_go()
            self.server.guarded(peer.leaves)

    def path_breaks(self, who: int, x: int) -> None:
        self.desks[who].breaks(still_under_way=x % 4)

    def path_goes_black(self, who: int, x: int) -> None:
        """Half-open: to both sides, or to one of them alone; neither is told."""
        if (wire := self.desks[who].wire) is not None:
            wire.goes_black(up=x % 3 != 1, down=x % 3 != 2)

    def event_is_damaged(self, who: int, x: int) -> None:
        """The next event arrives as something that nobody can read."""
        self.judge.garbles(self.desks[who], x)

    def desk_is_killed(self, who: int, x: int) -> None:
        self.desks[who].is_killed(x % 4, self.now)

    def desk_is_killed_by_its_commit(self, who: int, x: int) -> None:
        """Before it, in the middle of it, or after it."""
        self.desks[who].disk_writes(self.now, COMMIT_KILLS[x % len(COMMIT_KILLS)])

    def desk_is_backed_up(self, who: int, _: int) -> None:
        self.desks[who].shelf.back_up()

    def desk_is_restored(self, who: int, _: int) -> None:
        self.desks[who].is_restored(self.now)

    def server_is_killed(self, _: int, __: int) -> None:
        self.server.dies()

    def server_meets_a_fault(self, _: int, x: int) -> None:
        """With one of its next commits."""
        disk = self.server.disk
        faults = len(COMMIT_FAULTS)
        disk.fault, disk.spared = COMMIT_FAULTS[x % faults], x // faults % 3

    def server_is_wiped(self, _: int, __: int) -> None:
        self.server.is_wiped()
        self.judge.lost = True

    def server_is_backed_up(self, _: int, __: int) -> None:
        self.judge.backs_the_server_up()

    def server_is_restored(self, _: int, __: int) -> None:
        self.judge.restores_the_server()

    def writes(self, who: int, x: int) -> None:
        """The operator writes into one of the chats."""
        self._enters(who, WriteMessage(self._chat(who, x), self._text()))

    def commands(self, who: int, x: int) -> None:
        """Or asks something else, which may well be refused."""
        about = Meant(self._chat(who, x // KINDS), GUESTS[x // KINDS % 2], self._text())
        self._enters(who, commands(about)[x % KINDS])

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
        self._is_sent(who, x)

    def _is_sent(self, who: int, x: int) -> None:
        """What was entered is on the disk, and its number with it or after it: it goes out."""
        self.disk_writes(who, x)
        self.disk_writes(who, x)

    def _writes_more_than_results_are_kept(self, who: int) -> None:
        self.goes_well(who, 0)
        for _ in range(RESULTS + 1):
            self.writes(who, 0)
            self.goes_on(who, 0)
            self.time_passes(who, 1)
        self.goes_well(who, 0)

    def _visitor_of_the_desk_says(self, who: int, x: int) -> None:
        """Somebody whose chat is on this desk, so that its log grows."""
        view = self.desks[who].view()
        chats = list(view.chats.values()) if view is not None else []
        if chats:
            self._says(chats[x % len(chats)].visitor.id)

    def _enters(self, who: int, command: Command) -> None:
        self.desks[who].enters(next(self._ops), command, self.now)

    def _text(self) -> SafeText:
        return clean(f"Reply {next(self._texts)}", SafeText)

    def _chat(self, who: int, x: int) -> str:
        view = self.desks[who].view()
        chats: list[str] = [*(view.chats if view is not None else ()), "chat-nobody"]
        return chats[x % len(chats)]
