from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste

from operator_tui.ui.paste import GuardedParser, PasteGuard

PIECES = st.sampled_from(["\x1b", "[", "2", "0", "1", "~", "a", "\r", "\x11", "\x1b[200~", "é"])


def guarded(*chunks: str) -> str:
    guard = PasteGuard()
    return "".join(guard.guarded(chunk) for chunk in chunks)


def chunks_of(text: str, size: int) -> Iterator[str]:
    return (text[at : at + size] for at in range(0, len(text), size))


def test_escape_inside_a_paste_is_seen_and_the_marks_stay() -> None:
    assert guarded("\x1b[200~a\x1b[31mb\x1b\x1b[201~\x1b") == "\x1b[200~a␛[31mb␛\x1b[201~\x1b"


def test_keys_pass_at_once_and_unchanged() -> None:
    guard = PasteGuard()
    for data in ("\x1b", "[20", "0", "x", "\x1b[A", "\x1b[201~"):
        assert guard.guarded(data) == data


@given(st.lists(PIECES).map("".join), st.integers(1, 7))
def test_no_chunking_changes_what_passes(text: str, size: int) -> None:
    whole = f"k\x1b[A\x1b[200~{text}\x1b[201~j"
    assert guarded(*chunks_of(whole, size)) == guarded(whole)


@given(st.lists(PIECES).map("".join), st.integers(1, 40))
def test_a_paste_is_one_paste_and_no_key(text: str, size: int) -> None:
    while "\x1b[201~" in text:
        text = text.replace("\x1b[201~", "")
    parser = GuardedParser()
    sent = chunks_of(f"\x1b[200~.{text}\x1b[201~", size)
    messages = [message for chunk in sent for message in parser.feed(chunk)]
    assert not [message for message in messages if isinstance(message, Key)]
    pasted = [message.text for message in messages if isinstance(message, Paste)]
    assert pasted == ["." + text.replace("\x1b", "␛")]
