"""Asking first, and agreeing. The values are stored: never change one."""

from enum import StrEnum


class LineKind(StrEnum):
    """One step of finding what makes it right."""

    ASKED = "asked"
    OFFERED = "offered"
    COUNTERED = "countered"
    AGREED = "agreed"
    DECLINED = "declined"
