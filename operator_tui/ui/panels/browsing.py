"""Who looks around without chatting: whom to offer help (R86, R91)."""

from textual.reactive import reactive
from textual.strip import Strip

from operator_tui.desk.browsing import Browsing, in_order
from operator_tui.desk.entries import Id
from operator_tui.desk.model import Desk
from operator_tui.desk.places import places_taken
from operator_tui.desk.time import Millis
from operator_tui.ui.keys import key_of
from operator_tui.ui.look import Look
from operator_tui.ui.panels.sheet import Sheet, SheetKey
from operator_tui.ui.render import sheet as form
from operator_tui.ui.render.lookers import facts, looker_row
from operator_tui.ui.render.sheet import Painted
from operator_tui.ui.words import tr

FACTS = 4
"""Lines for what is known of the visitor under the bar: nothing jumps."""
LIST_WANTED = 8


def why_not(desk: Desk, one: Browsing, now: Millis) -> str:
    """Why this visitor cannot be invited now; empty when nothing is in the way."""
    if one.waits:
        return tr("An invitation is waiting already.")
    if not desk.available:
        return tr("You are away. {key}: available again.", key=key_of("availability"))
    open_ones = sum(other.waits and _ours(other, desk) for other in desk.browsing)
    if desk.policy.places - places_taken(desk, now) - open_ones <= 0:
        return tr("You have no place free for another visitor.")
    return ""


def _ours(one: Browsing, desk: Desk) -> bool:
    return one.invited is not None and one.invited.by == desk.operator.name


class BrowsingSheet(Sheet):
    """Suggested ones first; Enter goes on to the words."""

    desk: reactive[Desk | None] = reactive(None)
    now: reactive[Millis] = reactive(0)
    complaint: reactive[str] = reactive("")
    """Why Enter did nothing."""

    class Chosen(Sheet.Last):
        """Offer help to this visitor."""

        def __init__(self, visitor: Id) -> None:
            super().__init__()
            self.visitor = visitor

    @property
    def browsing(self) -> tuple[Browsing, ...]:
        """The rows as they are now."""
        return in_order(self.desk.browsing) if self.desk is not None else ()

    @property
    def length(self) -> int:
        """One row each."""
        return len(self.browsing)

    @property
    def hints(self) -> tuple[SheetKey, ...]:
        """Enter only where there is somebody."""
        somebody = (SheetKey("Enter", tr("choose the words"), "enter"),) if self.length else ()
        return (*somebody, SheetKey("↑ ↓", tr("whom")), SheetKey("Esc", tr("back"), "escape"))

    def pressed(self, key: str, character: str | None) -> bool:  # noqa: ARG002 - keys say it all
        """Enter chooses; the letters of the list move here too."""
        match key:
            case "enter" | "o":
                self.chosen()
            case "j" | "k":
                self.select(self.selected + (1 if key == "j" else -1))
            case "i":
                self.dismiss()
            case _:
                return False
        return True

    def select(self, row: int) -> None:
        """Another visitor: the complaint was about the one before."""
        self.complaint = ""
        super().select(row)

    def chosen(self) -> None:
        """Go on to the words, unless this visitor cannot be invited."""
        rows = self.browsing
        if self.desk is None or not rows:
            return
        one = rows[min(self.selected, len(rows) - 1)]
        self.complaint = why_not(self.desk, one, self.now)
        if not self.complaint:
            self.post_message(self.Chosen(one.visitor))

    def point_at(self, visitor: Id) -> None:
        """Put the bar on this visitor, or on the first."""
        rows = self.browsing
        self.selected = next((n for n, one in enumerate(rows) if one.visitor == visitor), 0)

    def watch_desk(self, before: Desk | None, desk: Desk | None) -> None:
        """People come and go; the bar stays with its visitor."""
        if before is None or desk is None or before.browsing is desk.browsing:
            return
        old = in_order(before.browsing)
        if self.selected < len(old):
            self.point_at(old[self.selected].visitor)

    def wanted(self, width: int) -> int:  # noqa: ARG002 - every width gives the same
        """Rule, rows, facts and a line for complaints."""
        return 2 + max(1, min(LIST_WANTED, self.length)) + 1 + FACTS + 1

    def paint(self, width: int, height: int, look: Look) -> Painted:
        """The list first; what is known of the one under the bar as far as there is room."""
        rows = self.browsing
        title = form.rule(tr("visitors who look around"), str(len(rows) or ""), width, look)
        room = max(1, min(LIST_WANTED, len(rows), height - 2))
        at = min(self.selected, len(rows) - 1)
        strips = [
            looker_row(one, self.now, width, look, selected=n == at) for n, one in enumerate(rows)
        ]
        part = form.listed(strips, at, room, width, look) if rows else None
        listed = part.strips if part else form.sentence(_nobody(), width, look, "ink.muted")
        said = self._facts(rows[at], width, look) if rows else []
        complaint = form.sentence(self.complaint, width, look, "signal.error")[:1]
        spare = height - 1 - len(listed) - len(complaint) - len(said)
        air = [form.blank(width, look)] if spare >= 2 else []
        lines = [title, *air, *listed, *complaint, *air, *said]
        first = 1 + len(air)
        places = {first + y: row for y, row in part.rows.items()} if part else {}
        return Painted(form.fitted(lines, height, width, look), places)

    def _facts(self, one: Browsing, width: int, look: Look) -> list[Strip]:
        lines = [
            strip
            for fact in facts(one, self.now)
            for strip in form.sentence(fact, width, look, "ink.muted")
        ]
        return lines[:FACTS]


def _nobody() -> str:
    return tr("Nobody is looking around without chatting now.")
