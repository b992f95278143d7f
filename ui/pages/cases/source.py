"""Where the cases' list gets its lines."""

from array import array
from collections.abc import Mapping, Sequence

from recoverydesk.services import case_lists
from recoverydesk.services.case_lists import CaseFilter, CaseRow
from ui.session import Session


class CaseSource:
    """One list of cases: narrowed, and in order.

    Attributes:
        known: the ids so far of a list so long that a worker fetches the rest; None asks the
            desk every time.
    """

    def __init__(
        self, session: Session, wanted: CaseFilter, *, sort: str, descending: bool
    ) -> None:
        """Describe a list; nothing is read yet.

        Args:
            session: the open desk.
            wanted: what narrows it.
            sort: one of `case_lists.SORTS`.
            descending: whether the largest comes first.
        """
        self.known: Sequence[int] | None = None
        self._session = session
        self._wanted = wanted
        self._sort = sort
        self._descending = descending

    def ids(self) -> Sequence[int]:
        """Return the ids of the cases in the list, as far as they are known."""
        return self.fetch() if self.known is None else self.known

    def fetch(self, most: int | None = None) -> Sequence[int]:
        """Ask the desk for the ids, or for the first of them; on any thread."""
        found = case_lists.ids(
            self._session.desk,
            self._wanted,
            now=self._session.now(),
            sort=self._sort,
            descending=self._descending,
            most=most,
        )
        return array("q", found)

    def rows(self, ids: Sequence[int], /) -> Mapping[int, CaseRow]:
        """Return the lines of some cases."""
        return case_lists.rows(self._session.desk, ids)
