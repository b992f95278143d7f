"""The program's look on the test application, at the usual size of text."""

import pytest

from ui import look
from ui.pages.case import CasePage
from ui.session import Session


@pytest.fixture(scope="session")
def qapp(qapp):
    look.apply(qapp, "light", scale=1.0)
    return qapp


@pytest.fixture
def dark(qapp):  # noqa: ARG001 - the look is its
    """Switch to dark for one test."""
    look.apply_mode("dark")
    yield
    look.apply_mode("light")


@pytest.fixture
def shown(qtbot):
    """Show a widget in an active window, where keys and shortcuts work."""
    kept = []

    def show(widget, width=800, height=600):
        qtbot.addWidget(widget)
        kept.append(widget)
        widget.resize(width, height)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return show


@pytest.fixture
def session(shop):
    """The shop's desk, open in a window."""
    session = Session(shop.desk, clock=lambda: shop.now)
    yield session
    session.jobs.stop()
    session.changes.stop()


@pytest.fixture
def case_page(session, shown):
    """Open the page on a case; what it wishes for is kept in `wishes`."""

    def open_page(case_id, section="", *, width):
        page = CasePage(session)
        page.wishes = []
        page.wished.connect(page.wishes.append)
        page.show_case(case_id, section)
        return shown(page, width, 900)

    return open_page
