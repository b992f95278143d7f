"""The paper with the way back for a forgotten PIN: printed at once, and never kept."""

from recoverydesk.domain.names import tidy_name
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import shop
from recoverydesk.services.letterheads import letterhead
from recoverydesk.storage.desk import Desk

HEADING = "The way back"
WORDS = (
    "If the PIN is forgotten: choose the name, then “Forgot it?”, and type this code. "
    "It works once. Keep this where only you look; it stands nowhere else."
)


def way_back(desk: Desk, name: str, code: str) -> bytes:
    """Return the code as a PDF of one small card. Nothing of it is written to the desk.

    Args:
        desk: the open desk.
        name: whose PIN it is.
        code: as it was shown when the PIN was set.

    Raises:
        InvalidEntryError: there is no code to print any more.
    """
    # Papers are drawn on demand; ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.slip import WayBack, draw_way_back  # noqa: PLC0415 - start-up doesn't pay for it

    if not code.strip():
        raise InvalidEntryError("code", "There is no code to print. Set the PIN anew to get one.")
    with desk.reading():
        view = shop.view(desk)
        return draw_way_back(
            WayBack(
                letterhead=letterhead(desk, view),
                heading=HEADING,
                person=tidy_name(name) if name.strip() else view.owner,
                code=code,
                words=WORDS,
            )
        )
