"""Make a real desk of the release that is checked out: `python -m tests.data.desks.make`.

Run it once, when a release has a new upgrade step, and never overwrite an older one.
"""

from pathlib import Path

from recoverydesk.storage import upgrade
from recoverydesk.storage.desk import Desk
from tests.storage.filling import AT, fill


def main() -> None:
    path = Path(__file__).with_name(f"{upgrade.steps()[-1][:4]}.desk")
    path.unlink(missing_ok=True)
    desk = Desk(path, clock=lambda: AT)
    fill(desk)
    desk.close()


if __name__ == "__main__":
    main()
