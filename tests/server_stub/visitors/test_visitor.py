from operator_tui.desk.time import MINUTE, SECOND, Millis
from server_stub.plays.reading import parse
from server_stub.visitors.acts import (
    Acted,
    Closes,
    Leaves,
    Opens,
    Rates,
    Reactivates,
    Returns,
    Says,
    SharesScreen,
    Types,
)
from server_stub.visitors.identity import Card
from server_stub.visitors.visitor import SimulatedVisitor

T0: Millis = 1_800_000_000_000


class Scene:
    """A visitor under test, whose times are told in milliseconds since it began."""

    def __init__(
        self, *lines: str, seed: int = 7, language: str = "en", preview: bool = False
    ) -> None:
        play = parse("\n".join(lines), "try.play")
        self.card = Card(play, "sanne", seed, language, preview=preview)
        self.visitor = SimulatedVisitor(self.card, T0)

    def until(self, at: Millis) -> list[Acted]:
        return self.visitor.advance(T0 + at)

    def texts(self, until: Millis) -> list[str]:
        return [one.act.text for one in self.until(until) if isinstance(one.act, Says)]

    def operator(self, at: Millis, text: str) -> None:
        self.visitor.operator(T0 + at, text)


CHAT = ("typing 5 chars/s", "== start", "opens chat", "after 2s says[en] Hello there, hello.")


def test_a_visitor_types_before_the_message_and_for_as_long_as_it_is() -> None:
    opens, types, says = Scene(*CHAT).until(MINUTE)
    assert isinstance(opens.act, Opens)
    assert opens.at == T0
    assert isinstance(types.act, Types)
    assert types.at == T0 + 2 * SECOND
    assert isinstance(says.act, Says)
    assert says.at == types.at + types.act.span
    assert 0.8 * 19 / 5 < types.act.span / SECOND < 1.2 * 19 / 5


def test_a_message_right_after_opening_was_written_before_and_comes_with_the_chat() -> None:
    acted = Scene("== start", "opens chat", "says[en] Where is my parcel?").until(0)
    assert [type(one.act) for one in acted] == [Opens, Says]


def test_a_mood_between_opening_and_message_changes_nothing_in_that() -> None:
    acted = Scene("== start", "opens chat", "mood angry", "says[en] Where is it?").until(0)
    assert [type(one.act) for one in acted] == [Opens, Says]


def test_no_message_takes_longer_than_a_minute_and_a_half_to_type() -> None:
    types = Scene("== start", "opens chat", "after 1s says[en] " + "x" * 4_000).until(SECOND)[-1]
    assert isinstance(types.act, Types)
    assert types.act.span == 90 * SECOND


def test_next_time_says_when_the_next_act_is_due() -> None:
    scene = Scene(*CHAT)
    assert scene.visitor.next_time() == T0
    assert len(scene.until(0)) == 1
    assert scene.visitor.next_time() == T0 + 2 * SECOND
    scene.until(MINUTE)
    assert scene.visitor.next_time() is None


LISTENS = (
    "typing 50 chars/s",
    "== start",
    "opens chat",
    "says[en] Help",
    "listen",
    '  if "size*" -> size',
    "  if apology -> calm",
    "  if silence 60s -> impatient",
    "  else -> other",
    "== size",
    "says[en] 42",
    "== calm",
    "says[en] Fine",
    "== impatient",
    "says[en] Hello?",
    "== other",
    "says[en] What?",
)


def test_the_first_branch_that_fits_is_taken() -> None:
    scene = Scene(*LISTENS)
    scene.until(SECOND)
    scene.operator(2 * SECOND, "Sorry! Which sizes do you need?")
    assert scene.texts(MINUTE) == ["42"]


def test_anything_else_leads_to_else() -> None:
    scene = Scene(*LISTENS)
    scene.until(SECOND)
    scene.operator(2 * SECOND, "Right.")
    assert scene.texts(MINUTE) == ["What?"]


