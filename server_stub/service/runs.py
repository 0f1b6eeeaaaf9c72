"""The runs of a server: by them it knows that its ledger was put back to an older copy.

Every start of a server is a run with an id of its own. The welcome tells it, and a desk says it
again with its cursor: so far the log went when that run told of it. A ledger that does not know
the run, or knows that the log did not go so far in it, is an older copy of the one from which the
desk has its events: since the copy was made, other events may have taken their numbers.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

KEPT_RUNS = 1_000
"""Runs that are remembered. A desk that was last told of an older one counts as one that knows
another copy, and gets a snapshot."""

Heads: TypeAlias = Mapping[str, int]
"""The seq of the last event of each operator's log."""


class Runs:
    """By id, how far the logs went when each began, in their order."""

    def __init__(self, began: Mapping[str, Heads] | None = None) -> None:
        self._began = dict(began or {})

    def begin(self, run: str, heads: Heads) -> Sequence[str]:
        """A run begins where the logs stand; gives those that are forgotten for it."""
        forgotten = list(self._began)[: max(0, len(self._began) + 1 - KEPT_RUNS)]
        for one in forgotten:
            del self._began[one]
        self._began[run] = heads
        return forgotten

    def told(self, run: str, operator: str, seq: int, head: int) -> bool:
        """Whether `run` may have told of the operator's log up to `seq`; it ends with `head` now.

        A run's log goes as far as the next run found it.
        """
        if run not in self._began:
            return False
        runs = list(self._began)
        after = runs[runs.index(run) + 1 :]
        return seq <= (self._began[after[0]].get(operator, 0) if after else head)
