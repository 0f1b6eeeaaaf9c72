"""What the conversation shows at a moment, as one value, and the strips painted of it."""

from msgspec import Struct
from textual.cache import LRUCache
from textual.strip import Strip

from operator_tui.desk.lines import settled
from operator_tui.desk.model import Chat
from operator_tui.desk.policy import Policy
from operator_tui.desk.time import Millis
from operator_tui.ui.look import Look
from operator_tui.ui.names import visitor_name
from operator_tui.ui.render.block import Block, Setting
from operator_tui.ui.render.bubble import Scene, paint
from operator_tui.ui.render.conversation import first_unanswered, is_visitors
from operator_tui.ui.render.states import state_ink

KEPT_STRIPS = 1_024


class Shown(Struct, frozen=True):
    """While two of these are equal there is nothing to lay out or paint anew."""

    chat: Chat
    setting: Setting
    unanswered_from: int
    """The entry from which on visitor messages are unanswered."""
    debt: str
    """The ink of their bars."""

    def debt_of(self, index: int, block: Block) -> str | None:
        """The ink of the bar of an unanswered message; None for every other."""
        owed = index >= self.unanswered_from and is_visitors(block.entry)
        return self.debt if owed else None


def shown_at(chat: Chat, now: Millis, policy: Policy, setting: Setting) -> Shown:
    """What is to be shown of `chat` at `now`."""
    told = settled(chat, now, policy)
    return Shown(told, setting, first_unanswered(told), state_ink(told, now, policy))


class Painter:
    """Paints the rows of what is shown; a row that looks as before is not painted again."""

    def __init__(self) -> None:
        self._strips: LRUCache[tuple[Block, int, str | None], Strip] = LRUCache(KEPT_STRIPS)

    def forget(self) -> None:
        """Everything looks different now."""
        self._strips.clear()

    def strip(
        self,
        block: Block,
        inner: int,
        scene: Scene,
    ) -> Strip:
        """The row `inner` of `block`."""
        key = block, inner, scene.debt
        kept = None if scene.selected else self._strips.get(key)
        if kept is not None:
            return kept
        strip = paint(block, inner, scene)
        if not scene.selected:
            self._strips[key] = strip
        return strip


def scene_of(
    shown: Shown, look: Look, debt: str | None, selected: tuple[int, int] | None, *, focused: bool
) -> Scene:
    """How a row of `shown` is to be painted."""
    name = visitor_name(shown.chat.visitor)
    return Scene(shown.setting, look, name, debt, focused, selected)
