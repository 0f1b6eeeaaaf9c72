"""The two sheets of proactive chat: who looks around, and the words of the invitation (R86)."""

from functools import partial
from typing import TYPE_CHECKING

from operator_tui.desk import canned
from operator_tui.desk.browsing import Browsing
from operator_tui.desk.commands import InviteVisitor
from operator_tui.desk.model import Desk
from operator_tui.ui.panels.browsing import BrowsingSheet
from operator_tui.ui.panels.inviting import InviteSheet
from operator_tui.ui.panels.sheet import Sheet

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen


def browsing_sheet(screen: "DeskScreen", at: str = "") -> BrowsingSheet:
    """Who looks around, with the bar on the visitor `at`, or on the first."""
    sheet = BrowsingSheet()
    sheet.desk, sheet.now = screen.desk, screen.now
    sheet.point_at(at)
    return sheet


def invite_sheet(screen: "DeskScreen", visitor: str) -> Sheet:
    """The openers in the visitor's language; who is gone by now leads back to the others."""
    one = _found(screen.desk, visitor)
    if screen.desk is None or one is None:
        return browsing_sheet(screen)
    values = canned.known(one.name, screen.desk.operator.name)
    begun = screen.sheets.begun.invitation(visitor)
    return InviteSheet(one, canned.spoken(screen.setup.canned, one.language), values, begun)


def follow(sheet: Sheet | None, screen: "DeskScreen") -> None:
    """Keep what an open sheet shows true to the desk and the moment."""
    if isinstance(sheet, BrowsingSheet):
        sheet.desk, sheet.now = screen.desk, screen.now
    elif isinstance(sheet, InviteSheet):
        sheet.browsing = _found(screen.desk, sheet.visitor)


def next_sheet(
    said: BrowsingSheet.Chosen | InviteSheet.Back | InviteSheet.Confirmed, screen: "DeskScreen"
) -> Sheet:
    """Where one goes from here; an invitation that is sent is seen among those who look around."""
    if isinstance(said, BrowsingSheet.Chosen):
        return invite_sheet(screen, said.visitor)
    if isinstance(said, InviteSheet.Confirmed):
        invitation = InviteVisitor(said.visitor, said.text, said.canned)
        screen.sheets.begun.asked(invitation)
        screen.outgoing.enter(invitation, partial(screen.returned.replaced, said.visitor))
    return browsing_sheet(screen, said.visitor)


def uninvited(desk: Desk) -> set[str]:
    """The visitors who look around and whom nobody has offered help."""
    return {one.visitor for one in desk.browsing if one.invited is None}


def _found(desk: Desk | None, visitor: str) -> Browsing | None:
    everybody = desk.browsing if desk is not None else ()
    return next((one for one in everybody if one.visitor == visitor), None)
