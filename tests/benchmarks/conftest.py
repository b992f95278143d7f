"""As ordinary tests benchmarks run once, on a small desk: `python -m tests.benchmarks` measures."""

from dataclasses import dataclass

import pytest

from recoverydesk.services import people
from recoverydesk.storage.desk import Desk
from tests.benchmarks import desks
from tests.benchmarks.clock import NOW

TRIAL = 150
"""Cases where nothing is measured."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a benchmark works: a desk of its own, and how often to measure."""

    desk: Desk
    rounds: int
    cases: int


@pytest.fixture
def ground(request, tmp_path, benchmark):
    """Open a desk of the wanted size, or a small one where nothing is measured."""
    wanted = getattr(request, "param", desks.USUAL)
    if benchmark.disabled:
        path = desks.make(tmp_path / "trial.desk", TRIAL)
    else:
        path = desks.copy_of(wanted, tmp_path)
    desk = Desk(path, clock=lambda: NOW)
    people.sign_in_owner(desk)
    yield Ground(desk, rounds=1 if benchmark.disabled else 40, cases=wanted)
    desk.close()


@pytest.fixture
def measure(benchmark, ground):
    """Measure a call against its limit: the median, or the 95th percentile.

    What takes a second or more is `slow`: three rounds tell enough.
    """

    def run(what, limit_ms, call, *, prepare=None, p95=False, slow=False):
        grows = "" if ground.cases == desks.USUAL else f", {ground.cases:,} cases"
        benchmark.extra_info.update(
            what=f"{what}{grows}{', 95th percentile' if p95 else ''}",
            limit_ms=limit_ms,
            p95=p95,
        )
        return benchmark.pedantic(
            call,
            setup=prepare,
            rounds=min(ground.rounds, 3) if slow else ground.rounds,
            warmup_rounds=0 if prepare or slow else 2,
        )

    return run
