"""Schedules that were thought out, where those of `walk` come from a seed."""

from collections.abc import Mapping

from operator_tui.desk.commands import (
    AcceptChat,
    CloseChat,
    InviteVisitor,
    RemoveChat,
    SetAvailability,
    TickStep,
    TransferChat,
    WaiveAnswer,
    WriteMessage,
    WriteNote,
)
from tests.model.asking import choice
from tests.model.walk import Step

_STEPS = (
    "disk_writes",
    "server_reads",
    "server_commits",
    "server_writes",
    "desk_reads",
    "disk_writes",
)
_ROUND: tuple[Step, ...] = tuple((name, 0, 7) for name in _STEPS)


def asks(who: int, kind: type, chat: int = 0, which: int = 0) -> Step:
    """A desk's operator asks for something, about that one of the chats on the desk."""
    return ("commands", who, choice(kind, chat, which))


_NO_COMMIT = tuple(step for step in _ROUND if step[0] != "server_commits")
ORDINARY_DAY: tuple[Step, ...] = (
    *(("connects", 0, 0), *_ROUND, *_ROUND, ("goes_well", 1, 0), ("writes", 0, 0), *_ROUND),
    *(("visitor_says", 0, 0), ("writes", 0, 0), ("writes", 0, 1), *_ROUND, *_ROUND),
    *(asks(0, TransferChat, which=1), asks(0, TickStep), *_ROUND, ("visitor_says", 0, 1), *_ROUND),
)
"""A desk comes in, two chats are written in, one is passed on; each step of it by itself."""
KILLS: tuple[Step, ...] = (
    ("desk_is_killed", 0, 1),
    ("desk_is_killed_by_its_commit", 0, 0),
    ("disk_fails", 0, 0),
    ("server_is_killed", 0, 0),
    ("server_meets_a_fault", 0, 0),
    ("server_meets_a_fault", 0, 1),
)
"""What can befall any one step, and is tried in every run: a side, or its disk, fails."""
BEFALLS: tuple[Step, ...] = (
    *KILLS,
    ("server_meets_a_fault", 0, 2),
    ("path_breaks", 0, 0),
    ("path_breaks", 0, 2),
    ("path_goes_black", 0, 0),
    ("path_goes_black", 0, 1),
    ("path_goes_black", 0, 2),
    ("server_is_wiped", 0, 0),
    ("desk_is_restored", 0, 0),
    ("server_is_restored", 0, 0),
    ("desk_is_killed_by_its_commit", 0, 1),
    ("desk_is_killed_by_its_commit", 0, 2),
    ("time_passes", 0, 4),
    ("event_is_damaged", 0, 1),
    ("event_is_damaged", 0, 2),
)
"""All that can."""
_EVERYBODY: tuple[Step, ...] = (("goes_well", 0, 0), ("goes_well", 1, 0))
EVERY_COMMAND: tuple[Step, ...] = (
    *(*_EVERYBODY, asks(0, WriteNote), asks(0, WriteMessage), asks(0, TickStep)),
    *(asks(0, WaiveAnswer), ("visitor_acts", 0, 16), *_EVERYBODY, asks(0, RemoveChat, chat=1)),
    *(asks(0, CloseChat), *_EVERYBODY, asks(1, TransferChat), *_EVERYBODY, *_EVERYBODY),
    *(asks(0, AcceptChat), ("guest_acts", 0, 0), asks(0, InviteVisitor), *_EVERYBODY),
    *(("guest_acts", 0, 4), asks(0, SetAvailability), asks(1, SetAvailability), *_EVERYBODY),
    *(("visitor_acts", 0, 13), asks(0, AcceptChat, which=1), *_EVERYBODY),
    *(asks(0, SetAvailability, which=1), *_EVERYBODY),
)
"""Anna and Bram do once whatever an operator can do."""

TICKS = choice(TickStep)
"""A command that leaves no message, by which a log or a snapshot would tell that it was done."""
WELL: Step = ("goes_well", 0, 0)
WRITES: Step = ("writes", 0, 0)
KILLED_BY: Mapping[str, tuple[tuple[Step, ...], str]] = {
    "no_deduplication": ((("an_answer_is_lost", 0, TICKS),), "I6"),
    "no_resend": ((("an_answer_is_lost", 0, TICKS),), "I6"),
    "cursor_apart_from_the_event": ((("an_op_is_overtaken", 0, 0),), "I8"),
    "no_sequence_check": ((("an_event_is_torn", 0, 0),), "I8"),
    "result_before_commit": ((("an_op_meets_a_fault", 0, 0),), "I2"),
    "no_fork_rule": ((("a_number_is_given_twice", 0, 0),), "I6"),
    "no_fork_at_the_welcome": ((("an_old_copy_is_put_back", 0, TICKS),), "I6"),
    "no_renumbering": ((("a_wipe_forgets_the_numbers", 0, 0),), "I6"),
    "no_renumbering_after_a_wipe": (
        (("an_old_epochs_copy_is_put_back", 0, TICKS),),
        "I6",
    ),
    "no_fencing": ((("an_op_is_overtaken", 0, 0),), "I11"),
    "late_hello_fences": ((("a_hello_is_overtaken", 0, 0),), "I6"),
    "outbox_reordered": ((("an_op_is_lost", 0, 0),), "I7"),
    "held_rows_do_not_hold": ((("a_reply_grows_old", 0, 0),), "I7"),
    "nothing_is_held": ((("a_reply_grows_old", 0, 0),), "held"),
    "snapshot_in_part": ((WELL,), "I12"),
    "failed_commit_counts": ((("a_commit_of_a_reply_fails", 0, 0),), "I4"),
    "desk_stores_the_cursor_first": ((WELL, WRITES, ("desk_is_killed_by_its_commit", 0, 1)), "I8"),
    "sent_before_the_number_is_stored": ((WELL, WRITES, WELL), "I4"),
    "refusal_forgets_the_text": ((WELL, asks(0, RemoveChat), WELL), "I3"),
    "told_before_it_is_kept": ((WELL, WRITES, *_NO_COMMIT), "I2"),
    "result_apart_from_its_events": ((("an_op_meets_a_fault", 0, 1),), "I1"),
    "fence_kept_in_memory": ((WELL, WRITES, WELL, ("server_is_killed", 0, 0), WRITES), "I6"),
    "runs_count_for_nothing": ((("an_old_copy_of_the_server_is_put_back", 0, 1),), "I6"),
    "runs_have_no_end": ((("an_old_copy_of_the_server_is_put_back", 0, 0),), "I6"),
    "trimmed_log_resumes": ((("desk_is_away_for_long", 0, 0),), "I6"),
    "everything_goes_at_once": ((("types_on", 0, 0),), "I5"),
    "endless_outbox": ((("types_on", 0, 0),), "I9"),
    "unreadable_stops_for_ever": ((("an_event_is_torn", 0, 1),), "I6"),
    "unreadable_is_given_up_at_once": ((("an_event_is_torn", 0, 0),), "I2"),
}
"""By mutant: the shortest schedule that finds it out, and the promise that breaks in it."""
