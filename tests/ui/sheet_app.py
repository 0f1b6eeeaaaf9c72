"""A small app with nothing but one sheet over an empty conversation; it keeps what it says."""

from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from operator_tui.desk.entries import Author, AuthorKind, Canned
from operator_tui.desk.entries import Message as Written
from operator_tui.desk.model import Channel, Chat, Colleague, Desk, Operator, Visitor, Waiting
from operator_tui.desk.text import SafeLine, clean
from operator_tui.desk.time import MINUTE, SECOND
from operator_tui.ui.look import Look
from operator_tui.ui.panels.canned import CannedSheet
from operator_tui.ui.panels.closing import ClosingSheet
from operator_tui.ui.panels.sheet import Sheet
from operator_tui.ui.panels.transfer import TransferSheet
from tests.ui.writing_app import LookApp

S = TypeVar("S", bound=Sheet)
NOW = 100 * MINUTE


class SheetApp(LookApp, Generic[S]):
    """The sheet stands at the bottom of the messages, as in the desk."""

    CSS = """
    Container { height: 1fr; layers: messages sheet; background: $ground-background; }
    Sheet { layer: sheet; dock: bottom; }
    """

    def __init__(self, sheet: S, worn: Look | None = None) -> None:
        super().__init__(worn)
        self.sheet = sheet
        self.said: list[Message] = []
        self.hinted = 0

    def compose(self) -> ComposeResult:
        yield Container(self.sheet)

    def on_mount(self) -> None:
        self.sheet.look = self.worn
        self.sheet.focus()

    def on_sheet_hints_changed(self) -> None:
        self.hinted += 1

    def on_sheet_closed(self, event: Sheet.Closed) -> None:
        self.said.append(event)

    def on_canned_sheet_chosen(self, event: CannedSheet.Chosen) -> None:
        self.said.append(event)

    def on_canned_sheet_slash_meant(self, event: CannedSheet.SlashMeant) -> None:
        self.said.append(event)

    def on_closing_sheet_chosen(self, event: ClosingSheet.Chosen) -> None:
        self.said.append(event)

    def on_closing_sheet_ticked(self, event: ClosingSheet.Ticked) -> None:
        self.said.append(event)

    def on_closing_sheet_confirmed(self, event: ClosingSheet.Confirmed) -> None:
        self.said.append(event)

    def on_transfer_sheet_confirmed(self, event: TransferSheet.Confirmed) -> None:
        self.said.append(event)

    @property
    def lines(self) -> list[str]:
        """The sheet as it is painted, without blanks at the right."""
        height = self.sheet.size.height
        return [self.sheet.render_line(y).text.rstrip() for y in range(height)]


def line(text: str) -> SafeLine:
    return clean(text, SafeLine)


def message(n: int, who: str | None, text: str, step: int | None = None) -> Written:
    kind = AuthorKind.OPERATOR if who else AuthorKind.VISITOR
    canned = Canned("close", edited=False, step=step) if step is not None else None
    author = Author(kind, line(who or "Joost"), who)
    return Written(f"m{n}", author, clean(text), NOW - 60 * SECOND + n, canned=canned)


def joost(*, owed: bool = False, steps: tuple[int, ...] = (1,)) -> Chat:
    timeline = [
        message(1, "marieke", "Ik kijk even."),
        message(2, "anna", "Is het opgelost, Joost?", 1),
    ]
    if owed:
        timeline.append(message(3, None, "Krijg ik dan een nieuwe, of wordt hij gerepareerd?"))
    return Chat(
        "c1",
        Visitor("v1", line("Joost van den Heuvel")),
        Channel.WEB,
        "nl",
        0,
        0,
        timeline=tuple(timeline),
        written=True,
        steps=steps,
        unanswered=1 if owed else 0,
        owed_since=NOW - 60 * SECOND + 3 if owed else None,
    )


def colleague(name: str, languages: str, taken: int, *, available: bool = True) -> Colleague:
    first = line(name).split()[0].lower()
    return Colleague(first, line(name), tuple(languages.split()), available, taken, 2)


def desk(*colleagues: Colleague) -> Desk:
    return Desk(
        Operator("anna", line("Anna")),
        chats={"c1": joost()},
        colleagues={one.id: one for one in colleagues},
        waiting=Waiting(3, NOW - 100 * SECOND),
    )


PIET = colleague("Piet Bakker", "nl", 0, available=False)
MARIEKE = colleague("Marieke Postma", "nl en", 1)
TOMASZ = colleague("Tomasz Zieliński", "pl en", 2)
KAISA = colleague("Kaisa Lehtonen-Österberg", "fi en", 0)
