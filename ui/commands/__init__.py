"""What the command line can do: the same services as the windows, a command a function.

Loaded only for a command, as it takes every service along: the window's start does without.
"""

import argparse
import dataclasses
import json
import os
import sys
from datetime import UTC, date, datetime
from typing import Any

from recoverydesk.errors import NotYetError, RecoveryDeskError
from ui import needs
from ui.commands import cases, desks, imports, money, papers, people, register
from ui.commands.asking import Ask, Commands

UNICODE = ("utf", "UTF")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    make = Commands()
    for group in (desks, cases, money, papers, people, register, imports):
        group.add_commands(make)
    return make.parser


def _json(value: Any) -> Any:  # noqa: ANN401 - any value will do
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "total_seconds"):
        return int(value.total_seconds())
    raise TypeError(f"no JSON for {type(value).__name__}")


def run(arguments: argparse.Namespace, *, now: datetime | None = None) -> int:
    """Do what a parsed command line asks for, and print what comes of it.

    Args:
        arguments: of `build_parser`, with a command among them.
        now: this moment (UTC); None takes the computer's.

    Returns:
        The exit code.
    """
    ask = Ask(arguments, now or datetime.now(UTC))
    try:
        answer, text = arguments.doing(ask)
    except ImportError as error:
        words = needs.explained(error)
        if not words:
            raise
        sys.stderr.write(f"{words}\n")
        return 1
    except NotYetError as error:
        return _say(error, code=2)
    except RecoveryDeskError as error:
        return _say(error, code=1)
    finally:
        ask.close()
    try:
        sys.stdout.write(f"{_shown(answer, text, as_json=arguments.json)}\n")
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _shown(answer: Any, text: str, *, as_json: bool) -> str:  # noqa: ANN401 - any value will do
    """Return what to print, in signs that this console or file can take."""
    encoding = sys.stdout.encoding or "utf-8"
    if as_json:
        return json.dumps(answer, default=_json, ensure_ascii=not encoding.startswith(UNICODE))
    return text.encode(encoding, errors="replace").decode(encoding)


def _say(error: RecoveryDeskError, *, code: int) -> int:
    sys.stderr.write(" ".join(part for part in (str(error), error.advice) if part) + "\n")
    return code
