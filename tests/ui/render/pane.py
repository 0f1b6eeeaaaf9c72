"""A conversation as the text of its rows."""

from operator_tui.desk.model import Chat
from operator_tui.desk.time import MINUTE
from operator_tui.store.ports import IconSet
from operator_tui.ui.render.block import Setting
from operator_tui.ui.render.bubble import Scene, paint
from operator_tui.ui.render.conversation import Layout
from tests.ui.chats import ANNA, NOW, look
from tests.ui.talk import JOOST, ZONE


def setting(width: int, now: int = NOW) -> Setting:
    return Setting(width, ZONE, ANNA, now // MINUTE)


def laid_out(chat: Chat, width: int) -> Layout:
    layout = Layout(setting(width))
    layout.fit(chat.timeline, setting(width))
    return layout


def pane(chat: Chat, width: int, *, focused: bool = False, icons: IconSet = "unicode") -> list[str]:
    layout = laid_out(chat, width)
    scene = Scene(layout.setting, look(icons=icons), JOOST, None, focused)
    strips = [paint(block, n, scene) for block in layout.blocks for n in range(len(block.parts))]
    assert {strip.cell_length for strip in strips} <= {width}
    return [strip.text.rstrip() for strip in strips]
