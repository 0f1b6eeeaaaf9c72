import asyncio

from operator_tui.desk.signals import QueueSeen, VisitorTyping
from operator_tui.wire.frames import Page, Result, Signal
from server_stub.mailbox import ANSWERS_WAITING, Mailbox


def test_a_result_waits_until_the_client_has_the_events_it_speaks_of() -> None:
    mail = Mailbox()
    mail.answer(Result(1, "a", ok=True, seq=7))
    mail.answer(Page("chat"))
    assert list(mail.take(6)) == []
    assert list(mail.take(7)) == [Result(1, "a", ok=True, seq=7), Page("chat")]
    assert list(mail.take(7)) == []


def test_what_is_not_taken_waits() -> None:
    mail = Mailbox()
    for page in ("one", "two"):
        mail.answer(Page(page))
    mail.signal(Signal(QueueSeen(1), 4_000))
    assert next(mail.take(0)) == Page("one")
    assert list(mail.take(0)) == [Page("two"), Signal(QueueSeen(1), 4_000)]


def test_of_each_subject_only_the_latest_signal_is_sent_and_only_once() -> None:
    mail = Mailbox()
    for frame in (
        Signal(VisitorTyping("a"), 4_000),
        Signal(VisitorTyping("b"), 4_000),
        Signal(QueueSeen(1), 4_000),
        Signal(VisitorTyping("a"), 0),
    ):
        mail.signal(frame)
    taken = [one for one in mail.take(0) if isinstance(one, Signal)]
    assert [(type(one.signal), one.ttl) for one in taken] == [
        (VisitorTyping, 0),
        (VisitorTyping, 4_000),
        (QueueSeen, 4_000),
    ]
    assert list(mail.take(0)) == []


async def test_who_does_not_take_the_answers_may_not_ask_more() -> None:
    mail = Mailbox()
    for n in range(ANSWERS_WAITING):
        mail.answer(Result(n + 1, f"op-{n}", ok=True))
    room = asyncio.create_task(mail.has_room())
    await asyncio.sleep(0)
    assert not room.done()
    next(mail.take(0))
    await room
