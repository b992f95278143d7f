"""Which way each character of a line runs (Unicode's bidirectional algorithm, UAX 9)."""

import unicodedata
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any, TypeVar

HAS_BIDI = find_spec("bidi") is not None  # no wheel for Windows on Arm
_LEFTWARD = ("R", "AL")

_T = TypeVar("_T")


def base_level(text: str) -> int:
    """Return 1 where the first letter that has a direction runs to the left, else 0."""
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind == "L":
            return 0
        if kind in _LEFTWARD:
            return 1
    return 0


def levels(text: str, base: int) -> list[int]:
    """Return the embedding level of each character: odd runs to the left."""
    if not HAS_BIDI:
        return [1 if unicodedata.bidirectional(sign) in _LEFTWARD else base for sign in text]
    from bidi import algorithm  # noqa: PLC0415 - only for text that needs it

    storage: dict[str, Any] = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text, storage, upper_is_rtl=False, debug=False)
    for index, entry in enumerate(storage["chars"]):
        entry["index"] = index
    for step in (
        algorithm.explicit_embed_and_overrides,
        algorithm.resolve_weak_types,
        algorithm.resolve_neutral_types,
        algorithm.resolve_implicit_levels,
    ):
        step(storage, debug=False)
    found = {entry["index"]: int(entry["level"]) for entry in storage["chars"]}
    result: list[int] = []
    for index in range(len(text)):
        # The algorithm drops joiners; they go with the letter before them.
        result.append(found.get(index, result[-1] if result else base))
    return result


def in_visual_order(items: Sequence[_T], item_levels: Sequence[int]) -> list[_T]:
    """Return a line's pieces as they stand from left to right (rule L2)."""
    pairs = list(zip(item_levels, items, strict=True))
    for level in range(max(item_levels, default=0), 0, -1):
        start = 0
        while start < len(pairs):
            end = start
            while end < len(pairs) and pairs[end][0] >= level:
                end += 1
            pairs[start:end] = pairs[start:end][::-1]
            start = max(end, start + 1)
    return [item for _, item in pairs]
