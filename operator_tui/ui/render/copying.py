"""What of a conversation is copied when a part of it is selected: what people wrote, no more."""

from textual.selection import Selection

from operator_tui.desk.entries import Message
from operator_tui.ui.render.block import Block, Part
from operator_tui.ui.render.bubble import whole_signs
from operator_tui.ui.render.conversation import Layout
from operator_tui.ui.render.wrap import joint


def body_text(block: Block, inner: int) -> str | None:
    """The selectable text of a block's row `inner`; None where a row has none."""
    part, n = block.parts[inner]
    if part is not Part.BODY or not isinstance(block.entry, Message):
        return None
    return block.body[n].text


def selected_span(
    selection: Selection | None, row: int, text: str | None
) -> tuple[int, int] | None:
    """The characters of a row's `text` that are selected, from and before; None: none of them."""
    span = selection.get_span(row) if selection is not None and text is not None else None
    if span is None or text is None:
        return None
    start, end = max(0, span[0]), len(text) if span[1] == -1 else min(span[1], len(text))
    return (start, end) if start < end else None


def copied(layout: Layout, selection: Selection) -> str:
    """The selected text: lines that only the pane's width broke are whole again."""
    parts: list[str] = []
    before: tuple[int, int] | None = None
    first, last = _rows(layout, selection)
    for row in range(first, last):
        found = layout.at(row)
        if found is None:
            break
        block, inner = layout.blocks[found[0]], found[1]
        text = body_text(block, inner)
        if text is None:
            continue
        here = found[0], block.parts[inner][1]
        if before is not None:
            parts.append(_between(block, before, here))
        before = here
        if (span := selected_span(selection, row, text)) is not None:
            start, end = whole_signs(text, *span)
            parts.append(text[start:end])
    return "".join(parts).strip("\n")


def _rows(layout: Layout, selection: Selection) -> tuple[int, int]:
    start, end = selection
    first = start.y if start is not None else 0
    last = end.y + 1 if end is not None else layout.height
    return max(0, first), min(layout.height, last)


def _between(block: Block, before: tuple[int, int], here: tuple[int, int]) -> str:
    """Between two lines of one message what it has there; between two messages a line end."""
    if before[0] != here[0] or not isinstance(block.entry, Message):
        return "\n"
    return joint(block.entry.text, block.body[before[1]], block.body[here[1]])
