"""What each of the two programs in the voucher race does."""

from datetime import datetime
from pathlib import Path

from recoverydesk.errors import DeskBusyError, RecoveryDeskError
from recoverydesk.services import vouchers
from recoverydesk.storage.desk import Desk


def redeem_all(path: Path, codes: list[str], now: datetime, together, taken) -> None:
    """Take 3.00 off each code as often as it goes, and report how often it went."""
    desk = Desk(path)
    times = 0
    for code in codes:
        together.wait(timeout=60)  # both reach for the same voucher at the same moment
        times += _as_often_as_it_goes(desk, code, now)
    desk.close()
    taken.put(times)


def _as_often_as_it_goes(desk: Desk, code: str, now: datetime) -> int:
    times = 0
    while True:
        try:
            vouchers.redeem(desk, code, now=now, amount_cents=300)
        except DeskBusyError:
            continue
        except RecoveryDeskError:
            return times
        times += 1


def redeem_each(path: Path, codes: list[str], now: datetime, together, told) -> None:
    """Take all that is on each code, once, and report how it went: "" for done, else the words."""
    desk = Desk(path)
    went: list[str] = []
    together.wait(timeout=60)
    for code in codes:
        went.append(_all_of_it(desk, code, now))
    desk.close()
    told.put(went)


def _all_of_it(desk: Desk, code: str, now: datetime) -> str:
    while True:
        try:
            vouchers.redeem(desk, code, now=now)
        except DeskBusyError:
            continue
        except RecoveryDeskError as error:
            return str(error)
        return ""
