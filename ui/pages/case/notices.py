"""What a case asks for before anything else.

Safety, a fix that doesn't hold, a second failure, a word that is owed.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.case import Status
from recoverydesk.domain.days import short_words
from recoverydesk.domain.promise import QUIET_OPEN_DAYS, PromiseState
from recoverydesk.services import promises, relapses
from recoverydesk.services.case_pages import CaseView
from recoverydesk.services.relapses import Relapse
from ui.session import Session
from ui.widgets.banners import Banner
from ui.widgets.layouts import column
from ui.wording import counted, filled, tr


class Notices(QWidget):
    """Up to four banners above the stages, the most urgent first; gone where nothing is urgent.

    Signals:
        safe_wanted: it has been made safe; write down how.
        call_wanted: somebody turns to the customer in person.
        word_wanted: a word in between is given.
        relapse_wanted: somebody looks into what came back. Argument: the `Relapse`.
    """

    safe_wanted = Signal()
    call_wanted = Signal()
    word_wanted = Signal()
    relapse_wanted = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._seen: Relapse | None = None
        self._safety, self._alarm, self._owed = Banner(), Banner(), OwedBanner(session)
        self._relapse = Banner()
        self._relapse.acted.connect(lambda: self.relapse_wanted.emit(self._seen))
        self._safety.acted.connect(self.safe_wanted)
        self._alarm.acted.connect(self.call_wanted)
        self._owed.acted.connect(self.word_wanted)
        self.setLayout(column(self._safety, self._relapse, self._alarm, self._owed, gap=8))

    def show_case(self, view: CaseView) -> None:
        """Show what is urgent in a case."""
        self._show_safety(view)
        self._show_relapse(view)
        self._show_alarm(view)
        self._owed.show_case(view)
        shown = (self._safety, self._relapse, self._alarm, self._owed)
        self.setVisible(any(not banner.isHidden() for banner in shown))

    def _show_safety(self, view: CaseView) -> None:
        if not view.safety_flag or view.safety_done_at is not None or view.closed_at is not None:
            self._safety.hide()
            return
        words = tr(
            "Do this now: see to whoever is hurt, and stop it from hurting anybody else. "
            "Keep what caused it and take a photo; then tell your insurer."
        )
        self._safety.show_message(
            words, tr("It is safe now…"), tone="danger", icon="triangle-alert", closable=False
        )

    def _show_relapse(self, view: CaseView) -> None:
        """Say that a fix doesn't hold, or that the same thing happens too often."""
        desk, now = self._session.desk, self._session.now()
        found = relapses.of_case(desk, view.case_id, now=now) if view.cause_id is not None else ()
        if not found:
            self._relapse.hide()
            return
        self._seen = found[0]
        back = self._seen.correction_id is not None
        words = tr("Look at the fix…") if back else tr("Plan a fix…")
        self._relapse.show_message(
            " ".join(one.words for one in found),
            words,
            tone="danger" if back else "warn",
            icon="repeat" if back else "wrench",
            closable=False,
        )

    def _show_alarm(self, view: CaseView) -> None:
        if not view.alarm or view.status is not Status.OPEN:
            self._alarm.hide()
            return
        self._alarm.show_message(view.alarm, tr("Log contact…"), icon="repeat", closable=False)


class OwedBanner(Banner):
    """Says that a customer waits for a word; `acted` asks for the way to give it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def show_case(self, view: CaseView) -> None:
        """Show what is owed; nothing while it is their turn, or all is well."""
        words = self._words(view)
        if words:
            self.show_message(
                words, tr("Still on it…"), tone="danger", icon="hourglass", closable=False
            )
        else:
            self.hide()

    def _words(self, view: CaseView) -> str:
        if view.status is not Status.OPEN:
            return ""
        now = self._session.now()
        broken = [one for one in view.promises if one.state(now) is PromiseState.BROKEN]
        if broken:
            at = self._session.local(broken[0].promised_at)
            day = short_words(at.date(), self._session.today())
            hour = f" {at:%H:%M}" if broken[0].timed else ""
            return filled(
                "{name} was promised a word by {when}.", name=view.greeting, when=day + hour
            )
        if view.last_update_at is None:
            return ""  # the clock of the first word says so already
        hours = self._session.shop.hours
        days = promises.quiet_days(view.last_update_at, now=now, hours=hours)
        if days < QUIET_OPEN_DAYS:
            return ""
        long = counted(days, "{n} opening day", "{n} opening days")
        return filled("{name} has heard nothing for {long}.", name=view.greeting, long=long)
