from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from operator_tui.wire.frames import Result
from server_stub.service.ledger import Answered, Ledger
from server_stub.service.ledger_file import FileLedger
from tests.server_stub.service.books import contents, unhurried

NAMES = ("anna", "bram")
operators = st.sampled_from(NAMES)
devices = st.sampled_from(("laptop", "phone"))


class Epochs:
    """The same names for both ledgers, in the order in which they are asked for."""

    def __init__(self) -> None:
        self.given = 0

    def __call__(self) -> str:
        self.given += 1
        return f"epoch-{self.given}"


class Twins(RuleBasedStateMachine):
    """A ledger in memory, and one that is closed and opened again after every step."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "ledger.db"
        self.epochs = Epochs()
        self.memory = Ledger(NAMES, Epochs())
        self.file = FileLedger(self.path, NAMES, self.epochs, unhurried)

    @rule(operator=operators, device=devices, ahead=st.sampled_from((-1, 0, 1)), own=st.booleans())
    def admit(self, operator: str, device: str, ahead: int, own: bool) -> None:
        known = self.memory.admit(operator, device, None, 0)
        assert self.file.admit(operator, device, None, 0) == known
        epoch, seq = known.epoch if own else "another", max(0, known.head + ahead)
        standing = self.memory.admit(operator, device, epoch, seq)
        assert self.file.admit(operator, device, epoch, seq) == standing

    @rule(events=st.lists(st.tuples(operators, st.integers(0, 9), st.binary(max_size=9))))
    def happens(self, events: list[tuple[str, int, bytes]]) -> None:
        self.memory.commit(events)
        self.file.commit(events)

    @rule(operator=operators, device=devices, skip=st.integers(-2, 2), name=st.sampled_from("ab"))
    def op(self, operator: str, device: str, skip: int, name: str) -> None:
        standing = self.memory.admit(operator, device, None, 0)
        assert self.file.admit(operator, device, None, 0) == standing
        n, generation = standing.last_n + 1 + skip, standing.generation
        if n < 1:
            return
        judged = self.memory.judge(operator, device, generation, n, f"{name}{n}")
        assert self.file.judge(operator, device, generation, n, f"{name}{n}") == judged
        if judged is None:
            answered = Answered(operator, device, Result(n, f"{name}{n}", ok=skip == 0))
            kept = self.memory.commit([(operator, n, b"{}")], answered)
            assert self.file.commit([(operator, n, b"{}")], answered) == kept

    @invariant()
    def both_are_the_same_after_a_restart(self) -> None:
        self.file.close()
        self.file = FileLedger(self.path, NAMES, self.epochs, unhurried)
        assert contents(self.file) == contents(self.memory)

    def teardown(self) -> None:
        self.file.close()
        self.folder.cleanup()


TestTwins = Twins.TestCase
TestTwins.settings = settings(max_examples=12, stateful_step_count=12)
