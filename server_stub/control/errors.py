"""What a trainer asked for and cannot have."""


class OrderError(Exception):
    """Why an order was not carried out, and what to do instead."""

    def __init__(self, what: str, suggestion: str = "") -> None:
        super().__init__(" ".join(filter(None, (what, suggestion))))
