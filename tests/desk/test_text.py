import unicodedata

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from operator_tui.desk.text import (
    MARKS,
    SafeAddress,
    SafeLine,
    SafeText,
    clean,
    decode_hook,
    encode_hook,
)

KINDS = [SafeText, SafeLine, SafeAddress]
BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ACUTE = "\u0301"
ZWJ, ZWNJ, VS16 = "\u200d", "\u200c", "\ufe0f"

NASTY = st.sampled_from(
    [
        *"\x00\x07\x08\t\n\v\f\r\x1b\x7f\x85\x9b\x9d\u2028\u2029\xad\u034f\u200b\ufeff",
        *BIDI_CONTROLS,
        *"\u0301\u0308\u0316\u0327\u0336\u20dd\u094d\u093c\u09c7\u09be\u0dca\u0dd9\u1161\u11a8",
        *"\u200c\u200d\ufe0e\ufe0f\U000e0061\U000e0100\ud800\udfff\ufdd0\uffff\u3164\u0600",
        *"eA \u00e9\u0915\u0645\u0dc1\u1100\u3042\ufb2c\u0958",
        *"\u2764\u2194\U0001f468\U0001f3fd\U0001f1f3",
        "\r\n",
        "\x1b]52;c;eA==\x07",
    ]
)
ANYTHING = st.characters(codec=None, min_codepoint=0, max_codepoint=0x10FFFF)
HOSTILE = st.lists(NASTY | ANYTHING, max_size=60).map("".join)
FLOODS = st.tuples(
    st.lists(NASTY, min_size=1, max_size=5).map("".join), st.integers(20, 2_000)
).map(lambda flood: flood[0] * flood[1])
some_examples = settings(max_examples=250)
few_examples = settings(max_examples=30)
kinds = st.sampled_from(KINDS)


def shown(raw: str) -> str:
    return str(clean(raw))


def most_marks_on_a_base(text: str) -> int:
    most = run = 0
    for char in text:
        if unicodedata.category(char)[0] == "M":
            run += 1
        elif char not in (ZWJ, ZWNJ):
            run = 0
        most = max(most, run)
    return most


def assert_safe(text: SafeText, kind: type[SafeText]) -> None:
    assert type(text) is kind
    assert len(text) <= kind.characters
    assert text.count("\n") < kind.lines
    for char in text.replace("\n", ""):
        assert unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp"), ascii(char)
        assert unicodedata.category(char) != "Cf" or char in (ZWJ, ZWNJ), ascii(char)
        assert char not in BIDI_CONTROLS
        assert ord(char) & 0xFFFE != 0xFFFE
    assert unicodedata.is_normalized("NFC", text)
    assert most_marks_on_a_base(text) <= MARKS
    assert text.encode().decode() == text


@some_examples
@given(HOSTILE, kinds)
def test_nothing_that_commands_a_terminal_gets_through(raw: str, kind: type[SafeText]) -> None:
    assert_safe(clean(raw, kind), kind)


@some_examples
@given(HOSTILE, kinds)
def test_cleaning_twice_changes_nothing_more(raw: str, kind: type[SafeText]) -> None:
    once = clean(raw, kind)
    assert clean(str(once), kind) == once


@few_examples
@given(FLOODS, kinds)
def test_a_flood_is_held_within_the_limits(raw: str, kind: type[SafeText]) -> None:
    once = clean(raw, kind)
    assert_safe(once, kind)
    assert clean(str(once), kind) == once


@pytest.mark.thorough
@settings(max_examples=8_000)
@given(HOSTILE | FLOODS, kinds)
def test_nothing_gets_through_in_many_examples(raw: str, kind: type[SafeText]) -> None:
    once = clean(raw, kind)
    assert_safe(once, kind)
    assert clean(str(once), kind) == once


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=200))
def test_plain_text_stays_as_it_is(raw: str) -> None:
    assert clean(raw) == raw


