"""The closing protocol: five steps before a good goodbye, as data (R78 to R83, R103)."""

from msgspec import Struct, structs

from operator_tui.desk.debts import owed
from operator_tui.desk.entries import Message, Step
from operator_tui.desk.model import Chat


class ClosingStep(Struct, frozen=True):
    """One step, and the canned reply that does it."""

    step: Step
    canned: str


STEPS = (
    ClosingStep(1, "close_1_resolved"),  # R79: is it solved?
    ClosingStep(2, "close_2_anything_else"),  # R80: anything else?
    ClosingStep(3, "close_3_thanks"),  # R81: thanks for time and report
    ClosingStep(4, "close_4_suggestions"),  # R82: any suggestions?
    ClosingStep(5, "close_5_farewell"),  # R83: goodbye
)


def open_steps(chat: Chat) -> tuple[Step, ...]:
    """The steps that are not ticked yet, in their order."""
    return tuple(step.step for step in STEPS if step.step not in chat.steps)


def unanswered_question(chat: Chat) -> Message | None:
    """The visitor's last message if an answer is owed: to be shown before the chat is closed."""
    messages = owed(chat)
    return messages[-1] if messages else None


def ready(chat: Chat) -> bool:
    """Whether the chat can be closed without a question: every step done and nothing owed."""
    return not open_steps(chat) and chat.unanswered == 0


def ticked(chat: Chat, step: Step | None, *, done: bool = True) -> Chat:
    """The chat with closing step `step` ticked or unticked; the same chat when `step` is None."""
    if step is None or (step in chat.steps) is done:
        return chat
    others = (other for other in chat.steps if other != step)
    return structs.replace(chat, steps=tuple(sorted((*others, step) if done else others)))
