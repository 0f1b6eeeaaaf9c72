"""What the program hands the desk at its start: choices already made, files already read."""

from collections.abc import Mapping
from datetime import UTC, tzinfo

from msgspec import Struct

from operator_tui.desk.canned import CannedReply
from operator_tui.desk.etiquette import Etiquette
from operator_tui.store.ports import Drafts, IconSet, Leftovers, Remembered, Settings
from operator_tui.ui.look import Look, Theme


class Setup(Struct, frozen=True, eq=False):
    """Everything the screens need beside the backend and the clock."""

    look: Look
    icons: IconSet
    theme: str
    themes: Mapping[str, Theme]
    """Those that can be worn, that one among them."""
    canned: tuple[CannedReply, ...]
    """Canned replies in all languages."""
    etiquette: Mapping[str, Etiquette]
    """What remarks on a draft go by, by language."""
    drafts: Drafts
    settings: Settings
    leftovers: Leftovers | None = None
    """Where to look for unsent things once the server has said who the operator is."""
    zone: tzinfo = UTC
    """In which moments are shown."""
    remembered: Remembered = Remembered()
    """What `settings` held at the start."""
    notices: tuple[str, ...] = ()
    """Sentences to show once the desk stands: a broken theme, a mistake in the canned replies."""
