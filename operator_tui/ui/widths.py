"""From how many columns of the screen on there is room for what."""

RAIL_FROM = 60
"""The list stands beside the conversation, as a rail."""
LIST_FROM = 80
"""The list as rows of names and words; lines are less dense."""
WORDS_FROM = 100
"""Availability and places are said in words."""
WIDE_FROM = 110
"""The visitor's card beside the conversation, long labels of keys, the connection's lag."""
ROOMY_FROM = 136
"""The list and the card at their widest."""

RAIL_BELOW = 24
"""Cells of the list itself below which it is a rail: it has 15 then, else 32 and more."""
