"""Actions of a play that are one act and take no time."""

from operator_tui.desk.entries import NO_TEXT, Language
from server_stub.plays.play import (
    Action,
    Close,
    Go,
    IgnoreInvitation,
    Leave,
    Rate,
    Reactivate,
    Return,
    Share,
    StopSharing,
)
from server_stub.plays.who import ANY, in_language
from server_stub.visitors import acts


def plain(action: Action, language: Language = ANY) -> acts.Act | None:
    """The act that `action` is; None when it is none, or more than one."""
    match action:
        case Leave():
            return acts.Leaves()
        case Return(page):
            return acts.Returns(page)
        case Go(page):
            return acts.GoesTo(page)
        case Close():
            return acts.Closes()
        case Share(texts):
            return acts.SharesScreen(in_language(texts, language) or NO_TEXT)
        case StopSharing():
            return acts.StopsSharing()
        case Rate(stars):
            return acts.Rates(stars)
        case IgnoreInvitation():
            return acts.IgnoresInvitation()
        case Reactivate(silence):
            return acts.Reactivates(silence)
        case _:
            return None
