"""The rows of a block painted: messages, notes, system lines and day rules."""

from typing import assert_never

from msgspec import Struct
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from operator_tui.desk.entries import AuthorKind, Delivery, Line, Message
from operator_tui.ui.look import Look
from operator_tui.ui.render.authors import (
    GROUND,
    author_words,
    bar_ink,
    ground_of,
    is_own,
    name_ink,
    state_ink,
    state_words,
)
from operator_tui.ui.render.block import TEXT, Block, Part, Setting
from operator_tui.ui.render.decision import keys_line
from operator_tui.ui.render.signs import cells_of, clusters, cut
from operator_tui.ui.render.strips import apart, filled
from operator_tui.ui.times import clock_time, day_in_words


class Scene(Struct, frozen=True, eq=False):
    """What painting needs beside the block itself."""

    setting: Setting
    look: Look
    visitor: str = ""
    """What the visitor is called."""
    debt: str | None = None
    """The ink of the bar beside an unanswered message; None beside all others."""
    focused: bool = False
    selected: tuple[int, int] | None = None
    """The characters of a body row that are selected, from and before."""


def paint(block: Block, row: int, scene: Scene) -> Strip:
    """Row `row` of `block` as a strip of the setting's width."""
    part, n = block.parts[row]
    blank = scene.look.style("ink.text", GROUND)
    match part:
        case Part.BLANK:
            segments: list[Segment] = []
        case Part.DAY:
            segments = _day_rule(block, scene)
        case _ if isinstance(block.entry, Line):
            segments = _system(block.entry, block.body[n].text, scene, first=n == 0)
        case _:
            segments = _message_row(block, block.entry, part, n, scene)
    return filled(segments, scene.setting.width, blank)


def _message_row(block: Block, message: Message, part: Part, n: int, scene: Scene) -> list[Segment]:
    look, measure = scene.look, scene.setting.measure
    ground = ground_of(message)
    blank = look.style("ink.text", ground)
    match part:
        case Part.HEAD:
            inner = _head(message, scene)
        case Part.BODY:
            inner = _body(message, block.body[n].text, scene)
        case Part.ASK:
            inner = [Segment(block.ask[n].text, look.style(state_ink(message), ground))]
        case Part.KEYS:
            inner = keys_line(message, measure, look, focused=scene.focused)
        case Part.BLANK | Part.DAY:
            raise ValueError(part)
        case _:
            assert_never(part)
    rest = apart([], [], measure, blank)
    return [*_bar(message, scene), *filled([*inner, *rest], measure, blank)]


def _bar(message: Message, scene: Scene) -> list[Segment]:
    icons, ground = scene.look.icons, ground_of(message)
    sign = icons.bar_own
    if message.note:
        sign = icons.bar_note
    elif message.author.kind is AuthorKind.VISITOR:
        sign = icons.bar_visitor
    ink = scene.look.style(bar_ink(message, scene.debt), ground)
    return [Segment(" ", scene.look.style("ink.text", GROUND)), Segment(sign + " ", ink)]


def _head(message: Message, scene: Scene) -> list[Segment]:
    look, ground = scene.look, ground_of(message)
    measure = scene.setting.measure
    own = is_own(message, scene.setting.operator_id)
    right = _right(message, scene, own=own)
    taken = sum(segment.cell_length for segment in right)
    name = cut(author_words(message, scene.visitor, own=own), measure - taken - 1, look.icons.cut)
    ink = look.style(name_ink(message), ground, bold=True)
    return apart([Segment(name, ink)], right, measure, look.style("ink.text", ground))


def _right(message: Message, scene: Scene, *, own: bool) -> list[Segment]:
    """Delivery state and time: the state goes where it would leave no room for the name."""
    look, ground, setting = scene.look, ground_of(message), scene.setting
    time = Segment(clock_time(message.at, setting.zone), look.style("ink.muted", ground))
    words = state_words(message, look, setting.width, own=own)
    if not words or cells_of(words) + 12 > setting.measure:
        return [time]
    bold = message.delivery in (Delivery.HELD, Delivery.REFUSED)
    state = look.style(state_ink(message), ground, bold=bold)
    return [Segment(words, state), Segment("  ", time.style), time]


def _body(message: Message, text: str, scene: Scene) -> list[Segment]:
    look, ground = scene.look, ground_of(message)
    plain = look.style("ink.text", ground)
    if scene.selected is None:
        return [Segment(text, plain)]
    start, end = whole_signs(text, *scene.selected)
    marked = look.style("ink.text", "ground.selection")
    pieces = ((text[:start], plain), (text[start:end], marked), (text[end:], plain))
    return [Segment(piece, style) for piece, style in pieces if piece]


def whole_signs(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened so that it parts no sign: half a flag is not what was pointed at."""
    spans = clusters(text)
    whole_start = max((span.start for span in spans if span.start <= start), default=0)
    whole_end = min((span.end for span in spans if span.end >= end), default=len(text))
    return (whole_start if start < len(text) else len(text)), whole_end if end > 0 else 0


def _system(line: Line, text: str, scene: Scene, *, first: bool) -> list[Segment]:
    look, setting = scene.look, scene.setting
    ink = look.style("author.system", GROUND, italic=True)
    at = Segment(clock_time(line.at, setting.zone), look.style("ink.muted", GROUND))
    blank = look.style("ink.text", GROUND)
    left = [Segment(" " * TEXT, blank), Segment(text, ink)]
    return apart(left, [at] if first else [], TEXT + setting.measure, blank)


def _day_rule(block: Block, scene: Scene) -> list[Segment]:
    look, width = scene.look, scene.setting.measure + 2
    rule: Style = look.style("ground.rule", GROUND)
    words = cut(day_in_words(block.day), width - 4, look.icons.cut)
    left = max(0, width - cells_of(words) - 2) // 2
    right = max(0, width - cells_of(words) - 2 - left)
    return [
        Segment(" ", look.style("ink.text", GROUND)),
        Segment(look.icons.rule * left, rule),
        Segment(f" {words} ", look.style("ink.muted", GROUND)),
        Segment(look.icons.rule * right, rule),
    ]
