"""What every command is given, and how its options are described."""

import argparse
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from recoverydesk import __version__, places
from recoverydesk.domain.money import format_money, parse_amount
from recoverydesk.errors import (
    NotFoundError,
)
from recoverydesk.services import (
    people,
    shop,
)
from recoverydesk.storage.desk import Desk

Answer = tuple[Any, str]
"""What `--json` prints, and what a person reads."""


class Ask:
    """One run of the command line: its arguments, its desk, its clock."""

    def __init__(self, arguments: argparse.Namespace, now: datetime) -> None:
        self.arguments = arguments
        self.now = now
        self.desk_path: Path = arguments.desk or places.default_desk()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any value will do
        return getattr(self.arguments, name)

    def desk(self, *, create: bool = False) -> Desk:
        """Open the desk; `main` closes it."""
        try:
            opened = Desk(self.desk_path, create=create)
        except NotFoundError as error:
            raise NotFoundError(
                f"There is no desk at {self.desk_path}.",
                advice="Open the window once, or run: recoverydesk init --shop NAME",
            ) from error
        people.sign_in_owner(opened)
        self._opened = opened
        return opened

    def close(self) -> None:
        """Close what was opened."""
        opened = self.__dict__.get("_opened")
        if opened is not None:
            opened.close()

    def cents(self, desk: Desk, typed: str | None, field: str) -> int | None:
        """Return an amount as typed, in minor units."""
        if typed is None:
            return None
        view = shop.view(desk)
        return parse_amount(typed, currency=view.currency, locale=view.locale, field=field)

    def money(self, desk: Desk, cents: int) -> str:
        """Return an amount as a person reads it."""
        view = shop.view(desk)
        return format_money(cents, currency=view.currency, locale=view.locale)


Doing = Callable[[Ask], Answer]


class Commands:
    """Builds the parser, a command a line."""

    def __init__(self) -> None:
        self.everywhere = argparse.ArgumentParser(add_help=False)
        for parser, default in ((self.everywhere, argparse.SUPPRESS),):
            _common(parser, default)
        self.parser = argparse.ArgumentParser(
            prog="recoverydesk", description="Turn an unhappy customer into one who comes back."
        )
        _common(self.parser, None)
        self.parser.add_argument("--version", action="version", version=__version__)
        self.parser.add_argument(
            "--practice", action="store_true", help="open the window on the practice shop"
        )
        self.parser.set_defaults(doing=None, command=None)
        self.commands = self.parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(self, name: str, doing: Doing, words: str) -> argparse.ArgumentParser:
        """Add a command and return its parser."""
        parser = self.commands.add_parser(name, help=words, parents=[self.everywhere])
        parser.set_defaults(doing=doing)
        return parser


def add_texts(parser: argparse.ArgumentParser, *names: str, words: str = "") -> None:
    """Describe options that take text and may be left out."""
    for name in names:
        parser.add_argument(f"--{name}", default="", help=words or argparse.SUPPRESS)


def values_of(kinds: type[Enum]) -> list[str]:
    """Return what may be typed for a kind."""
    return [kind.value for kind in kinds]


def _common(parser: argparse.ArgumentParser, default: Any) -> None:  # noqa: ANN401 - any value will do
    parser.add_argument("--desk", type=Path, default=default, help="the desk's file")
    parser.add_argument(
        "--json",
        action="store_true",
        default=False if default is None else default,
        help="print one JSON value",
    )
