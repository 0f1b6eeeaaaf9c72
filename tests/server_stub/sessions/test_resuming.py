from hypothesis import given, settings
from hypothesis import strategies as st

from operator_tui.desk.time import MINUTE, SECOND, Millis
from server_stub.sessions.session_file import load
from server_stub.sessions.stage import Stage
from server_stub.visitors.acts import Happening
from server_stub.visitors.heard import Heard

T0: Millis = 1_800_000_000_000
TOUR = load("tour")
VISITORS = [one.id for one in TOUR.visitors]
WORDS = ("Good morning!", "What is your order number?", "Sorry about that.", "Goodbye!", None)

words = st.lists(
    st.tuples(st.integers(0, 240), st.sampled_from(VISITORS), st.sampled_from(WORDS)), max_size=15
)


def stage() -> Stage:
    return Stage(TOUR, 7, T0, "en")


def played(one: Stage, heard: list[Heard], begin: Millis, end: Millis) -> list[Happening]:
    """What happens after `begin` and up to `end` when this is said meanwhile."""
    happened: list[Happening] = []
    for word in sorted(heard, key=lambda heard: heard.at):
        if begin < word.at <= end:
            happened += one.advance(word.at)
            if word.text is None:
                one.closed(word.visitor, word.at)
            else:
                one.told(word.visitor, word.text, word.at)
            happened += one.advance(word.at)
    return happened + one.advance(end)


@settings(max_examples=30)
@given(words, st.integers(0, 300))
def test_visitors_go_on_after_a_restart_as_if_there_had_been_none(
    said: list[tuple[int, str, str | None]], restart: int
) -> None:
    heard = sorted((Heard(who, T0 + at * SECOND, text) for at, who, text in said), key=_at)
    whole, broken, resumed = stage(), stage(), stage()
    until, end = T0 + restart * SECOND, T0 + 10 * MINUTE
    begin = whole.begins - 1
    before = played(broken, heard, begin, until)
    resumed.resume([one for one in heard if one.at <= until], broken.remembered(), until)
    assert before + played(resumed, heard, until, end) == played(whole, heard, begin, end)


def _at(heard: Heard) -> Millis:
    return heard.at
