from hypothesis import given, settings
from hypothesis import strategies as st

from operator_tui.desk.advance import advance
from operator_tui.desk.commands import (
    AcceptChat,
    CloseChat,
    Command,
    InviteVisitor,
    RemoveChat,
    SetAvailability,
    TransferChat,
    WaiveAnswer,
    WriteMessage,
    WriteNote,
)
from operator_tui.desk.events import Logged
from operator_tui.desk.model import Visitor
from operator_tui.desk.places import places_taken
from operator_tui.desk.text import SafeText, clean
from server_stub.service.cutting import encoded
from server_stub.service.floor import QUEUE
from server_stub.service.operators import empty_desk
from server_stub.visitors.acts import (
    Act,
    Browses,
    Closes,
    IgnoresInvitation,
    Leaves,
    Reactivates,
    Returns,
    SharesScreen,
)
from tests.server_stub.scripted import ANNA, BRAM, SIM, opens, says
from tests.server_stub.service.floors import Play, passing

STAFF = (ANNA, BRAM, SIM)
NAMES = ("aino", "eva", "piet", "tom")
IDS = tuple(one.id for one in STAFF)

visitors = st.sampled_from(NAMES)
chats = visitors.map(lambda name: f"chat-{name}")
acts: st.SearchStrategy[Act] = st.sampled_from(
    [says("Hi"), Leaves(), Returns(), Closes(), SharesScreen(), Reactivates(1), IgnoresInvitation()]
)
note = clean("three whole words", SafeText)
commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(WriteMessage, chats, st.just(note)),
    st.builds(WriteNote, chats, st.just(note)),
    st.builds(AcceptChat, chats | st.none()),
    st.builds(TransferChat, chats, st.sampled_from(IDS) | st.none(), st.just(note)),
    st.builds(CloseChat, chats),
    st.builds(RemoveChat, chats),
    st.builds(WaiveAnswer, chats),
    st.builds(InviteVisitor, visitors, st.just(note)),
    st.builds(SetAvailability, st.booleans()),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("opens"), visitors, st.sampled_from([None, *IDS])),
        st.tuples(st.just("acts"), visitors, acts),
        st.tuples(st.just("browses"), visitors, st.none()),
        st.tuples(st.just("asks"), st.sampled_from(IDS), commands),
        st.tuples(st.just("waits"), st.sampled_from([1, 9, 31, 41, 121]), st.none()),
        st.tuples(st.just("here"), st.sets(st.sampled_from(["anna", "bram"])), st.none()),
    ),
    max_size=40,
)


def step(play: Play, kind: str, first: object, second: object) -> None:
    match kind, first, second:
        case "opens", str(name), (None | str()) as operator:
            play.visitor(name, opens(name, operator))
        case "browses", str(name), _:
            play.visitor(name, Browses(Visitor(name), "en"))
        case "waits", int(seconds), _:
            play.passes(seconds)
        case "here", set(present), _:
            play.present(*present)
        case "acts", str(name), act:
            play.visitor(name, act)  # type: ignore[arg-type]
        case _, str(name), command:
            play.asks(name, command)  # type: ignore[arg-type]


def check(play: Play) -> None:
    standing = {chat: desk for desk, value in play.floor.desks.items() for chat in value.chats}
    known = {chat: case.desk for chat, case in play.floor.cases.items() if case.desk is not None}
    assert standing == known
    assert sum(len(desk.chats) for desk in play.floor.desks.values()) == len(standing)
    open_ones = {case.visitor for case in play.floor.cases.values() if case.desk is not None}
    closed = {
        c.visitor.id for d in play.floor.desks.values() for c in d.chats.values() if c.closed_at
    }
    assert not play.floor.browsing.keys() & (open_ones - closed)
    for chat, offer in play.floor.offers.items():
        assert known[chat] not in {None, QUEUE, offer.sender}
        assert offer.until > play.now
    anybody_free = [
        one
        for one in ("anna", "bram")
        if one in play.floor.present
        and play.desk(one).available
        and places_taken(play.desk(one), play.now) < play.desk(one).policy.places
    ]
    for waits in play.desk(QUEUE).chats.values():
        back = play.floor.cases[waits.id].put_back_by
        assert waits.left_at is not None or set(anybody_free) <= {back}


@settings(max_examples=120)
@given(steps)
def test_every_chat_stands_on_one_desk_and_nobody_waits_beside_a_free_place(
    script: list[tuple[str, object, object]],
) -> None:
    play = Play(*STAFF, policy=passing())
    for kind, first, second in script:
        step(play, kind, first, second)
        check(play)


@settings(max_examples=60)
@given(steps)
def test_each_operators_log_alone_makes_the_desk_that_the_server_has(
    script: list[tuple[str, object, object]],
) -> None:
    policy = passing()
    play = Play(*STAFF, policy=policy)
    for kind, first, second in script:
        step(play, kind, first, second)
    for one in STAFF:
        desk = empty_desk(one, policy)
        for entered in [entry for entry in play.entered if entry.operator == one.id]:
            desk = advance(desk, Logged(desk.seq + 1, entered.at, entered.event))
        assert encoded(desk) == encoded(play.desk(one.id))
