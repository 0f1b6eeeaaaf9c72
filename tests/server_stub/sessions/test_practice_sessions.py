"""Sessions with the real reception: numbers of visitors, events, transfers, boomerangs."""

from pathlib import Path

import pytest
from msgspec import structs

from operator_tui.desk.entries import Line, LineKind, Message
from operator_tui.desk.model import PassedCause
from operator_tui.desk.states import Indicator, indicator
from operator_tui.desk.time import HOUR, MINUTE, SECOND, Millis
from operator_tui.ui.render.authors import is_own
from server_stub.fingerprint import fingerprint
from server_stub.plays.problems import ProblemsError
from server_stub.plays.spans import Offset, Span
from server_stub.sessions.arrivals import arriving
from server_stub.sessions.session import Arrivals, Burst, Rate, Session
from server_stub.sessions.session_file import load, names, read
from server_stub.sessions.stage import Stage
from server_stub.visitors.acts import Acted, Happening
from server_stub.visitors.heard import Heard
from tests.server_stub.sessions.shift import T0, Shift, words

PLAYS = load("tour").plays
NOTE = "The lid is in stock.\nIt costs 4."
HEAD = 'name = "n"\nabout = "n"\n[[operator]]\nid = "anna"\nname = "Anna"\nlimit = 9\n'


def session(tmp_path: Path, text: str, **plays: str) -> Session:
    for name, play in plays.items():
        (tmp_path / f"{name}.play").write_text(play, encoding="utf-8")
    (tmp_path / "n.toml").write_text(HEAD + text, encoding="utf-8")
    return read(tmp_path / "n.toml")


def visiting(play: str, at: str = "5s") -> str:
    return f'[[visitor]]\nid = "v"\nplay = "{play}"\nat = "{at}"\n'


@pytest.mark.parametrize("name", names())
def test_a_built_in_session_runs_and_is_the_same_each_time(name: str) -> None:
    def run() -> str:
        shift = Shift(load(name))
        shift.passes(25 * MINUTE)
        assert shift.practice.ledger.head("anna") > 0
        return fingerprint(shift.practice.ledger, shift.practice.floor.staff)

    assert run() == run()


def times(process: Arrivals, seed: int = 7) -> list[Millis]:
    return [int(one.at) for one in arriving(process, PLAYS, seed)]


def test_arrivals_by_chance_follow_their_rates() -> None:
    rates = (Rate(60.0), Rate(240.0, Offset(HOUR)), Rate(0.0, Offset(2 * HOUR)))
    process = Arrivals("shop", ("blue_one",), until=Offset(3 * HOUR), rates=rates)
    came = [at for seed in range(20) for at in times(process, seed)]
    quiet, busy = sum(at < HOUR for at in came) / 20, sum(at >= HOUR for at in came) / 20
    assert 52 < quiet < 68
    assert 220 < busy < 260
    assert max(came) < 2 * HOUR


def test_busyness_makes_whole_days_differ_and_not_the_mean() -> None:
    def numbers(busyness: float) -> list[int]:
        process = Arrivals("s", ("blue_one",), rates=(Rate(100.0),), busyness=busyness)
        return [len(times(process, seed)) for seed in range(150)]

    even, uneven = numbers(0.0), numbers(2.0)
    assert 85 < sum(uneven) / 150 < 115
    assert max(uneven) - min(uneven) > 3 * (max(even) - min(even))


def test_a_burst_comes_within_its_while_and_a_trace_to_the_millisecond() -> None:
    burst = Burst(Offset(MINUTE), 5, Span(10 * SECOND))
    trace = (Offset(3), Offset(HOUR * 2))
    process = Arrivals("s", ("blue_one",), bursts=(burst,), trace=trace)
    first, *five, last = times(process)
    assert (first, last) == trace
    assert len(five) == 5
    assert all(MINUTE <= at <= MINUTE + 10 * SECOND for at in five)
    assert times(process) == times(process)
    assert times(process) != times(process, 8)


