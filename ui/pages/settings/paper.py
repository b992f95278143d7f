"""What the shop's paper says: name, address, logo, signature."""

from collections.abc import Callable

from recoverydesk.services import shop_changes
from recoverydesk.services.shop import ShopView
from ui.errors import told_to_owner
from ui.forms import Form
from ui.pages.settings.shown import Shown
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.fields import LabelledField, TextArea, TextField
from ui.widgets.layouts import STRETCH, column, row
from ui.widgets.pictures import PictureField
from ui.wording import tr


class PaperCard(Card):
    """The texts and pictures of the letterhead."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("What your paper says"), tr("Letters, gift cards and checklists"))
        self._session = session
        self._shown = Shown()
        self._texts: dict[str, TextField] = {}
        fields: dict[str, LabelledField] = {}
        for key, label, hint in (
            ("name", tr("Shop name"), ""),
            ("owner", tr("Your name"), tr("signs the letters")),
            ("tagline", tr("Line under the name"), tr("optional")),
            ("phone", tr("Phone"), ""),
            ("email", tr("E-mail"), ""),
            ("legal_line", tr("Small print at the foot"), tr("optional")),
        ):
            self._texts[key] = TextField()
            fields[key] = LabelledField(label, self._texts[key], hint)
        self._address = TextArea(lines=3)
        fields["address"] = LabelledField(tr("Address"), self._address, tr("as on an envelope"))
        self._terms = TextArea(lines=3)
        fields["voucher_terms"] = LabelledField(tr("Terms on gift cards"), self._terms)
        self._logo = PictureField(tr("Choose a logo"), tr("PNG or JPEG"), field="logo")
        self._signature = PictureField(
            tr("Choose a signature"), tr("a photo of it on white paper"), field="signature"
        )
        fields["logo"] = LabelledField(tr("Logo"), self._logo)
        fields["signature"] = LabelledField(tr("Signature"), self._signature)
        self._form = Form(fields)
        for which, picture in (("logo", self._logo), ("signature", self._signature)):
            picture.refused.connect(self._form.show)
            picture.picked.connect(self._picker(which))
        self.save_button = Button(tr("Save what the paper says"), "secondary", icon="check")
        self.save_button.clicked.connect(lambda _on: self.save())
        self.body.addLayout(row((fields["name"], 1), (fields["owner"], 1), gap=16))
        self.body.addLayout(row((fields["tagline"], 1), (fields["legal_line"], 1), gap=16))
        self.body.addLayout(
            row(
                (fields["address"], 1),
                (column(fields["phone"], fields["email"], gap=12), 1),
                gap=16,
            )
        )
        self.body.addWidget(fields["voucher_terms"])
        self.body.addLayout(row((fields["logo"], 1), (fields["signature"], 1), gap=16))
        self.body.addLayout(row(STRETCH, self.save_button))

    def show_shop(self, view: ShopView) -> None:
        """Show what is saved; words being typed stay."""
        for key, field in self._texts.items():
            self._shown.show(key, field, getattr(view, key))
        self._shown.show("address", self._address, view.address)
        self._shown.show("voucher_terms", self._terms, view.voucher_terms)
        desk = self._session.desk
        for picture, name in (
            (self._logo, view.logo_hash),
            (self._signature, view.signature_hash),
        ):
            picture.show_picture(None if name is None else desk.read_blob(name))

    def _picker(self, which: str) -> Callable[[bytes], None]:
        def pick(content: bytes) -> None:
            with told_to_owner(self), self._form.pointing_out():
                shop_changes.set_picture(self._session.desk, which, content)

        return pick

    def unsaved(self) -> bool:
        """Say whether something typed here isn't saved."""
        return self._shown.any_edited()

    def forget(self) -> None:
        """Let go of what is typed; the fields say again what is saved."""
        self._form.start()
        self._shown.put_back()
        self.show_shop(self._session.shop)

    def save(self) -> None:
        """Save what is typed; what can't be taken is pointed out and stays."""
        self._form.start()
        texts = {key: field.text() for key, field in self._texts.items() if key != "owner"}
        with told_to_owner(self), self._form.pointing_out():
            shop_changes.change(
                self._session.desk,
                owner=self._texts["owner"].text(),
                address=self._address.text(),
                voucher_terms=self._terms.text(),
                **texts,
            )
            self._shown.forget()
            self.show_shop(self._session.shop)
