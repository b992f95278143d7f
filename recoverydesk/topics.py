"""The parts of the desk that a change can touch."""

from enum import Flag, auto


class Topic(Flag):
    """What a change touched; whoever shows one of its topics reads again."""

    NOTHING = 0
    SHOP = auto()
    CUSTOMERS = auto()
    CASES = auto()
    CONTACTS = auto()
    FOLLOW_UPS = auto()
    REMEDIES = auto()
    VOUCHERS = auto()
    CAUSES = auto()
    CORRECTIONS = auto()
    DOCUMENTS = auto()
    EVERYTHING = (
        SHOP
        | CUSTOMERS
        | CASES
        | CONTACTS
        | FOLLOW_UPS
        | REMEDIES
        | VOUCHERS
        | CAUSES
        | CORRECTIONS
        | DOCUMENTS
    )
