"""Who runs the tests without the extra `browser` does not have Playwright, and needs none.

Who asks for these tests and has no Playwright, or no Chromium, sees them fail.
"""

from importlib.util import find_spec
from pathlib import Path

import pytest

THERE = find_spec("playwright") is not None

if THERE:
    from tests.browser.tabs import anna, chromium, context, noor, server, tab

    __all__ = ["anna", "chromium", "context", "noor", "server", "tab"]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Nothing is imported from here in a run that leaves these tests out anyway."""
    unwanted = "not browser" in str(config.option.markexpr)
    return True if unwanted and not THERE and collection_path.suffix == ".py" else None
