"""Making the file of a desk that isn't there yet."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from recoverydesk.storage import upgrade
from recoverydesk.storage.connection import APPLICATION_ID, DeskDatabase, sync_folder


def make(path: Path) -> None:
    """Make a new desk aside and give it its name once it is whole.

    Killed half-way it leaves nothing at `path`; an empty file there would look like a loss.
    """
    aside = Path(tempfile.mkdtemp(prefix=".new-desk-", dir=path.parent))
    try:
        fresh = aside / path.name
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        db = DeskDatabase(fresh)
        db.connect()
        try:
            db.pragma("application_id", APPLICATION_ID)
            upgrade.upgrade(db, fresh)
        finally:
            db.close()
        with suppress(FileExistsError):  # another process was faster: theirs it is
            _name(fresh, path)
        sync_folder(path.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _name(fresh: Path, path: Path) -> None:
    """Move `fresh` to `path`, never over something that is there."""
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError(path) from None
        fresh.rename(path)
