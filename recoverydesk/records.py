"""The values that services hand out, and the rules work with.

`dataclass(frozen=True, slots=True)` writes and compiles seven functions for each class: 0.7 ms on
Python 3.11, a tenth of the program's start. A record compiles one and shares the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make a dataclass with slots that is compared, hashed and shown by its fields.

    It is frozen to the type checker, which knows every line that touches one; nothing is spent
    on guarding it a second time while the program runs.
    """
    made = dataclass(repr=False, eq=False, slots=True)(cls)
    names = [one.name for one in fields(made) if one.compare]  # type: ignore[arg-type]
    values: Callable[[Any], Any] = attrgetter(*names) if names else lambda _record: ()

    def same(self: T, other: object) -> bool:
        return (
            values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented
        )

    def hashed(self: T) -> int:
        return hash(values(self))

    for name, method in (("__eq__", same), ("__hash__", hashed), ("__repr__", _shown)):
        setattr(made, name, method)
    return made


def _shown(self: Any) -> str:  # noqa: ANN401 - any record
    shown = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"
