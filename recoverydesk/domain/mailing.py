"""What addresses are printed on, beside letters."""

from enum import StrEnum


class EnvelopeSize(StrEnum):
    """An envelope to print on, its long side across."""

    DL = "dl"
    """110 x 220 mm."""
    C6 = "c6"
    """114 x 162 mm."""
    C5 = "c5"
    """162 x 229 mm."""
    US_10 = "us_10"
    """4 1/8 x 9 1/2 in."""


class LabelSheet(StrEnum):
    """A sheet of labels by its maker's number; others sell the same under their own."""

    L7160 = "L7160"
    """A4, 21 of 63.5 x 38.1 mm."""
    L7163 = "L7163"
    """A4, 14 of 99.1 x 38.1 mm."""
    A3474 = "3474"
    """A4, 24 of 70 x 37 mm."""
    A5160 = "5160"
    """Letter, 30 of 2 5/8 x 1 in."""
    A5163 = "5163"
    """Letter, 10 of 4 x 2 in."""


LABELS_ON = {
    LabelSheet.L7160: 21,
    LabelSheet.L7163: 14,
    LabelSheet.A3474: 24,
    LabelSheet.A5160: 30,
    LabelSheet.A5163: 10,
}
"""How many labels a sheet has."""