def test_a_visitor_reads_and_thinks_before_it_answers() -> None:
    scene = Scene(*LISTENS)
    scene.until(SECOND)
    scene.operator(2 * SECOND, "Right.")
    first = scene.until(MINUTE)[0]
    assert 1_200 <= first.at - (T0 + 2 * SECOND) <= 4_000


def test_silence_counts_from_the_visitors_last_act_to_the_millisecond() -> None:
    scene = Scene(*LISTENS)
    scene.until(0)
    assert scene.visitor.next_time() == T0 + 60 * SECOND
    assert scene.until(60 * SECOND - 1) == []
    assert scene.texts(62 * SECOND) == ["Hello?"]


def test_an_operator_who_says_nothing_that_leads_on_does_not_break_the_silence() -> None:
    scene = Scene("== s", "opens chat", "says[en] Hi", "listen", "  if silence 30s -> end")
    scene.until(0)
    scene.operator(20 * SECOND, "One moment")
    assert scene.visitor.next_time() == T0 + 30 * SECOND


BUSY = (
    "typing 5 chars/s",
    "== start",
    "opens chat",
    "after 1s says[en] I am typing a rather long message here.",
    "listen",
    "  if apology -> calm",
    "  else -> other",
    "== calm",
    "says[en] Fine",
    "== other",
    "says[en] What?",
)


def test_what_is_said_meanwhile_is_remembered_for_the_ifs() -> None:
    scene = Scene(*BUSY)
    scene.until(2 * SECOND)
    scene.operator(3 * SECOND, "We are so sorry")
    assert scene.texts(MINUTE)[1:] == ["Fine"]


def test_what_is_said_meanwhile_never_leads_to_else() -> None:
    scene = Scene(*BUSY)
    scene.until(2 * SECOND)
    scene.operator(3 * SECOND, "Good day")
    assert len(scene.texts(MINUTE)) == 1
    scene.operator(MINUTE, "Good day again")
    assert scene.texts(2 * MINUTE) == ["What?"]


def test_what_was_said_before_the_words_that_led_on_is_forgotten() -> None:
    scene = Scene(
        *("== a", "opens chat", "pauses 10s", "listen", "  if apology -> b"),
        *("== b", "pauses 10s", "listen", "  if greeting -> c", "  if thanks -> d"),
        *("== c", "closes chat", "== d", "leaves site"),
    )
    for second, text in ((1, "Hello"), (2, "Sorry"), (3, "Thanks")):
        scene.operator(second * SECOND, text)
    assert isinstance(scene.until(MINUTE)[-1].act, Leaves)


def test_a_pause_at_the_end_of_a_scene_is_kept_before_listening() -> None:
    scene = Scene(
        "== a", "opens chat", "pauses 10s", "listen", "  else -> b", "== b", "leaves site"
    )
    scene.until(SECOND)
    scene.operator(5 * SECOND, "Hi")
    assert scene.until(MINUTE) == []


def test_waits_goes_on_at_the_operators_next_message_whatever_it_is() -> None:
    scene = Scene("== a", "opens chat", "waits", "shares screen")
    assert len(scene.until(MINUTE)) == 1
    scene.operator(MINUTE, "?!")
    assert [type(one.act) for one in scene.until(2 * MINUTE)] == [SharesScreen]


def test_acts_come_in_their_order_and_at_their_times() -> None:
    scene = Scene(
        *("== a", "opens chat", "leaves site", "after 55s returns to https://x.example"),
        *("after 1s rates 4", "closes chat", "-> end"),
    )
    assert [(one.at - T0, type(one.act)) for one in scene.until(5 * MINUTE)] == [
        (0, Opens),
        (0, Leaves),
        (55_000, Returns),
        (56_000, Rates),
        (56_000, Closes),
    ]


def test_a_messaging_visitor_comes_back_when_nobody_has_written_for_so_long() -> None:
    scene = Scene("channel messaging", "== a", "opens chat", "reactivates after 14h")
    scene.until(0)
    scene.operator(MINUTE, "I'll let you know")
    (back,) = scene.until(15 * 60 * MINUTE)
    assert back.act == Reactivates(14 * 60 * MINUTE)
    assert back.at == T0 + MINUTE + 14 * 60 * MINUTE