def test_no_control_character_of_the_whole_of_unicode_gets_through() -> None:
    for code in range(0x110000):
        if unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            assert_safe(clean(f"1{chr(code)}2"), SafeText)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\x1b[31mred", "␛[31mred"),  # CSI in two characters
        ("\x1b]52;c;SGk=\x07", "␛]52;c;SGk=␇"),  # OSC: the clipboard
        ("\x1b]0;title\x1b\\", "␛]0;title␛\\"),  # OSC: the title
        ("\x1bP+q544e\x1b\\", "␛P+q544e␛\\"),  # DCS
        ("\x1bXsos\x1b^pm\x1b_apc\x1bc", "␛Xsos␛^pm␛_apc␛c"),  # SOS, PM, APC, RIS
        ("\x9b31m\x9d0;t\x9c\x90\x85", "�31m�0;t���"),  # the same in C1, and NEL
        ("\x00\x07\x08\x0b\x0c\x0e\x7f", "␀␇␈␋␌␎␡"),
        ("a\tb", "a    b"),
    ],
)
def test_controls_are_shown_and_not_obeyed(raw: str, text: str) -> None:
    assert shown(raw) == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_every_line_end_becomes_one(end: str) -> None:
    assert shown(f"one{end}two") == "one\ntwo"
    assert clean(f"one{end}two", SafeLine) == "one two"


@pytest.mark.parametrize("control", BIDI_CONTROLS)
def test_bidi_controls_are_shown_as_forbidden(control: str) -> None:
    assert shown(f"pay{control}pal") == "pay�pal"


@pytest.mark.parametrize(
    "code", [0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xFDD0, 0xFFFE, 0x1FFFF, 0x10FFFE], ids=hex
)
def test_what_is_no_character_is_shown_as_forbidden(code: int) -> None:
    assert shown(f"a{chr(code)}b") == "a�b"


@pytest.mark.parametrize(
    "unseen",
    [
        "\u200b",  # zero-width space
        "\xad",  # soft hyphen
        "\ufeff",
        "\u2060\u2063",
        "\u034f",
        "\u3164\u115f\uffa0",  # Hangul fillers
        "\U000e0001\U000e0041\U000e007f",  # tags: a hidden text
        "\U000e0100",
        VS16,
        "\ufe0e",
    ],
)
def test_what_has_no_shape_is_taken_out(unseen: str) -> None:
    assert shown(f"a{unseen}b") == "ab"


def test_a_name_of_nothing_visible_is_empty() -> None:
    assert clean("\u200b\u3164 \u3000\t\n", SafeLine) == ""


@pytest.mark.parametrize(
    "text",
    [
        "👨‍👩‍👧‍👦",
        "👨🏽‍🚀",
        "🏴‍☠",
        "🐻‍❄",
        "🙂‍↔",  # a head that shakes
        "👩🏽‍❤‍💋‍👨🏽",
        "क्‍ष",  # Devanagari: a half form
        "र‍्य",  # the joiner before the virama
        "ශ්‍රී",  # Sinhala
        "ন্‍",  # a half form at the end
        "می‌خواهم",  # Persian: a non-joiner between letters
        "क्‌ष",  # an explicit virama
        "schaf‌fell",
    ],
)
def test_joiners_stay_where_they_join(text: str) -> None:
    assert ZWJ in text or ZWNJ in text
    assert shown(text) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (f"pay{ZWJ}pal", "paypal"),
        (f"a{ZWNJ}{ZWJ}b", "ab"),
        (f"{ZWJ}a{ZWNJ}", "a"),
        (f"1{ZWNJ}2", "12"),
        (f"👨{ZWJ}{ZWJ}👩", f"👨{ZWJ}👩"),
        (f"👨{ZWJ}x", "👨x"),
        (f"x{ZWJ}👨", "x👨"),
        (f"क\u094d{ZWJ}{ZWJ}ष", f"क\u094d{ZWJ}ष"),
        (f"e{ZWJ}{ACUTE}", "é"),
    ],
)
def test_joiners_go_where_they_join_nothing(raw: str, text: str) -> None:
    assert shown(raw) == text


@pytest.mark.parametrize("person", ["👨", "👨🏽"])
def test_a_chain_of_emoji_is_no_wider_than_a_family(person: str) -> None:
    assert shown(ZWJ.join([person] * 40)).count(ZWJ) == 40 * 3 // 4


