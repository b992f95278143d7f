"""Measure everything and print one table: `python -m tests.benchmarks [words for pytest -k]`.

The desks are made on the first run, which takes a minute or two longer. A missed limit is marked
and changes nothing else: a busy computer is not a defect.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.benchmarks import processes
from tests.benchmarks.limits import Figure, table


def in_process(wanted: str) -> Iterator[Figure]:
    """Run the benchmarks of pytest-benchmark, and yield what they measured."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        options = ["--benchmark-enable", "--benchmark-quiet", f"--benchmark-json={report}"]
        options += ["-q", "-p", "no:cacheprovider", "--timeout=0"]
        code = pytest.main([str(Path(__file__).parent), *options, "-k", wanted])
        if code:
            sys.exit(code)
        measured = json.loads(report.read_text(encoding="utf-8"))
    for one in measured["benchmarks"]:
        more = one["extra_info"]
        times = one["stats"]["data"]
        seconds = quantiles(times, n=20)[-1] if more["p95"] else median(times)
        yield Figure(more["what"], seconds * 1e3, more["limit_ms"], "ms")


def main() -> None:
    """Measure and print."""
    wanted = " ".join(sys.argv[1:])
    found = list(in_process(wanted))
    if not wanted:
        found += processes.figures()
    sys.stdout.write(f"\n{table(found)}\n")


if __name__ == "__main__":
    main()
