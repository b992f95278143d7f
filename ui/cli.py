"""The program's entry: the window, or one of the commands for scripts and scheduled tasks.

Exit codes: 0 done; 1 the owner can mend it (one plain sentence on stderr); 2 wrong usage, or
something that a later release will do. With `--json` one JSON value goes to stdout; money is in
whole minor units of the desk's currency.
"""

import argparse
import builtins
import gc
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import ModuleType

from ui import needs


def main(argv: Sequence[str] | None = None, *, now: datetime | None = None) -> int:
    """Run one command; without one, open the window.

    Args:
        argv: the arguments; None takes the process's own.
        now: this moment (UTC), for a command; None takes the computer's.

    Returns:
        The exit code.
    """
    words = sys.argv[1:] if argv is None else list(argv)
    arguments = _window_wish(words)
    if arguments is None:
        from ui import commands  # noqa: PLC0415 - every service at once: not for the window's start

        arguments = commands.build_parser().parse_args(words)
        if arguments.doing is not None:
            return commands.run(arguments, now=now)
    return _open_window(arguments)


def _window_wish(words: Sequence[str]) -> argparse.Namespace | None:
    """Return how the window is to be opened; None where the whole parser has to look."""
    wish = argparse.Namespace(desk=None, practice=False)
    left = iter(words)
    for word in left:
        name, _, value = word.partition("=")
        if word == "--practice":
            wish.practice = True
        elif name == "--desk" and (value := value or next(left, "")) and value[0] != "-":
            wish.desk = Path(value)
        else:
            return None
    return wish


def load_app() -> ModuleType:
    """Load the window's modules: in the order, and in the way, that costs a start the least.

    The garbage collector rests meanwhile: it would look through some hundred thousand new objects,
    again and again, to find that all of them are needed (25 ms). `app.open_window` wakes it again.

    Once PySide is loaded, each import reads the source of what it imports, to find out whether that
    module asks for one of PySide's optional spellings (`from __feature__ import`). So the core,
    which knows no Qt, comes first (12 ms); and as nobody here asks for one, Python's own import
    goes back into its place (8 ms).
    """
    gc.disable()
    from recoverydesk.services import agendas, case_lists, people, shop  # noqa: F401, PLC0415

    plain_import = builtins.__import__
    import PySide6.QtCore  # noqa: F401, PLC0415 - a command doesn't pay for it

    builtins.__import__ = plain_import
    from ui import app  # noqa: PLC0415 - as above

    return app


def _open_window(arguments: argparse.Namespace) -> int:
    if not needs.has_display():
        return _without_display(arguments)
    missing = needs.missing_for_display()
    if missing:
        sys.stderr.write(f"{needs.advice(missing)}\n")
        return 1
    return int(load_app().main(desk_path=arguments.desk, practice=arguments.practice))


def _without_display(arguments: argparse.Namespace) -> int:
    """Say that there is no screen; the practice shop still makes its papers."""
    if not arguments.practice:
        sys.stderr.write(
            "There is no display here, so the window can't open. "
            "The commands work without one: recoverydesk --help\n"
        )
        return 1
    sys.stdout.write(
        "There is no display here, so the window can't open. "
        "Making the papers and pictures of the practice shop instead.\n"
    )
    return main(["demo"])


if __name__ == "__main__":
    sys.exit(main())
