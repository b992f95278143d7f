"""Log an unhappy customer: a few fields, one promise, one key to save."""

from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QWidget

from recoverydesk.domain.case import Channel
from recoverydesk.domain.money import currency_symbol, decimals
from recoverydesk.domain.second_failure import raised
from recoverydesk.errors import NotFoundError
from recoverydesk.services import alarms, attachments, customer_lists, customer_pages, intake, slips
from recoverydesk.services.customer_lists import CustomerRow
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.services.intake import MOST_STARS, Intake, Logged
from ui import look
from ui.dialogs.log_customer.alike import Alike
from ui.dialogs.log_customer.before import Before
from ui.dialogs.log_customer.channels import ChannelChoice, ReviewFields
from ui.dialogs.log_customer.promise import promise_words
from ui.dialogs.log_customer.received import Received, attach_button
from ui.dialogs.log_customer.story import More, Upset, Wanted, Words
from ui.dialogs.log_customer.who import Who
from ui.errors import told_to_owner
from ui.forms import Form
from ui.session import Session
from ui.widgets.buttons import Button, IconButton
from ui.widgets.dialog import Dialog
from ui.widgets.fields import LabelledField
from ui.wording import tr

if TYPE_CHECKING:
    from recoverydesk.documents.incoming import Mail

WIDTH = 1032
SIDE = 312


class Told(Enum):
    """How they learn at once that the shop has it."""

    LATER = auto()
    SLIP = auto()
    MAIL = auto()
    IN_PERSON = auto()


