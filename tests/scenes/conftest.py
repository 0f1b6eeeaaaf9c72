"""Which scenes belong to plain `pytest`, and which to the slower group that CI runs."""

from pathlib import Path

import pytest

PLAIN = {"test_first_minutes", "test_keys_that_arrive_together"}
"""A desk is started for every scene: all of them would take plain `pytest` over its 90 seconds."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the other scenes `thorough`, before the markers choose what runs."""
    here = Path(__file__).parent
    for item in items:
        if item.path.parent == here and item.path.stem not in PLAIN:
            item.add_marker(pytest.mark.thorough)
