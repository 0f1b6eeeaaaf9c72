"""Acts around the chats: panes, availability, help, leaving."""

from typing import TYPE_CHECKING

from operator_tui.desk.commands import SetAvailability

if TYPE_CHECKING:
    from operator_tui.ui.screens.desk import DeskScreen


def visitor(screen: "DeskScreen") -> None:
    """F8: the visitor's card, beside the messages or in their place."""
    screen.panes.toggle_card()


def pane(screen: "DeskScreen") -> None:
    """F6: list, conversation, composer, panel."""
    screen.panes.next()


def availability(screen: "DeskScreen") -> None:
    """F9: away, or available again."""
    if screen.desk is not None:
        screen.outgoing.enter(SetAvailability(not screen.desk.available))


def find(screen: "DeskScreen") -> None:
    """/ in the list: chats by name."""
    screen.sheets.find()


def unsent(screen: "DeskScreen") -> None:
    """From the palette or the help: texts that reached nobody."""
    screen.sheets.unsent()


def help_sheet(screen: "DeskScreen") -> None:
    """F1: every key, searchable."""
    screen.sheets.help()


def welcome(screen: "DeskScreen") -> None:
    """From the palette: the page of the first start."""
    screen.panes.welcome()


def palette(screen: "DeskScreen") -> None:
    """Ctrl+P: every action by name."""
    screen.sheets.palette()


def leave(screen: "DeskScreen") -> None:
    """Esc: whatever is on top goes; at last the focus goes to the list."""
    screen.panes.step_back()


def quit_desk(screen: "DeskScreen") -> None:
    """Ctrl+Q: asks once while chats are open."""
    screen.leaving.quit()
