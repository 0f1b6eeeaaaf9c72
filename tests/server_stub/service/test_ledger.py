import pytest
from hypothesis import given
from hypothesis import strategies as st

from operator_tui.desk.time import DAY
from operator_tui.wire.frames import Result
from server_stub.service import logs
from server_stub.service.ledger import Answered, Ledger
from server_stub.service.logs import KEPT_EVENTS, TRIM_STEP


def ledger() -> Ledger:
    epochs = iter(f"epoch-{n}" for n in range(100))
    return Ledger(["anna", "bram"], lambda: next(epochs))


def done(book: Ledger, n: int, op: str, *events: bytes) -> Result | None:
    result = Result(n, op, ok=True)
    return book.commit((("anna", 7, e) for e in events), Answered("anna", "laptop", result))


def test_the_next_number_is_to_be_tried() -> None:
    book = ledger()
    generation = book.admit("anna", "laptop", None, 0).generation
    assert book.judge("anna", "laptop", generation, 1, "a") is None


@pytest.mark.parametrize(("n", "op"), [(1, "a"), (2, "b")])
def test_an_op_that_comes_again_gets_its_first_result_marked_as_a_duplicate(
    n: int, op: str
) -> None:
    book = ledger()
    generation = book.admit("anna", "laptop", None, 0).generation
    kept = [done(book, 1, "a", b"{}"), done(book, 2, "b", b"{}")]
    again = book.judge("anna", "laptop", generation, n, op)
    assert isinstance(again, Result)
    assert (again.duplicate, again.seq, again.id) == (True, n, op)
    assert [one is not None and one.duplicate for one in kept] == [False, False]


@pytest.mark.parametrize(
    ("n", "op", "misstep"),
    [(1, "other", "device_forked"), (3, "c", "gap"), (0, "a", "gap"), (99, "a", "gap")],
)
def test_an_op_out_of_step_is_not_answered(n: int, op: str, misstep: str) -> None:
    book = ledger()
    generation = book.admit("anna", "laptop", None, 0).generation
    done(book, 1, "a", b"{}")
    assert book.judge("anna", "laptop", generation, n, op) == misstep


def test_a_second_connection_of_the_device_fences_the_first() -> None:
    book = ledger()
    first = book.admit("anna", "laptop", None, 0).generation
    second = book.admit("anna", "laptop", None, 0).generation
    assert book.judge("anna", "laptop", first, 1, "a") == "fenced"
    assert book.judge("anna", "laptop", second, 1, "a") is None


def test_devices_and_operators_are_numbered_apart() -> None:
    book = ledger()
    book.admit("anna", "laptop", None, 0)
    done(book, 1, "a", b"{}")
    assert book.admit("anna", "laptop", None, 0).last_n == 1
    assert book.admit("anna", "phone", None, 0).last_n == 0
    assert book.admit("bram", "laptop", None, 0).last_n == 0


def test_a_device_resumes_where_the_log_still_holds_its_place() -> None:
    book = ledger()
    epoch = book.admit("anna", "laptop", None, 0).epoch
    done(book, 1, "a", b"1", b"2", b"3")
    assert book.admit("anna", "laptop", epoch, 1).resumes
    records = book.after("anna", 1, 10)
    assert records is not None
    assert [(one.seq, one.event) for one in records] == [(2, b"2"), (3, b"3")]
    assert not book.admit("anna", "laptop", "another-epoch", 1).resumes
    assert not book.admit("anna", "laptop", None, 0).resumes


def full(book: Ledger, count: int, at: int) -> None:
    book.commit([("anna", at, b"{}")] * count)


def test_a_trimmed_log_keeps_ten_thousand_events_and_says_what_it_lost() -> None:
    book = ledger()
    epoch = book.admit("anna", "laptop", None, 0).epoch
    full(book, TRIM_STEP, 7)
    full(book, KEPT_EVENTS, 7 + DAY)
    head = book.head("anna")
    assert book.admit("anna", "laptop", epoch, head - KEPT_EVENTS).resumes
    assert not book.admit("anna", "laptop", epoch, head - KEPT_EVENTS - 1).resumes
    assert book.after("anna", 0, 10) is None


def test_events_of_the_last_day_are_kept_however_many_they_are() -> None:
    book = ledger()
    full(book, TRIM_STEP, 7)
    full(book, KEPT_EVENTS + TRIM_STEP, 7 + DAY - 1)
    first = book.after("anna", 0, 1)
    assert first is not None
    assert first[0].seq == 1


def test_no_log_grows_beyond_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MOST_EVENTS", KEPT_EVENTS + TRIM_STEP)
    book = ledger()
    full(book, KEPT_EVENTS + 2 * TRIM_STEP, 7)
    assert book.after("anna", TRIM_STEP - 1, 1) is None
    assert book.after("anna", TRIM_STEP, 1) is not None


def test_a_client_that_is_ahead_of_the_log_begins_a_new_epoch() -> None:
    book = ledger()
    epoch = book.admit("anna", "laptop", None, 0).epoch
    done(book, 1, "a", b"{}")
    standing = book.admit("anna", "laptop", epoch, 5)
    assert standing.renewed
    assert not standing.resumes
    assert standing.epoch != epoch
    assert standing.last_n == 0
    assert book.admit("bram", "desk", None, 0).epoch == "epoch-1"


numbers = st.lists(st.tuples(st.integers(0, 12), st.sampled_from("abc")), max_size=60)


@given(numbers)
def test_whatever_comes_the_log_holds_each_number_once_and_in_order(
    tries: list[tuple[int, str]],
) -> None:
    book = ledger()
    generation = book.admit("anna", "laptop", None, 0).generation
    applied: dict[int, str] = {}
    for n, name in tries:
        op = f"{name}{n}"
        judged = book.judge("anna", "laptop", generation, n, op)
        if judged is None:
            assert n == len(applied) + 1
            applied[n] = op
            done(book, n, op, op.encode())
        elif isinstance(judged, Result):
            assert applied[n] == op
        else:
            assert applied.get(n) != op
    records = book.after("anna", 0, 1_000)
    assert records is not None
    assert [one.event.decode() for one in records] == [applied[n] for n in sorted(applied)]
    assert [one.seq for one in records] == list(range(1, len(applied) + 1))
