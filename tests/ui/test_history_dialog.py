"""The history of a case can be read: by day, with what was before and after, by keyboard too."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from recoverydesk.domain.case import Severity
from recoverydesk.errors import NotFoundError
from recoverydesk.services import attachments, cases, contacts, customers, people, severities
from recoverydesk.services.cases import Story
from recoverydesk.services.contacts import ContactEntry
from recoverydesk.services.customers import CustomerEntry
from recoverydesk.topics import Topic
from ui.dialogs import history
from ui.dialogs.history import EntryRow, HistoryDialog

LONG = "It leaks whenever I fill it right up to the mark, and the handle is hot. " * 6


@pytest.fixture
def case_id(shop):
    shop.desk.clock = lambda: shop.now
    return shop.case(name="Ada Obi")


@pytest.fixture
def opened(session, shown, qtbot, case_id):
    def make(which=case_id):
        dialog = HistoryDialog(session, which, parent=shown(QWidget()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
        return dialog

    return make


def entries(dialog):
    return dialog.findChildren(EntryRow)


def said(widget):
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def log(shop, case_id, words="Rang."):
    contacts.log(shop.desk, case_id, ContactEntry(words=words), now=shop.now)


def test_changes_stand_under_their_days_newest_first(opened, shop, case_id):
    shop.later(days=1)
    severities.change_severity(shop.desk, case_id, Severity.ABOUT_TO_LEAVE, now=shop.now)
    dialog = opened()
    words = said(dialog)
    assert dialog.windowTitle() == "History of R-2026-0001"
    days = [words.index(day) for day in ("Tuesday 3 March 2026", "Monday 2 March 2026")]
    assert days == sorted(days)
    newest, oldest = entries(dialog)
    assert said(newest)[:4] == [
        "10:00", "How upset they are: R-2026-0001", "How upset they are", "Upset → Furious",
    ]  # fmt: skip
    assert "Log R-2026-0001: Ada Obi" in said(oldest)
    assert "Newest first. Nothing here can be changed." in words
    assert not any(one.startswith("Show") for one in words)


def test_who_did_it_stands_with_it_where_several_work_here(opened, shop, case_id):
    shop.desk.person_id = people.add_staff(shop.desk, "Jo Bell")
    log(shop, case_id)
    newest = entries(opened())[0]
    assert "Jo Bell" in said(newest)
    assert newest.accessibleName() == (
        "Monday 2 March 2026, 10:00, Jo Bell, Log a contact: R-2026-0001"
    )


def test_what_was_taken_back_or_taken_away_says_so(opened, shop, case_id):
    log(shop, case_id)
    shop.desk.undo()
    undo, contact, _log = entries(opened())
    assert "Taken back later" in said(contact)
    assert contact.accessibleDescription().startswith("Taken back later.")
    assert "Taken back later" not in said(undo)
    assert "Contact, taken away" in said(undo)
    assert "Call. We turned to them. Spoke with them. Rang." in said(undo)
    assert any(one.endswith(" → nothing") for one in said(undo))


def test_it_is_read_aloud_without_arrows(opened, shop, case_id):
    customer_id = shop.view(case_id).customer_id
    customers.change(shop.desk, customer_id, CustomerEntry("Ada Obi", phone="07700 900123"))
    customers.change(shop.desk, customer_id, CustomerEntry("Ada Obi"))
    gone, came, _log = entries(opened())
    assert gone.accessibleDescription() == ("Ada Obi, Phone: from 07700 900123 to nothing.")
    assert came.accessibleDescription() == "Ada Obi, Phone: 07700 900123"
    assert "Ada Obi" in said(came)


def test_what_it_did_to_the_case_itself_comes_first(opened, shop, case_id):
    cases.tell(shop.desk, case_id, Story("It drips.", "It drips.", agreed=True), now=shop.now)
    words = said(entries(opened())[0])
    assert words.index("Stage") < words.index("First call: what went wrong?")


def test_arrows_lead_from_change_to_change_and_tab_leads_out(opened, shop, case_id, qtbot):
    for number in range(6):
        log(shop, case_id, str(number))
    dialog = opened()
    rows = entries(dialog)
    assert QApplication.focusWidget() is rows[0]
    qtbot.keyClick(rows[0], Qt.Key.Key_Up)
    assert QApplication.focusWidget() is rows[0]
    for row in rows[:-1]:
        qtbot.keyClick(row, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is rows[-1]
    bar = dialog._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    qtbot.keyClick(rows[-1], Qt.Key.Key_Down)
    qtbot.keyClick(rows[-1], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.cancel_button
    qtbot.keyClick(dialog.cancel_button, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is rows[-1]
    qtbot.mouseClick(rows[-2], Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is rows[-2]


def test_the_keys_that_scroll_do_so_and_escape_closes(opened, shop, case_id, qtbot):
    for number in range(30):
        log(shop, case_id, str(number))
    dialog = opened()
    bar = dialog._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 2 * bar.pageStep())
    for key, place in (
        (Qt.Key.Key_PageDown, bar.pageStep()),
        (Qt.Key.Key_PageUp, 0),
        (Qt.Key.Key_End, bar.maximum()),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(entries(dialog)[0], key)
        assert bar.value() == place
    qtbot.keyClick(entries(dialog)[0], Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_older_changes_come_when_asked_for(opened, shop, case_id, qtbot, monkeypatch):
    monkeypatch.setattr(history, "PAGE", 5)
    for number in range(11):
        log(shop, case_id, LONG[number:])
    dialog = opened()
    assert len(entries(dialog)) == 5
    button = dialog._older
    assert button.accessibleName() == "Show older"
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert len(entries(dialog)) == 10
    new = entries(dialog)[5]
    qtbot.waitUntil(lambda: QApplication.focusWidget() is new)
    qtbot.waitUntil(lambda: new.visibleRegion().boundingRect() == new.rect())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(entries(dialog)) == 12
    assert not button.isVisible()
    qtbot.waitUntil(entries(dialog)[-1].isVisible)
    assert "Log R-2026-0001: Ada Obi" in said(entries(dialog)[-1])
    assert said(dialog).count("Monday 2 March 2026") == 1


@pytest.mark.parametrize("width", [760, 420])
def test_long_words_wrap_and_are_never_cut(opened, shop, case_id, qtbot, width):
    cases.tell(shop.desk, case_id, Story(f"{LONG}It is old."), now=shop.now)
    shop.later(minutes=1)
    cases.tell(shop.desk, case_id, Story(f"{LONG}It is new."), now=shop.now)
    log(shop, case_id, "x" * 400)
    dialog = opened()
    dialog.resize(width, 600)
    qtbot.waitUntil(lambda: dialog.width() == width)
    QApplication.processEvents()
    texts = [one for row in entries(dialog) for one in row.findChildren(QLabel)]
    assert texts
    for text in texts:
        assert text.toolTip() == ""
        assert text.height() >= text.heightForWidth(text.width())
        edge = text.mapTo(dialog, text.rect().topRight()).x()
        assert edge < width
    assert any(one.text().endswith("It is new.") for one in texts)


def test_what_people_typed_is_shown_as_it_is(opened, shop, case_id):
    log(shop, case_id, "<b>{before}</b>")
    name = "<i>{after}</i>"
    with shop.desk.changing(attachments.TOPICS, "Attach"):
        attachments.Attachment.create(
            case=case_id, name=name, media_type="text/plain", at=shop.now,
            content=shop.desk.keep_blob(b"x", "text/plain"),
        )  # fmt: skip
    words = said(opened())
    assert any("<b>{before}</b>" in one for one in words)
    assert f"{name}." in words


def test_a_case_that_is_gone_is_refused(session, shown):
    with pytest.raises(NotFoundError):
        HistoryDialog(session, 99, parent=shown(QWidget()))


def test_a_case_that_was_brought_in_with_thousands_says_why_there_is_nothing(shop, session, shown):
    with shop.desk.changing(Topic.EVERYTHING, "Bring in", recorded=False):
        case_id = shop.case()
    dialog = HistoryDialog(session, case_id, parent=shown(QWidget()))
    told = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert "brought in with many others" in told