def test_visitors_in_numbers_have_names_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "t.trace").write_text("# Monday\n1s\n2s\n\n1m30s\n", encoding="utf-8")
    text = (
        '[[arrivals]]\nid = "s"\nplays = ["blue_one"]\nlanguages = ["pl"]\ntrace_file = "t.trace"\n'
    )
    shift = Shift(session(tmp_path, text))
    shift.passes(2 * MINUTE)
    assert {chat.visitor.id for chat in shift.chats()} == {"s-1", "s-2", "s-3"}
    assert len({chat.visitor.name for chat in shift.chats()}) == 3


def test_an_event_happens_at_its_moment_and_the_chat_shows_it(tmp_path: Path) -> None:
    text = visiting("blue_one") + (
        '[[event]]\nvisitor = "v"\nat = "20s"\nsays.en = "Wait!"\n'
        '[[event]]\nvisitor = "v"\nat = "30s"\ndoes = "closes chat"\n'
    )
    shift = Shift(session(tmp_path, text))
    shift.passes(20 * SECOND)
    assert words(shift.chat("v"))[-1] == "Wait!"
    shift.passes(10 * SECOND)
    assert shift.chat("v").closed_at == shift.now


def test_a_transfer_arrives_with_its_past_and_its_note(tmp_path: Path) -> None:
    shift = Shift(session(tmp_path, visiting("passed_on")))
    shift.passes(6 * SECOND)
    chat = shift.chat("v")
    assert chat.passed is not None
    assert (chat.passed.by, chat.passed.cause) == ("Ingrid", PassedCause.BY_HAND)
    assert "pause the coffee" in chat.passed.note
    said = [entry for entry in chat.timeline if isinstance(entry, Message) and not entry.note]
    assert [entry.author.kind.value for entry in said] == ["visitor", "operator", "visitor"]
    assert said[0].at == shift.now - SECOND - 4 * MINUTE
    assert indicator(chat, shift.now, shift.desk().policy) is Indicator.TRANSFERRED


def test_a_boomerang_comes_back_to_the_chat_that_stood_there_since_yesterday(
    tmp_path: Path,
) -> None:
    shift = Shift(session(tmp_path, visiting("overnight_answer", "1m")))
    policy = shift.desk().policy
    assert indicator(shift.chat("v"), shift.now, policy) is Indicator.VISITOR_SILENT
    before = shift.chat("v").id
    shift.passes(61 * SECOND)
    chat = shift.chat("v")
    assert chat.id == before
    assert chat.reactivated is not None
    assert 14 * HOUR < chat.reactivated.silence < 15 * HOUR
    assert indicator(chat, shift.now, policy) is Indicator.BOOMERANG


def test_the_operator_reads_what_the_shared_screen_shows(tmp_path: Path) -> None:
    play = "title A\n== s\nopens chat\nshares screen Pay\nafter 5s shares screen Paid\n"
    shift = Shift(session(tmp_path, visiting("show", "0s"), show=play))
    shift.passes(10 * SECOND)
    lines = [entry for entry in shift.chat("v").timeline if isinstance(entry, Line)]
    shown = [line.shows for line in lines if line.kind is LineKind.SCREEN_SHARED]
    assert shown == ["Pay", "Paid"]