def test_a_closed_chat_ends_the_play() -> None:
    scene = Scene(*LISTENS)
    scene.until(0)
    scene.visitor.closed(T0 + SECOND)
    scene.operator(2 * SECOND, "Sorry")
    assert scene.visitor.next_time() is None
    assert scene.until(10 * MINUTE) == []


def test_what_was_due_before_the_operator_wrote_is_done_first_and_told_later() -> None:
    scene = Scene(*LISTENS)
    scene.operator(61 * SECOND, "Sorry")
    assert scene.visitor.next_time() == T0
    assert scene.texts(2 * MINUTE) == ["Help", "Hello?"]


def test_a_play_that_turns_in_a_circle_ends() -> None:
    assert Scene("== a", "-> b", "== b", "-> a").visitor.next_time() is None
    circle = Scene("== a", "mood angry", "-> a")
    circle.until(MINUTE)
    assert circle.visitor.next_time() is None


def test_a_silence_that_leads_to_itself_takes_its_time() -> None:
    scene = Scene("== a", "opens chat", "-> b", "== b", "shares screen", "listen",
                  "  if silence 10s -> b")  # fmt: skip
    assert [one.at - T0 for one in scene.until(30 * SECOND)] == [0, 0, 10_000, 20_000, 30_000]


def test_an_angry_visitor_types_faster() -> None:
    def span(mood: str) -> Millis:
        lines = ("== a", "opens chat", f"mood {mood}", "after 1s says[en] " + "word " * 20)
        return next(o.act.span for o in Scene(*lines).until(SECOND) if isinstance(o.act, Types))

    assert span("angry") < span("neutral") < span("sad")


def test_a_visitor_speaks_its_language_or_else_the_authors() -> None:
    lines = ("== a", "opens chat", "says[nl] Hoi", "says[pl] Hej")
    assert Scene(*lines, language="pl").texts(0) == ["Hej"]
    assert Scene(*lines, language="fi").texts(0) == ["Hoi"]
    assert Scene("== a", "opens chat", "says 2024-77153", language="fi").texts(0) == ["2024-77153"]


def test_what_is_typed_is_shown_piece_by_piece_where_policy_allows() -> None:
    text = "I am typing a rather long message here."
    shown = [
        o.act.so_far for o in Scene(*BUSY, preview=True).until(MINUTE) if isinstance(o.act, Types)
    ]
    assert len(shown) > 2
    assert all(text.startswith(part) for part in shown)
    assert sorted(shown, key=len) == shown
    hidden = [o.act.so_far for o in Scene(*BUSY).until(MINUTE) if isinstance(o.act, Types)]
    assert hidden == [""]


def played(seed: int, *, steps: bool) -> list[Acted]:
    scene = Scene(*LISTENS, "listen", "  else -> start", seed=seed)
    acted = scene.until(5 * SECOND)
    scene.operator(6 * SECOND, "Sorry")
    if steps:
        for second in range(6, 120):
            acted += scene.until(second * SECOND)
    return acted + scene.until(2 * MINUTE)


def test_the_same_seed_gives_the_same_acts_however_time_is_cut() -> None:
    assert played(7, steps=True) == played(7, steps=False)


def test_another_seed_gives_another_pace_and_other_ids() -> None:
    one, other = played(7, steps=False), played(8, steps=False)
    assert [type(a.act) for a in one] == [type(a.act) for a in other]
    assert [a.at for a in one] != [a.at for a in other]
    assert isinstance(one[0].act, Opens)
    assert isinstance(other[0].act, Opens)
    assert one[0].act.chat != other[0].act.chat


def test_a_second_chat_of_a_visitor_has_an_id_of_its_own() -> None:
    acted = Scene("== a", "opens chat", "closes chat", "after 5s opens chat").until(MINUTE)
    chats = [one.act.chat for one in acted if isinstance(one.act, Opens)]
    assert len(set(chats)) == 2
