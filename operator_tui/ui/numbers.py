"""Numbers as the operator's language writes them."""

from operator_tui.ui.words import trp


def grouped(n: int) -> str:
    """`n` with its thousands apart: English `4,000`, Dutch `4.000`, Polish and Finnish `4 000`.

    Their blank is one that does not break, so that no line ends inside a number.
    """
    return f"{n:,}".replace(",", trp("between thousands", ","))
