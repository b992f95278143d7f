"""First start: the shop in half a minute, everything skippable."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from recoverydesk.domain.shop_kind import ShopKind
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import shop_setup
from recoverydesk.services.presets import shop_preset
from recoverydesk.services.shop_setup import ShopSetup
from ui import look
from ui.errors import told_to_owner
from ui.forms import Form
from ui.pages.welcome.picture import WelcomePicture
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.choices import ChoiceCards, Select
from ui.widgets.fields import LabelledField, TextField
from ui.widgets.layouts import STRETCH, boxed, column, row
from ui.widgets.pictures import PictureField
from ui.widgets.scrolls import ScrollArea
from ui.widgets.text import Icon, Text
from ui.wording import tr

PAYS = ("EUR", "GBP", "USD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "JPY", "KWD")
"""Offered by name; the country's own comes first."""


class WelcomePage(QWidget):
    """Asks for the shop once.

    Signals:
        done: the shop is set up. Argument: whether to open the practice shop first.
    """

    done = Signal(bool)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("welcome")
        self._session = session
        self._locale = shop_setup.usual_locale(QLocale.system().name())
        self._make_fields()
        self.open_button = Button(
            tr("&Open the shop"), "primary", trail="arrow-right", size="large"
        )
        self.open_button.clicked.connect(lambda _on: self._open())
        self.skip_button = Button(tr("S&kip, I'll do this later"), "link")
        self.skip_button.clicked.connect(lambda _on: self._skip())
        form = boxed(self._form())
        form.setMaximumWidth(look.px(560))
        scroll = ScrollArea(boxed(row(STRETCH, (form, 8), STRETCH, margins=(32, 24, 32, 24))))
        picture = WelcomePicture()
        self.setLayout(row((picture, 11), (scroll, 14)))
        self.name.setFocus()

    def _make_fields(self) -> None:
        self.name = TextField()
        self.owner = TextField()
        kinds = [(kind.value, shop_preset(kind).name) for kind in ShopKind]
        self.kind = Select(kinds, name=tr("Kind of shop"))
        self.kind.choose(ShopKind.SHOP.value)
        usual = shop_setup.usual_currency(self._locale)
        pays = dict.fromkeys((usual, *PAYS))
        papers = {"a4": "A4", "letter": "US Letter"}
        first = shop_setup.usual_paper(self._locale)
        second = "letter" if first == "a4" else "a4"
        self.pay = Select(
            [(f"{code} {first}", f"{code}, {papers[first]}") for code in pays]
            + [(f"{code} {second}", f"{code}, {papers[second]}") for code in (usual, "EUR", "USD")],
            name=tr("Currency and paper"),
        )
        self.logo = PictureField(
            tr("Drop your logo here, or choose a file"),
            tr("PNG or JPEG. You can do this later."),
            field="logo",
        )
        self.begin = ChoiceCards(
            [
                ("practice", tr("With a practice shop"), tr("Look around, nothing is real"), "eye"),
                ("empty", tr("Empty"), tr("Log a first customer"), "plus"),
            ],
            name=tr("How would you like to begin?"),
        )
        self.begin.choose("practice")

    def _form(self) -> QVBoxLayout:
        name = LabelledField(tr("&Shop name"), self.name)
        owner = LabelledField(tr("&Your name"), self.owner, tr("signs the letters"))
        kind = LabelledField(tr("&Kind of shop"), self.kind, tr("brings its usual causes"))
        pay = LabelledField(tr("&Currency and paper"), self.pay)
        logo = LabelledField(tr("&Logo"), self.logo, tr("optional"))
        begin = LabelledField(tr("How would you like to &begin?"), self.begin)
        self._form_fields = Form(
            {"name": name, "owner": owner, "kind": kind, "currency": pay, "logo": logo}
        )
        self.logo.refused.connect(self._refuse)
        self.logo.picked.connect(lambda _content: logo.clear_error())
        return column(
            STRETCH,
            Text(tr("Welcome. Tell us about your shop."), "page"),
            2,
            Text(tr("This is what your letters and gift cards will say."), "body", "text2"),
            22,
            name,
            16,
            row((owner, 1), (kind, 1), gap=16),
            16,
            pay,
            16,
            logo,
            16,
            begin,
            22,
            row(
                Icon("lock", "text3"),
                Text(tr("Everything stays on this computer."), "secondary", "text3"),
                STRETCH,
                self.skip_button,
                self.open_button,
                gap=12,
            ),
            STRETCH,
        )

    def _refuse(self, error: InvalidEntryError) -> None:
        self._form_fields.show(error)

    def _open(self) -> None:
        if not self.name.text().strip():
            self._form_fields.start()
            advice = tr("It stands on every letter. “Skip” does without for now.")
            self._refuse(InvalidEntryError("name", tr("What is your shop called?"), advice=advice))
            self.name.setFocus()
            return
        currency, _, paper = self.pay.key().partition(" ")
        self._set_up(
            ShopSetup(
                name=self.name.text(),
                kind=ShopKind(self.kind.key()),
                currency=currency,
                locale=self._locale,
                paper=paper,
                owner=self.owner.text(),
                logo=self.logo.content(),
                time_zone=shop_setup.local_zone(),
            ),
            practice=self.begin.key() == "practice",
        )

    def _skip(self) -> None:
        self._set_up(
            ShopSetup(locale=self._locale, time_zone=shop_setup.local_zone()), practice=False
        )

    def _set_up(self, setup: ShopSetup, *, practice: bool) -> None:
        self._form_fields.start()
        with told_to_owner(self), self._form_fields.pointing_out():
            shop_setup.set_up(self._session.desk, setup, now=self._session.now())
            self.done.emit(practice)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground (Qt)."""
        painter = QPainter(self)
        look.paint_ground(painter, self.rect(), look.theme().bg)
        painter.end()
