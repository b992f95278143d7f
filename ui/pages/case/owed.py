"""What a case asks for before anything else: a promise that was broken, a word that is owed."""

from recoverydesk.domain.case import Status
from recoverydesk.domain.days import short_words
from recoverydesk.domain.promise import QUIET_OPEN_DAYS, PromiseState
from recoverydesk.services import promises
from recoverydesk.services.case_pages import CaseView
from ui.session import Session
from ui.widgets.banners import Banner
from ui.wording import counted, filled, tr


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