def test_marks_are_composed_and_at_most_four_climb_on_a_base() -> None:
    assert shown("e" + ACUTE) == "é"
    assert shown("x" + ACUTE * 100 + "y") == "x" + ACUTE * MARKS + "y"


def test_a_mark_without_a_base_does_not_climb_on_what_stands_before_it() -> None:
    assert shown(ACUTE + "x") == "◌" + ACUTE + "x"
    assert shown("a\n" + ACUTE) == "a\n◌" + ACUTE


def test_old_hangul_cannot_pile_letters_on_one_cell() -> None:
    for inner in "\u1161\u11a8\ud7b0\ud7cb":
        assert len(shown("\u1100" + inner * 100)) <= 1 + MARKS


def test_a_long_text_is_cut_to_its_characters_and_lines() -> None:
    assert shown("x" * 5_000) == "x" * 4_000
    assert shown("x\n" * 500) == "\n".join("x" * 200)
    assert clean("x" * 500, SafeLine) == "x" * 120
    assert clean("x" * 900, SafeAddress) == "x" * 500
    assert shown("\t" * 4_000) == " " * 4_000


class Unread(str):
    """A text that may only be sliced."""

    __slots__ = ()

    def __str__(self) -> str:
        raise AssertionError("the whole text was looked at")

    isascii = isprintable = translate = splitlines = replace = __str__  # type: ignore[assignment]


def test_only_the_part_that_is_kept_is_looked_at() -> None:
    assert len(clean(Unread("\x1b" + "x" * 1_000_000))) == SafeText.characters


def test_a_clean_text_is_not_cleaned_again_but_as_another_kind_it_is() -> None:
    text = clean("one\ntwo")
    assert clean(text) is text
    assert clean(text, SafeLine) == "one two"
    address = clean("x" * 300, SafeAddress)
    assert clean(address, SafeLine) == "x" * SafeLine.characters
    assert type(clean(address)) is SafeText


def test_a_text_that_does_not_come_to_rest_loses_its_joiners(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("operator_tui.desk.text._ROUNDS", 0)
    assert shown(f"👨{ZWJ}👩 می{ZWNJ}خ e{ACUTE}") == "👨👩 میخ é"


class Told(msgspec.Struct):
    name: SafeLine
    text: SafeText = clean("", SafeText)


def test_the_decoder_cleans_by_type() -> None:
    told = msgspec.json.decode(
        rb'{"name":"a\n\u001b[2Jb","text":"\u202ehi\r\nho"}', type=Told, dec_hook=decode_hook
    )
    assert (type(told.name), told.name) == (SafeLine, "a ␛[2Jb")
    assert (type(told.text), told.text) == (SafeText, "�hi\nho")


@pytest.mark.parametrize("value", ["5", "null", "[]", "{}", "true", '["secret"]'])
def test_what_is_no_text_is_refused_with_its_place(value: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=r"Expected `str`.*\$\.name") as refusal:
        msgspec.json.decode(f'{{"name":{value}}}', type=Told, dec_hook=decode_hook)
    assert "secret" not in str(refusal.value)


def test_a_clean_text_is_written_as_the_text_it_is() -> None:
    told = Told(clean("Sanne", SafeLine), clean("1 < 2\n"))
    written = msgspec.json.encode(told, enc_hook=encode_hook)
    assert written == b'{"name":"Sanne","text":"1 < 2\\n"}'
    assert msgspec.json.decode(written, type=Told, dec_hook=decode_hook) == told


def test_the_hooks_leave_other_types_alone() -> None:
    with pytest.raises(NotImplementedError):
        decode_hook(complex, 1)
    with pytest.raises(NotImplementedError):
        encode_hook(1j)


@pytest.mark.parametrize("kind", [SafeText, SafeLine, SafeAddress])
def test_nothing_is_one_value_however_it_came(kind: type[SafeText]) -> None:
    nothing = clean("", kind)
    assert clean("\u200b", kind) is nothing
    assert decode_hook(kind, "") is nothing
    assert type(nothing) is kind
