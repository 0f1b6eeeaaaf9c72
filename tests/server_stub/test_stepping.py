from pathlib import Path

from msgspec import Struct

from operator_tui.desk.entries import NO_LINE
from operator_tui.desk.time import MINUTE, SECOND, Millis
from operator_tui.wire.frames import VERSION, Hello
from server_stub.clock import Callback, VirtualClock
from server_stub.house import House
from server_stub.opening import Opening
from server_stub.peer import Closing
from server_stub.service.practice import LONGEST_STEP, Practice
from tests.server_stub.scripted import ANNA, POLICY, START, Scripted, after, opens, says
from tests.server_stub.scripted import ledger_of as ledger
from tests.server_stub.test_restart import ASKED, T0, TOUR

HELLO = Hello(VERSION, "laptop", NO_LINE)


class Seconds(Struct):
    at: float = 0.0

    def __call__(self) -> float:
        return self.at


class Desk:
    """A connection that only counts its heartbeats."""

    beats = came = 0

    def ring(self) -> None: ...

    def signal(self, signal: object, ttl: int) -> None: ...

    def beat(self) -> None:
        self.beats += 1

    def stop(self, closing: Closing) -> None: ...


def house(*happenings: object, rate: float = 0.0) -> tuple[House, Desk, Seconds]:
    local, stage = Seconds(), Scripted(*happenings)  # type: ignore[arg-type]
    made = House(
        lambda start: Practice([ANNA], POLICY, stage, start, ledger("anna")),
        VirtualClock(0, 0.0, local),
        rate,
        now=lambda: START,
    )
    desk = Desk()
    made.admit("anna", HELLO, desk)
    return made, desk, local


def test_a_step_goes_to_the_next_event_and_every_desk_hears_of_it_at_once() -> None:
    kept, desk, _ = house(after(40, "tom", opens("tom")), after(90, "tom", says("Hello?")))
    assert kept.step()
    assert (kept.clock.now(), desk.beats) == (START + 40 * SECOND, 1)
    assert kept.step()
    assert (kept.clock.now(), desk.beats) == (START + 90 * SECOND, 2)
    assert not kept.step()
    assert kept.clock.now() == START + 90 * SECOND


def test_a_step_does_not_go_where_nobody_will_be_practising() -> None:
    kept, _, _ = house(after(LONGEST_STEP // SECOND + 1, "tom", opens("tom")))
    assert not kept.step()
    assert kept.clock.now() == START


def test_a_changed_rate_is_told_at_once_and_time_goes_on_from_where_it_was() -> None:
    kept, desk, local = house(rate=1.0)
    local.at += 10
    kept.set_rate(0)
    local.at += 10
    kept.set_rate(4)
    local.at += 10
    assert desk.beats == 2
    assert kept.clock.now() == START + 50 * SECOND


def test_a_session_that_nobody_has_begun_keeps_its_rate_for_later() -> None:
    stage = Scripted()
    kept = House(
        lambda start: Practice([ANNA], POLICY, stage, start, ledger("anna")),
        VirtualClock(0, 0.0, Seconds()),
        1.0,
        now=lambda: START,
    )
    kept.set_rate(4)
    assert kept.clock.rate == 0
    kept.admit("anna", HELLO, Desk())
    assert kept.clock.rate == kept.rate == 4


def test_a_session_that_was_paused_is_paused_after_a_restart(tmp_path: Path) -> None:
    first = Opening(TOUR, ASKED, tmp_path)
    assert first.rate == 1.0
    practice = first.begin(T0)
    practice.run_to(T0 + MINUTE)
    practice.keep_rate(0.0)
    practice.ledger.close()
    again = Opening(TOUR, ASKED, tmp_path)
    assert again.rate == 0.0
    again.begin(T0).ledger.close()


class Counted(VirtualClock):
    """Knows how many calls are still to come."""

    to_come = 0

    def call_at(self, at: Millis, callback: Callback) -> None:
        def called(now: Millis) -> None:
            self.to_come -= 1
            callback(now)

        self.to_come += 1
        super().call_at(at, called)


def test_what_comes_in_between_leaves_no_calls_behind() -> None:
    local = Seconds()
    ticking, stage = Counted(0, 0.0, local), Scripted(after(1, "tom", opens("tom")))
    stage.script += [after(2 * n, "tom", says("Later.")) for n in range(1, 200)]
    made = House(
        lambda start: Practice([ANNA], POLICY, stage, start, ledger("anna")),
        ticking,
        1.0,
        now=lambda: START,
    )
    made.admit("anna", HELLO, Desk())
    for n in range(300):
        stage.script = sorted(
            [*stage.script, after(n + 0.5, "tom", says("Sooner."))], key=lambda one: one.at
        )
        made.come_to_now()
        for _ in range(4):
            local.at += 0.25
            ticking.pump()
    assert ticking.to_come <= 2
