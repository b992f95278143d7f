import importlib
import pkgutil
from enum import StrEnum

import pytest

import recoverydesk.domain
from recoverydesk.domain.case import Severity, Stage
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.voucher import VoucherKind, VoucherStatus
from recoverydesk.places import RESOURCES
from ui import wording

NEVER_SHOWN = {
    *("MergeField", "Fact", "Part", "Hint", "Rung", "ShopKind", "Health"),
    *("FigureKind", "Measure", "SpanName", "Speed", "DayOrder", "Lever"),
}
"""Enums that stand in files or code, or whose words stand there: the kinds of shop, and what only
Learn and the sales file show, which the program's start doesn't pay for."""


def stored_enums():
    for module in pkgutil.iter_modules(recoverydesk.domain.__path__):
        loaded = importlib.import_module(f"recoverydesk.domain.{module.name}")
        for kind in vars(loaded).values():
            if (
                isinstance(kind, type)
                and issubclass(kind, StrEnum)
                and kind.__module__ == loaded.__name__
                and kind.__name__ not in NEVER_SHOWN
            ):
                yield kind


@pytest.mark.parametrize("kind", sorted(stored_enums(), key=lambda kind: kind.__name__))
def test_every_stored_value_has_words_and_an_icon_that_ships(kind):
    for value in kind:
        label = wording.label(value)
        assert label.text
        assert not label.icon or (RESOURCES / "icons" / f"{label.icon}.svg").exists()


def test_words_are_those_of_the_screens():
    assert [label.text for _value, label in wording.labels(Severity)] == [
        "Annoyed",
        "Upset",
        "Furious",
    ]
    assert [label.text for _value, label in wording.labels(Stage)] == [
        "Listen",
        "Own it",
        "Make it right",
        "Fix the cause",
        "Follow up",
        "Done",
    ]


def test_equal_values_of_different_enums_keep_their_own_words():
    assert RemedyKind.VOUCHER.value == "voucher"
    assert wording.label(VoucherStatus.PART_USED).text == "Part used"
    assert wording.label(VoucherKind.GIFT_CARD).icon == "gift"


def test_numbers_read_right():
    said = [wording.counted(count, "{n} case", "{n} cases") for count in (0, 1, 2)]
    assert said == ["0 cases", "1 case", "2 cases"]


def test_what_people_typed_is_never_read_as_a_pattern():
    said = wording.filled("Undo: {what} for {name}", what="{name}", name="{0.__class__}")
    assert said == "Undo: {name} for {0.__class__}"
    assert wording.filled("50 % {off", off="x") == "50 % {off"
