"""Every paper a page can wish for opens, changes its make, prints, and is kept."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget

from recoverydesk.domain.contact import Way
from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import customers, papers, policies, shop_changes
from recoverydesk.services.customers import CustomerEntry
from tests.reading import text_of
from ui import printing
from ui.dialogs.labels import LabelsDialog
from ui.dialogs.paper import PaperDialog
from ui.dialogs.papers import MAKES, open_about, open_wished
from ui.pages.case.talk import Conversation
from ui.pages.settings.letterhead import LetterheadCard
from ui.pages.settings.shop_papers import ShopPapersCard
from ui.widgets.chips import Segmented
from ui.widgets.page import PrintAbout, PrintCertificate

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def printed(monkeypatch):
    """What went to the printer."""
    printed = []
    monkeypatch.setattr(
        printing, "print_pdf", lambda _parent, pdf, _title: printed.append(pdf) or True
    )
    return printed


@pytest.fixture
def open_paper(session, shown, qtbot):
    def opened(wish):
        dialog = open_about(shown(QWidget()), session, wish)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return opened


@pytest.fixture
def case_id(shop):
    case_id = shop.case(name="Ada Obi")
    entry = CustomerEntry(
        "Ada Obi", address="1 High St", postcode="BA1 1AA", town="Bath", note="Rings a lot"
    )
    customers.change(shop.desk, shop.view(case_id).customer_id, entry)
    shop.agreed(case_id, value_cents=2000, cost_cents=800)
    return case_id


@pytest.mark.parametrize("kind", list(MAKES), ids=lambda kind: kind.value)
def test_each_paper_opens_in_every_make_and_prints(kind, open_paper, case_id, printed, qtbot):
    dialog = open_paper(PrintAbout(kind, case_id))
    first = dialog.pdf
    assert text_of(first)
    choice = dialog.findChild(Segmented)
    for key, _words in [] if choice is None else choice._options[1:]:
        choice.choose(key)
        assert dialog.pdf != first
    qtbot.keyClick(dialog, Qt.Key.Key_P, CTRL)
    assert printed == [dialog.pdf]
    assert not dialog.isVisible()


def test_a_slip_that_was_printed_is_written_down_as_a_contact(
    open_paper, case_id, printed, qtbot, shop
):
    dialog = open_paper(PrintAbout(DocumentKind.SLIP, case_id))
    assert shop.view(case_id).contacts == ()
    qtbot.keyClick(dialog, Qt.Key.Key_P, CTRL)
    assert len(printed) == 1
    view = shop.view(case_id)
    assert "slip" in view.contacts[0].words
    assert (view.papers[0].kind, view.papers[0].status) == (
        DocumentKind.SLIP,
        DocumentStatus.PRINTED,
    )


@pytest.mark.usefixtures("printed")
def test_a_policy_that_was_printed_has_its_version_and_settings_say_so(
    open_paper, session, shop, shown, qtbot
):
    card = shown(ShopPapersCard(session))
    card.show_standing()
    assert "has not been printed yet" in card._standing.text()
    qtbot.keyClick(open_paper(PrintAbout(DocumentKind.POLICY)), Qt.Key.Key_P, CTRL)
    assert policies.standing(shop.desk).version == 1
    card.show_standing()
    assert card._standing.text().startswith("Your policy was last printed as version 1")
    shop_changes.change(shop.desk, voucher_terms="Not for cash.")
    card.show_standing()
    assert card._standing.text().endswith("Since then you changed: Vouchers.")
    wished = []
    card.wished.connect(wished.append)
    card._want(DocumentKind.POSTER)
    assert wished == [PrintAbout(DocumentKind.POSTER)]


def test_a_certificate_comes_on_a_page_or_on_a_roll(session, shown, shop, case_id):
    code = shop.voucher(case_id=case_id).code
    parent = shown(QWidget())
    open_wished(parent, session, PrintCertificate(code), show_case=print)
    dialog = parent.findChild(PaperDialog)
    page = dialog.pdf
    dialog.findChild(Segmented).choose("roll")
    assert dialog.pdf != page
    dialog.close()


def test_labels_begin_where_the_sheet_still_has_some(session, shown, shop, case_id):
    parent = shown(QWidget())
    dialog = LabelsDialog(session, [shop.view(case_id).customer_id], parent=parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.open()
    start = dialog.findChild(QLineEdit)
    for typed, says in (("x", "a number from 1 to 21"), ("22", "labels 1 to 21")):
        start.setText(typed)
        dialog.save_wanted.emit()
        assert dialog.isVisible()
        assert any(says in one.text() for one in dialog.findChildren(QLabel))
    start.setText("5")
    dialog.save_wanted.emit()
    assert not dialog.isVisible()
    shown_paper = parent.findChild(PaperDialog)
    assert "Ada Obi" in text_of(shown_paper.pdf)
    shown_paper.close()


def test_who_has_no_address_is_named_and_left_out_of_the_labels(session, shown, shop, case_id):
    ids = [shop.customer("Ben Li"), shop.view(case_id).customer_id]
    dialog = LabelsDialog(session, ids, parent=shown(QWidget()))
    assert any(
        one.text() == "There is no address for Ben Li." for one in dialog.findChildren(QLabel)
    )
    assert dialog._customer_ids == (ids[1],)
    assert dialog.save_button.isEnabled()
    assert not LabelsDialog(session, ids[:1], parent=shown(QWidget())).save_button.isEnabled()


def test_a_slip_goes_as_an_e_mail_draft_and_counts_once_it_is_sent(
    open_paper, session, shop, monkeypatch
):
    case_id = shop.case(name="Cem Su", email="cem@example.org")
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    dialog = open_paper(PrintAbout(DocumentKind.SLIP, case_id))
    dialog._mail_button.click()
    dialog._mail_button.click()
    names = [Path(one.toLocalFile()).name for one in opened]
    assert names == [f"{session.today()} Slip Cem Su.eml", f"{session.today()} Slip Cem Su 2.eml"]
    (mail,) = shop.view(case_id).papers
    assert (mail.kind, mail.status) == (DocumentKind.EMAIL, DocumentStatus.PREPARED)
    assert not shop.view(case_id).contacts
    assert (
        Path(opened[0].toLocalFile()).read_bytes() == papers.content(shop.desk, mail.document_id)[1]
    )
    talk = Conversation(session)
    talk._mark_gone(mail)
    assert shop.view(case_id).contacts[0].way is Way.EMAIL


def test_a_paper_for_nobody_offers_no_e_mail(open_paper, shop):
    case_id = shop.case()
    assert open_paper(PrintAbout(DocumentKind.POLICY))._mail_button.isHidden()
    assert not open_paper(PrintAbout(DocumentKind.SLIP, case_id))._mail_button.isHidden()


def test_how_letters_stand_is_saved_at_once(session, shown, shop):
    card = shown(LetterheadCard(session))
    card.show_shop(session.shop)
    envelope = card.findChild(QComboBox)
    envelope.choose("us_10")
    envelope.chosen.emit("us_10")
    card._careful.setChecked(True)
    card._typeface.choose("sans")
    card._folds.setChecked(False)
    view = session.shop
    assert (view.envelope, view.typeface) == ("us_10", "sans")
    assert (view.fold_marks, view.admits_fault) == (False, False)
    shop.desk.undo()
    assert session.shop.fold_marks


def test_an_envelope_without_an_address_says_so(session, shown, shop):
    parent = shown(QWidget())
    wish = PrintAbout(DocumentKind.ENVELOPE, shop.case(name="Ada Obi"))
    with pytest.raises(InvalidEntryError, match="no address for Ada Obi"):
        open_about(parent, session, wish)


@pytest.mark.parametrize(("days", "first"), [(0, "February 2026"), (10, "March 2026")])
def test_early_in_a_month_its_page_begins_with_the_month_before(open_paper, shop, days, first):
    shop.later(days=days)
    dialog = open_paper(PrintAbout(DocumentKind.MONTH_PAGE))
    assert first in text_of(dialog.pdf)
    assert dialog.findChild(Segmented)._options[0][1] == first


def test_a_month_page_that_went_out_is_kept(open_paper, printed, qtbot, shop):
    dialog = open_paper(PrintAbout(DocumentKind.MONTH_PAGE))
    qtbot.keyClick(dialog, Qt.Key.Key_P, CTRL)
    assert papers.content(shop.desk, 1) == ("2026-02 Month page.pdf", printed[0])
