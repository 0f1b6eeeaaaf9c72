"""What a connection is told before anything else."""

from operator_tui.desk.entries import Id
from operator_tui.wire.codec import snapshot
from operator_tui.wire.frames import VERSION, Hello, Welcome
from server_stub.peer import Admitted
from server_stub.service.cutting import snapshot_of
from server_stub.service.ledger import Standing
from server_stub.service.practice import Caller, Practice


def admitted(
    practice: Practice, operator: Id, hello: Hello, standing: Standing, rate: float
) -> Admitted:
    """The welcome, and the snapshot for a client that cannot resume."""
    desk = practice.desk(operator)
    welcome = Welcome(
        v=VERSION,
        epoch=standing.epoch,
        mode="resume" if standing.resumes else "snapshot",
        head=standing.head,
        last_n=standing.last_n,
        operator=desk.operator,
        now=practice.now,
        rate=rate,
        policy=desk.policy,
        run=practice.ledger.run,
    )
    caller = Caller(operator, hello.device, standing.generation)
    if standing.resumes:
        return Admitted(caller, welcome, hello.seq, ())
    parts = tuple(snapshot(snapshot_of(desk), standing.head))
    return Admitted(caller, welcome, standing.head, parts)
