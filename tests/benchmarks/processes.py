"""What is measured as whole processes: the start, the memory, the pages, a batch of letters."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks import desks
from tests.benchmarks.limits import Figure

PAIRS = 7
ROOT = Path(__file__).parents[2]


def figures() -> Iterator[Figure]:
    """Measure, and yield one line after the other."""
    with tempfile.TemporaryDirectory() as folder:
        desk = str(desks.copy_of(desks.USUAL, Path(folder)))
        home = Path(folder, "home")
        home.mkdir()
        yield from _start(desk, home)
        yield from _pages(desk, home)
        ours, bare = _pair(("letters", "ours"), ("letters", "bare"), home)
        yield Figure("100 letters in one PDF", ours, 2 * bare, "s", f"raw canvas {bare:.2f} s x 2")
        yield from _word_processor(ours, home)


def _word_processor(ours: float, home: Path) -> Iterator[Figure]:
    """Yield how long LibreOffice takes for the same letters, where it is installed."""
    program = shutil.which("soffice")
    if program is None:
        return
    folder = Path(home, "documents")
    folder.mkdir()
    run(("letters", "documents", str(folder)), home)
    files = sorted(map(str, folder.glob("*.fodt")))
    words = [program, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    environment = os.environ | {"HOME": str(home)}
    options = {"env": environment, "stdout": subprocess.DEVNULL, "timeout": 600}
    # The first call makes its profile, which it doesn't do each time.
    subprocess.run([*words, files[0]], check=True, **options)
    started = time.perf_counter()
    subprocess.run([*words, *files], check=True, **options)
    theirs = time.perf_counter() - started
    made = len(list(folder.glob("*.pdf")))
    beside = f"LibreOffice, {made} documents in one call: {theirs:.1f} s / 5"
    yield Figure("the same beside a word processor", ours, theirs / 5, "s", beside)


def _start(desk: str, home: Path) -> Iterator[Figure]:
    ours, bare = _pair(("window", "start", desk), ("bare",), home)
    yield Figure(
        "start to first painted Today", ours, 2 * bare, "s", f"bare window {bare:.2f} s x 2"
    )
    found = json.loads(run(("window", "look", desk), home)[1])
    yield Figure("resident memory by then", found["mb"], 150, "MB", found["page"])


def _pages(desk: str, home: Path) -> Iterator[Figure]:
    found = json.loads(run(("window", "visit", desk), home)[1])
    for page, times in found["opened"].items():
        yield Figure(f"open {page}", median(times[1:]), 100, "ms", f"first time {times[0]:.0f} ms")
    yield Figure("resident memory after every page", found["mb"], 150, "MB")


def _pair(ours: Sequence[str], bare: Sequence[str], home: Path) -> tuple[float, float]:
    """Return the medians of two processes, run in turn so that a busy minute hits both."""
    for words in (ours, bare):
        run(words, home)  # the first one fills the disk's cache
    pairs = [(run(ours, home)[0], run(bare, home)[0]) for _ in range(PAIRS)]
    return median(one for one, _ in pairs), median(other for _, other in pairs)


def run(words: Sequence[str], home: Path) -> tuple[float, str]:
    """Return how many seconds a module of ours took from its start to its end, and its words."""
    module, *arguments = words
    environment = os.environ | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "APPDATA": str(home),
        "LOCALAPPDATA": str(home),
        "QT_LOGGING_RULES": "default.warning=false",  # what the offscreen screen cannot do
        "PYTHONPYCACHEPREFIX": str(home),  # an installed program is compiled, so this is too
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=300,
    )
    return time.perf_counter() - started, done.stdout
