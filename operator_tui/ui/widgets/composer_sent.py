"""A text on its way from the composer into the outbox, and the composer's limits."""

from msgspec import Struct, structs

from operator_tui.desk import drafts
from operator_tui.desk.drafts import Draft
from operator_tui.desk.text import SafeText, clean
from operator_tui.ui.numbers import grouped
from operator_tui.ui.words import tr, trn


class Sent(Struct, frozen=True):
    """What was submitted, and what has been typed since: that waits for the emptied composer."""

    draft: Draft
    typed: str = ""

    def after(self, key: str, character: str | None) -> "Sent | None":
        """After one more key; None when the key is none of writing."""
        match key:
            case "ctrl+j" | "shift+enter":
                return self.and_then("\n")
            case "backspace":
                return structs.replace(self, typed=self.typed[:-1])
            case _ if character is not None:
                return self.and_then(character)
            case _:
                return None

    def and_then(self, text: str) -> "Sent":
        """With more text behind; what goes over the limit of a draft is not taken."""
        if too_much(self.draft.text + self.typed, "", text):
            return self
        return structs.replace(self, typed=self.typed + clean(text))

    def back(self) -> Draft:
        """The whole as a draft again: nothing typed is lost."""
        return drafts.of(self.draft.text + self.typed, self.draft.inserted)


def too_much(text: str, gone: str, new: str) -> str:
    """Why `new` cannot take the place of `gone` in `text`; empty when it can."""
    if len(new) <= len(gone) and new.count("\n") <= gone.count("\n"):
        return ""
    over = len(text) - len(gone) + len(new) - SafeText.characters
    if over > 0 and len(new) > 1:
        return trn(
            "{n} character too many for one message. Nothing was inserted.",
            "{n} characters too many for one message. Nothing was inserted.",
            over,
            n=grouped(over),
        )
    if over > 0:
        return tr("A message has at most {limit} characters.", limit=grouped(SafeText.characters))
    if text.count("\n") - gone.count("\n") + new.count("\n") >= SafeText.lines:
        return tr("A message has at most {limit} lines.", limit=SafeText.lines)
    return ""