def test_a_teams_own_intents_lead_on_in_every_play_of_the_session(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    own = '[intents]\nvoucher = ["gift card*"]\nhow-help = ["shoot"]\n'
    (tmp_path / "intents" / "en.toml").write_text(own, encoding="utf-8")
    play = "== s\nopens chat\nsays Hi\nlisten\nif voucher -> y\nelse -> end\n== y\nsays Yes\n"
    shift = Shift(session(tmp_path, visiting("team", "0s"), team=play))
    shift.passes(SECOND)
    shift.says("v", "I could give you a gift card.")
    shift.passes(MINUTE)
    assert words(shift.chat("v"))[-1] == "Yes"


def test_who_gets_no_answer_leaves_and_a_colleague_takes_over_what_is_late(tmp_path: Path) -> None:
    text = visiting("gone_quiet") + (
        '[[colleague]]\nid = "bo"\nname = "Bo"\n[policy]\nautomatic_transfer_after = "60s"\n'
    )
    shift = Shift(session(tmp_path, text))
    shift.passes(70 * SECOND)
    passed = shift.chat("v", "bo").passed
    assert passed is not None
    assert passed.cause is PassedCause.UNANSWERED
    shift.passes(MINUTE)
    assert any(
        "I'll sort it out" in said or "Zaraz" in said for said in words(shift.chat("v", "bo"))
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[arrivals]]\nid = "s"\nplays = ["blue_won"]\nrates = [{per_hour = 1}]', "blue_one"),
        ('[[arrivals]]\nid = "s"\nplays = ["blue_one"]', "nobody ever comes"),
        ('[[arrivals]]\nid = "s"\nplays = []\nrates = [{per_hour = 1}]', "arrivals[0].plays"),
        ('[[arrivals]]\nid = "s"\nplays = ["blue_one"]\ntrace_file = "no.trace"', "no.trace"),
        ('[[arrivals]]\nid = "s"\nplays = ["blue_one"]\nrats = []', 'Did you mean "rates"'),
        ('[[event]]\nvisitor = "v"\nat = "1s"\ndoes = "closes"', 'there is no "v"'),
        ('[[event]]\nvisitor = "v"\nat = "1s"\ndoes = "clozes chat"', "closes chat"),
        ('[[event]]\nvisitor = "v"\nat = "1s"', "either words"),
        ('[[event]]\nvisitor = "v"\nat = "1s"\ndoes = "opens chat"', "cannot be done"),
        ('[patience]\nmean = "soon"', "patience.mean"),
    ],
)
def test_a_mistake_in_numbers_and_events_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ProblemsError) as error:
        session(tmp_path, text)
    assert told in str(error.value)


def went(stage: Stage, heard: list[Heard], begin: Millis, end: Millis) -> list[Happening]:
    """What happens after `begin` and up to `end` when this is said meanwhile."""
    happened: list[Happening] = []
    stage.advance(begin)
    for one in heard:
        if begin < one.at <= end:
            happened += stage.advance(one.at)
            if one.text is None:
                stage.closed(one.visitor, one.at)
            else:
                stage.told(one.visitor, one.text, one.at)
    return happened + stage.advance(end)


@pytest.mark.parametrize("name", ["busy-hour", "angry-afternoon", "messaging"])
@pytest.mark.parametrize(
    "minutes", [3, *(pytest.param(later, marks=pytest.mark.thorough) for later in (24, 31))]
)
def test_a_session_goes_on_after_a_restart_with_all_its_numbers_and_events(
    name: str, minutes: int
) -> None:
    whole, broken, resumed = (Stage(load(name), 7, T0) for _ in range(3))
    opened = [one for one in Stage(load(name), 7, T0).advance(T0 + HOUR) if isinstance(one, Acted)]
    chosen = [one for place, one in enumerate(opened) if place % 5 == 0]
    said = ["So sorry!", "I'll see.", "Hm.", None, "Bye!"]
    heard = [
        Heard(one.visitor, one.at + 1_000, said[place % 5]) for place, one in enumerate(chosen)
    ]
    until, end = T0 + minutes * MINUTE, T0 + HOUR
    before = went(broken, heard, T0, until)
    resumed.resume([one for one in heard if one.at <= until], broken.remembered(), until)
    assert before + went(resumed, heard, until, end) == went(whole, heard, T0, end)


FACTS = """
title One
language en, nl
visitor Nora
fact[en] The lid is in stock.
fact[nl] Het deksel is er.
fact[en] It costs 4.
== start
opens chat
says[en] Hello
says[nl] Hallo
listen
  if silence 60s -> end
  else           -> end
"""


@pytest.mark.parametrize(("facts", "notes"), [(False, []), (True, [NOTE])])
def test_operators_find_what_is_true_where_the_session_says_so(
    tmp_path: Path, facts: bool, notes: list[str]
) -> None:
    told = structs.replace(session(tmp_path, visiting("one"), one=FACTS), facts=facts)
    shift = Shift(told, language="en")
    shift.passes(20 * SECOND)
    chat = next(iter(shift.practice.desk("anna").chats.values()))
    entries = [one for one in chat.timeline if isinstance(one, Message) and one.note]
    assert [(str(one.author.name), str(one.text)) for one in entries] == [
        ("Trainer", note) for note in notes
    ]
    assert chat.unanswered == 1
    assert not any(isinstance(one, Line) and one.kind is LineKind.INVITED for one in chat.timeline)
    assert not any(is_own(one, "anna") for one in entries)
    assert load("first-day").facts
