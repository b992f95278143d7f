import pytest

from tests.journeys.owner import Owner
from ui.app import open_window


@pytest.fixture
def open_shop(qtbot):
    """Open the window on a desk; closed again when the test is over."""
    windows = []

    def open_it(path, *, now):
        window = open_window(path, now=now)
        window.resize(1366, 768)
        windows.append(window)
        with qtbot.waitActive(window):
            window.activateWindow()
        return Owner(window, qtbot)

    yield open_it
    for window in windows:
        window.close()
        window.deleteLater()
