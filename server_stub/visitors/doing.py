"""Actions of a play that are one act and take no time."""

from server_stub.visitors import acts
from server_stub.visitors.play import (
    Action,
    Close,
    Go,
    Leave,
    Rate,
    Reactivate,
    Return,
    Share,
    StopSharing,
)


def plain(action: Action) -> acts.Act | None:
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
        case Share():
            return acts.SharesScreen()
        case StopSharing():
            return acts.StopsSharing()
        case Rate(stars):
            return acts.Rates(stars)
        case Reactivate(silence):
            return acts.Reactivates(silence)
        case _:
            return None
