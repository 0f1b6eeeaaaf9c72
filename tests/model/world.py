"""Several things in a row, each of which chance alone would bring about too seldom."""

from operator_tui.desk.commands import InviteVisitor
from operator_tui.desk.pending import Fate
from tests.model.asking import choice
from tests.model.happenings import Happenings
from tests.model.judging import OUTBOX

LONG = 22
"""Events after which the log has been trimmed; see `walk.small_limits`."""


class World(Happenings):
    """All that a schedule can name."""

    def an_op_meets_a_fault(self, who: int, x: int) -> None:
        """The server falls over the commit of a reply, or over the one after it; life goes on."""
        self._has_an_op_under_way(who, x)
        self.server_meets_a_fault(who, x % 6)
        self.server_reads(who, x)
        self.goes_well(who, x)
        self.writes(who, x)

    def an_op_is_overtaken(self, who: int, x: int) -> None:
        """The connection is replaced, and then the old one delivers a reply after all."""
        self._has_an_op_under_way(who, x)
        self.path_breaks(who, 3)
        self.connects(who, x)
        self.disk_writes(who, x)
        self.server_reads(who, x)
        self.a_zombie_delivers(who, 0)

    def an_answer_is_lost(self, who: int, x: int) -> None:
        """The server does what it is asked, and the connection ends before its answer comes."""
        self.goes_well(who, x)
        self.commands(who, x)
        self._is_sent(who, x)
        self.server_reads(who, x)
        self.path_breaks(who, 0)

    def an_op_is_lost(self, who: int, x: int) -> None:
        """It went out and never arrived: its number was not used, and the next one waits."""
        self._has_an_op_under_way(who, x)
        self.path_breaks(who, 0)
        self.writes(who, x)
        self.goes_well(who, x)

    def a_wipe_forgets_the_numbers(self, who: int, x: int) -> None:
        """The server that has replies, and the number of one under way, knows nothing any more."""
        self._has_an_op_under_way(who, x)
        self.goes_well(who, x)
        self._has_an_op_under_way(who, x)
        self.server_is_wiped(who, x)

    def an_old_epochs_copy_is_put_back(self, who: int, x: int) -> None:
        """Its numbers are of another epoch; in this one they stand for other things, long ago."""
        self.goes_well(who, x)
        self.commands(who, x)
        self._is_sent(who, x)
        self.desk_is_backed_up(who, x)
        self.goes_well(who, x)
        self.server_is_wiped(who, x)
        self._writes_more_than_results_are_kept(who)
        self.desk_is_restored(who, x)

    def an_old_copy_is_put_back(self, who: int, x: int) -> None:
        """What is under way in it was done so long ago that nobody knows what became of it."""
        self.goes_well(who, x)
        self.commands(who, x)
        self._is_sent(who, x)
        self.desk_is_backed_up(who, x)
        self._writes_more_than_results_are_kept(who)
        self.desk_is_restored(who, x)

    def an_old_copy_of_the_server_is_put_back(self, who: int, x: int) -> None:
        """It grows past where the desk stands before that is back: nothing shows by numbers.

        The copy was made by this run of the server, or by the one before.
        """
        self.goes_well(who, x)
        self.server_is_backed_up(who, x)
        if x % 2:
            self.server_is_killed(who, x)
            self.goes_well(who, x)
        self._visitor_of_the_desk_says(who, x)
        self.goes_well(who, x)
        self.path_breaks(who, 0)
        self.server_is_restored(who, x)
        self.goes_well(1 - who, x)
        for _ in range(3):
            self._visitor_of_the_desk_says(who, x)
        self.goes_well(who, x)

    def an_event_is_torn(self, who: int, x: int) -> None:
        """It comes as garbage, the next one does not."""
        self.goes_well(who, x)
        self.event_is_damaged(who, x)
        for _ in range(2):
            self._visitor_of_the_desk_says(who, x)
        self.goes_well(who, x)

    def a_hello_is_overtaken(self, who: int, x: int) -> None:
        """The greeting of a connection that was given up arrives after that of its successor."""
        self.path_breaks(who, 0)
        self.disk_writes(who, x)
        self.connects(who, x)
        self.path_breaks(who, 3)
        self.goes_well(who, x)
        self.a_zombie_delivers(who, 0)
        self.goes_well(who, x)

    def a_commit_of_events_fails(self, who: int, x: int) -> None:
        """What came is not kept; it must come again."""
        self.goes_well(who, x)
        self._visitor_of_the_desk_says(who, x)
        self.server_writes(who, x)
        self.desk_reads(who, 7)
        self.disk_fails(who, x)

    def a_commit_of_a_reply_fails(self, who: int, x: int) -> None:
        """Enter was refused, and the text stays in the composer: it must not go out as well."""
        self.disk_writes(who, x)
        self.writes(who, x)
        self.disk_fails(who, x)
        self.goes_well(who, x)

    def a_guest_is_invited(self, who: int, x: int) -> None:
        """Somebody looks around, is offered help and takes it, or does not."""
        self.goes_well(who, x)
        self.guest_acts(who, 0)
        self.commands(who, choice(InviteVisitor))
        self._is_sent(who, x)
        self.server_reads(who, x)
        self.guest_acts(who, 4 + 2 * (x % 2))

    def a_reply_grows_old(self, who: int, x: int) -> None:
        """It is held on return; what is written after it waits until the operator decides."""
        self.goes_well(who, x)
        self.path_breaks(who, 0)
        self.writes(who, x)
        self.disk_writes(who, x)
        self.time_passes(who, 4)
        self.goes_well(who, x)
        if self.desks[who].rows(Fate.HELD):
            self.writes(who, x)
            self.goes_well(who, x)
            self.releases(who, 0)

    def a_number_is_given_twice(self, who: int, x: int) -> None:
        """A copy is put back in which a number stands that another reply was given since."""
        self.goes_well(who, x)
        self.writes(who, x)
        self.disk_writes(who, x)
        self.desk_is_backed_up(who, x)
        self.path_breaks(who, 0)
        self.time_passes(who, 4)
        self.goes_well(who, x)
        self.writes(who, x + 1)
        self.goes_well(who, x)
        self.desk_is_restored(who, x)

    def desk_is_away_for_long(self, who: int, x: int) -> None:
        """The log no longer holds where it stood."""
        self.goes_well(who, x)
        self.path_breaks(who, 0)
        for place in range(LONG):
            self._visitor_of_the_desk_says(who, x)
            if place % 8 == 0:
                self.time_passes(who, 0)

    def types_on(self, who: int, x: int) -> None:
        """More than the outbox takes, while there is no link."""
        self.path_breaks(who, 0)
        for _ in range(OUTBOX + 1):
            self.disk_writes(who, x)
            self.writes(who, x)
