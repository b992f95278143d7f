"""Where things lie: what ships with the program, and the owner's own folder."""

import os
from pathlib import Path

import platformdirs

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
"""Icons, fonts, letters, playbooks, shops, help: in a checkout, a wheel and a frozen build."""

DESK_ENV = "RECOVERYDESK_DESK"


def data_folder() -> Path:
    """Return the folder that holds the owner's desk; it need not exist yet.

    Never a roaming or synced folder: two computers writing one desk would damage it.
    """
    return Path(platformdirs.user_data_dir("RecoveryDesk", appauthor=False, roaming=False))


def config_folder() -> Path:
    """Return the folder for the window's own state: sizes, columns, light or dark."""
    return Path(platformdirs.user_config_dir("RecoveryDesk", appauthor=False, roaming=False))


def outbox_folder() -> Path:
    """Return the folder for e-mail drafts on their way to the mail program."""
    return data_folder() / "outbox"


def default_desk() -> Path:
    """Return where the desk lies unless somebody says otherwise."""
    named = os.environ.get(DESK_ENV)
    return Path(named).expanduser() if named else data_folder() / "shop.desk"


def practice_desk() -> Path:
    """Return where the practice shop's desk lies, apart from the real one."""
    return data_folder() / "practice.desk"


def is_practice_desk(path: Path) -> bool:
    """Say whether a file is the practice shop's, or that of a second window at practice."""
    usual = practice_desk()
    return path.parent == usual.parent and (path == usual or path.stem.startswith(f"{usual.stem}-"))
