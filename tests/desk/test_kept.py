import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from operator_tui.desk.events import Logged, VisitorLeft
from operator_tui.desk.kept import Batch, Kept, Place, after, last_moment, merged
from operator_tui.desk.model import Desk, Operator
from operator_tui.desk.pending import Fate, OutboxRow
from operator_tui.desk.text import SafeLine, clean, encode_hook
from tests.wire.desk_side import row

ANNA = Operator("anna", clean("Anna", SafeLine))

rows = st.builds(
    lambda name, n: structs.replace(row(name), n=n, fate=Fate.SENDING if n else Fate.WAITING),
    st.sampled_from("abcd"),
    st.none() | st.integers(1, 9),
)
events = st.integers(1, 9).map(lambda seq: Logged(seq, seq, VisitorLeft("c1")))
batches = st.builds(
    Batch,
    place=st.integers(0, 9).map(lambda seq: Place("d", "e", seq)),
    desk=st.none() | st.integers(0, 9).map(lambda seq: Desk(ANNA, seq=seq)),
    events=st.lists(events, max_size=3).map(tuple),
    rows=st.lists(rows, max_size=3, unique_by=lambda one: one.id).map(tuple),
)


def plain(kept: Kept) -> object:
    return msgspec.to_builtins(kept, enc_hook=encode_hook)


@given(batches, batches)
def test_one_merged_batch_does_what_the_two_would_do(first: Batch, second: Batch) -> None:
    kept = Kept(Place("d"), (row("a"), row("x")))
    one_by_one = after(after(kept, first), second)
    assert plain(after(kept, merged(first, second))) == plain(one_by_one)


@given(batches, st.sets(st.sampled_from("abcdx")))
def test_what_is_dropped_is_gone_whatever_else_the_batch_says(
    batch: Batch, dropped: set[str]
) -> None:
    kept = Kept(Place("d"), (row("a"), row("x")))
    left = after(kept, structs.replace(batch, dropped=tuple(dropped))).outbox
    assert not dropped & {one.id for one in left}


def test_a_changed_row_keeps_its_place_and_a_new_one_goes_to_the_end() -> None:
    kept = Kept(Place("d"), (row("a"), row("b")))
    changed: OutboxRow = structs.replace(row("a"), n=1, fate=Fate.SENDING)
    outbox = after(kept, Batch(kept.place, rows=(row("c"), changed))).outbox
    assert [(one.id, one.n) for one in outbox] == [("a", 1), ("b", None), ("c", None)]


def test_a_whole_desk_replaces_the_events_before_it() -> None:
    logged = Logged(1, 1, VisitorLeft("c1"))
    kept = after(Kept(Place("d")), Batch(Place("d", "e", 1), events=(logged,)))
    desk = Desk(ANNA, seq=1)
    kept = after(kept, Batch(kept.place, desk=desk))
    assert (kept.desk, kept.tail) == (desk, ())


def test_the_latest_moment_known_is_the_last_event_or_what_was_entered_after_it() -> None:
    kept = Kept(Place("d"), tail=(Logged(1, 70, None), Logged(2, 90, None)))
    assert last_moment(Kept(Place("d"))) == 0
    assert last_moment(kept) == 90
    entered = structs.replace(row("a"), made=95)
    assert last_moment(structs.replace(kept, outbox=(entered,))) == 95
