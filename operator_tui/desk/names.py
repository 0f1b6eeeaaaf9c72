"""How to call somebody."""

from operator_tui.desk.text import SafeLine, clean


def first_name(name: SafeLine) -> SafeLine:
    """The name one is called by: "Joost" of "Joost van den Heuvel" and of "Heuvel, Joost".

    The whole where the first word is none to call anybody by: an initial or a title ("J. Smit").
    """
    called = name.partition(",")[2].strip() or name.strip(" ,")
    word, _, rest = called.partition(" ")
    initial = len(word) == 1 or word.endswith(".")
    return clean(called if rest and initial else word, SafeLine)
