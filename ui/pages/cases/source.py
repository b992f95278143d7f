"""Where the cases' list gets its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recoverydesk.services import case_lists
from recoverydesk.services.case_lists import CaseFilter, CaseRow
from ui.session import Session


@dataclass(frozen=True, slots=True)
class CaseSource:
    """One list of cases: narrowed, and in order."""

    session: Session
    wanted: CaseFilter
    sort: str
    descending: bool

    def ids(self) -> Sequence[int]:
        """Return the ids of all cases in the list."""
        return self._ids(None)

    def first(self, most: int) -> Sequence[int]:
        """Return the first ids."""
        return self._ids(most)

    def rows(self, ids: Sequence[int], /) -> Mapping[int, CaseRow]:
        """Return the lines of some cases."""
        return case_lists.rows(self.session.desk, ids)

    def _ids(self, most: int | None) -> Sequence[int]:
        return case_lists.ids(
            self.session.desk,
            self.wanted,
            now=self.session.now(),
            sort=self.sort,
            descending=self.descending,
            most=most,
        )