class LogCustomerDialog(Dialog):
    """Writes down what happened and starts the plan.

    Signals:
        logged: a case was saved. Argument: its id.
        slip_wanted: a slip that says so is to be printed, too. Argument: the case's id.
        mail_wanted: an e-mail that says so is to be written, too. Argument: the case's id.
    """

    logged = Signal(int)
    slip_wanted = Signal(int)
    mail_wanted = Signal(int)

    def __init__(
        self, session: Session, customer_id: int | None = None, *, parent: QWidget
    ) -> None:
        """Make the dialog; `open()` shows it.

        Args:
            session: the open desk.
            customer_id: whose page it was opened from; None asks who it is.
            parent: the window it belongs to.
        """
        super().__init__(
            parent,
            tr("Log an unhappy customer"),
            save=tr("Save and start the plan"),
            cancel=tr("Cancel"),
            width=WIDTH,
            side=SIDE,
        )
        self.setObjectName("log_customer")
        self.keep_typing(session)
        self._session = session
        self._who = Who(session)
        self._channels = ChannelChoice()
        self._review = ReviewFields()
        self._words = Words()
        self._wanted = Wanted(currency_symbol(session.shop.currency, session.shop.locale))
        self._upset = Upset()
        self._more = More(session.today())
        self._before = Before(session)
        self._alike = Alike(session)
        self._received = Received(session, self)
        self._earlier: alarms.Before | None = None
        self._left_alone = False
        self._form = Form(
            {
                "name": self._who.name,
                "phone": self._who.phone,
                "email": self._who.email,
                "review_site": self._review.site,
                "review_stars": self._review.stars,
                "review_link": self._review.link,
                "words": self._words,
                "asked": self._wanted.asked,
                "worth": self._wanted.worth,
                "occurred_on": self._more.occurred_on,
                "feeling": self._more.feeling,
            }
        )
        self._fill()
        self._connect()
        self._start_with(customer_id)
        self._show_promise()

    def _fill(self) -> None:
        self._heard = LabelledField(tr("&How did we hear?"), self._channels)
        self._review.hide()
        self.add(
            self._who,
            self._heard,
            self._review,
            self._words,
            self._received,
            self._wanted,
            self._upset,
            self._more,
        )
        self.body.addStretch(1)
        self.add_to_side(self._before, self._alike)
        self._more.add_button(attach_button(self._received))
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        self._who.known.connect(self._show_before)
        self._who.settled.connect(self._heard.focus_input)
        # Whoever types the name, presses Enter and goes on typing tells what happened.
        self._channels.typed.connect(self._words.type)
        self._channels.chosen.connect(self._show_review)
        self._upset.chosen.connect(self._show_promise)
        self._words.changed.connect(lambda: self._alike.type(self._words.text()))
        self._words.pasted.connect(self._take_review)
        self._words.offered.connect(self._received.attaching.take)
        self._received.mailed.connect(self._take_mail)
        for unfolds in (
            self._who.unfolded,
            self._channels.unfolded,
            self._more.unfolded,
            self._received.unfolded,
        ):
            # Once the layout knows of what has come.
            unfolds.connect(self._grow, Qt.ConnectionType.QueuedConnection)
        self.save_wanted.connect(self._log)
        slip = Button(tr("Save and print a s&lip"), icon="receipt")
        slip.setToolTip(tr("For their hand: the case's number, and by when they hear from you"))
        slip.clicked.connect(lambda _on: self._log(Told.SLIP))
        self.add_button(slip)
        self.add_button(self._other_ways())

    def _other_ways(self) -> IconButton:
        """Return the button for the rarer ways of telling them at once."""
        button = IconButton("chevron-down", tr("Tell them in another way"))
        menu = QMenu(button)
        for words, icon, told in (
            (tr("Save, and write an &e-mail that we have it"), "mail", Told.MAIL),
            (tr("Save; they were told in &person"), "handshake", Told.IN_PERSON),
        ):
            action = menu.addAction(look.icon(icon), words)
            action.triggered.connect(partial(self._log_told, told))
        button.set_menu(menu)
        return button

    def _log_told(self, told: Told, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        self._log(told)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures (Qt)."""
        if self._received.attaching.offers(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Keep what was dropped until the case is saved (Qt)."""
        if self._received.attaching.take(event.mimeData()):
            event.acceptProposedAction()

    def _take_mail(self, mail: "Mail") -> None:
        """Fill in what an e-mail tells, where nothing has been typed yet."""
        self._channels.choose(Channel.EMAIL)
        if not self._words.text().strip():
            self._words.set_text(mail.own_text or mail.subject)
        self._who.fill(mail.from_name, mail.from_email)

    def _take_review(self, pasted: str) -> None:
        """Take a pasted review apart: site, stars, link, and the words that are left."""
        from recoverydesk.documents.review import looks_like_review  # noqa: PLC0415 - seldom

        review = looks_like_review(pasted)
        if review is None or self._words.text().strip() != pasted.strip():
            return
        self._channels.choose(Channel.REVIEW)
        stars = None
        if review.stars is not None:
            stars = min(max(round(review.stars * MOST_STARS / review.most), 1), MOST_STARS)
        self._review.fill(review.site, stars, review.link)
        self._words.set_text(review.text)
        self._who.fill(review.name, "")

    def _start_with(self, customer_id: int | None) -> None:
        found = None
        if customer_id is not None:
            found = customer_lists.rows(self._session.desk, [customer_id]).get(customer_id)
        if found is None:
            self._who.setFocus()
        else:
            self._who.show_customer(found)
            self._words.focus_input()

    def _show_before(self, found: CustomerRow | None) -> None:
        self._earlier, self._left_alone = None, False
        self._alike.leave_out(None if found is None else found.customer_id)
        if found is None:
            self._before.show_nobody()
            self._wanted.fill_in_worth("")
            self._show_promise()
            return
        self._earlier = alarms.second_failure(
            self._session.desk, found.customer_id, now=self._session.now()
        )
        self._wanted.fill_in_worth(self._worth_of(found))
        try:
            view = customer_pages.view(self._session.desk, found.customer_id)
            self._left_alone = view.do_not_contact
            self._before.show_customer(view, self._earlier)
        except NotFoundError:
            # Gone since the list was read: saving will say so.
            self._before.show_nobody()
        self._show_promise()

    def _worth_of(self, found: CustomerRow) -> str:
        cents = found.worth_year_cents
        if cents is None:
            return ""
        amount = self._session.amount(cents)
        places = decimals(self._session.shop.currency)
        # Nobody counts a year's custom in pence.
        return amount[: -places - 1] if places and cents % 10**places == 0 else amount

    def _show_review(self) -> None:
        self._review.setVisible(self._channels.channel() is Channel.REVIEW)

    def _grow(self) -> None:
        """Take the room that unfolded fields need, as far as the screen has it."""
        self.body.activate()
        more = self.body.sizeHint().height() - self._scroll.viewport().height()
        most = self.screen().availableGeometry().height() - look.px(60)
        if more > 0 and self.height() < most:
            self.resize(self.width(), min(self.height() + more, most))
        self._show_focus()

    def _show_focus(self) -> None:
        focused = self.focusWidget()
        if focused is not None and self._scroll.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused, 0, look.px(72))

    def _show_promise(self) -> None:
        session = self._session
        if self._left_alone:
            self.set_note(tr("They asked not to be contacted, so no call is promised"), "phone-off")
            return
        now = session.now()
        severity = self._upset.severity()
        if self._earlier is not None:
            severity = raised(severity)
        due, hours = intake.first_contact_due(session.desk, severity, now=now)
        words = promise_words(session.local(due), hours, now=session.local(now))
        self.set_note(words, "clock")

    def _intake(self) -> Intake:
        name, phone, email = self._who.typed()
        review = self._channels.channel() is Channel.REVIEW
        site, stars, link = self._review.values() if review else ("", None, "")
        return Intake(
            customer=CustomerEntry(
                name=name, phone=phone, email=email, worth=self._wanted.worth_typed()
            ),
            customer_id=self._who.customer_id(),
            new_customer=self._who.is_new(),
            words=self._words.text(),
            severity=self._upset.severity(),
            channel=self._channels.channel(),
            asked=self._wanted.value(),
            feeling=self._more.feeling_typed(),
            occurred_on=self._form.take("occurred_on", self._more.day, None),
            review_site=site,
            review_stars=stars,
            review_link=link,
            safety_flag=self._more.hurt(),
            cause_id=self._alike.cause_id(),
        )

    def _log(self, told: Told = Told.LATER) -> None:
        self._form.start()
        self._who.take_namesake()
        entry = self._intake()
        with told_to_owner(self), self._form.pointing_out():
            if not self._form.ok():
                self._point_out()
                return
            logged = self._log_and_attach(entry, told)
            self.accept()
            self.logged.emit(logged.case_id)
            if told is Told.SLIP:
                self.slip_wanted.emit(logged.case_id)
            elif told is Told.MAIL:
                self.mail_wanted.emit(logged.case_id)
        self._point_out()

    def _log_and_attach(self, entry: Intake, told: Told) -> Logged:
        desk, now, files = self._session.desk, self._session.now(), self._received.files()
        if not files and told is not Told.IN_PERSON:
            return intake.log(desk, entry, now=now)
        # One change, and one Undo, for the case and what came with it.
        with desk.changing(intake.TOPICS | attachments.TOPICS, "") as change:
            logged = intake.log(desk, entry, now=now)
            attachments.add(desk, logged.case_id, files, now=now)
            if told is Told.IN_PERSON:
                slips.told_in_person(desk, logged.case_id, now=now)
            change.say(f"Log {logged.number}: {logged.customer}")
        return logged

    def _point_out(self) -> None:
        if self._more.in_trouble():
            self._more.open()
        self._form.ok()
        self._show_focus()
