import gc
from pathlib import Path

import pytest

from tests.conftest import NOW
from ui import cli


@pytest.fixture
def collector():
    """Leave the garbage collector as it was."""
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.usefixtures("collector", "qapp")
def test_the_garbage_collector_rests_only_until_the_window_is_painted(tmp_path, monkeypatch, qtbot):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    app = cli.load_app()
    assert not gc.isenabled()
    window = app.open_window(tmp_path / "first.desk", now=NOW)
    qtbot.addWidget(window)
    qtbot.waitUntil(gc.isenabled)


@pytest.mark.parametrize(
    ("words", "desk", "practice"),
    [
        ([], None, False),
        (["--practice"], None, True),
        (["--desk", "a.desk"], "a.desk", False),
        (["--desk=a.desk", "--practice"], "a.desk", True),
        (["--prac", "--json"], None, True),
    ],
)
def test_without_a_command_the_window_opens(words, desk, practice, monkeypatch):
    asked = []
    monkeypatch.setattr(cli, "_open_window", lambda wish: asked.append(wish) or 0)
    assert cli.main(words) == 0
    (wish,) = asked
    assert wish.desk == (None if desk is None else Path(desk))
    assert wish.practice is practice


def test_a_desk_left_out_is_wrong_usage(capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(["--desk"])
    assert left.value.code == 2
    assert "--desk" in capsys.readouterr().err
