"""Photos and e-mails come in by paste, by drop or from a file; an e-mail fills the dialog."""

from email.message import EmailMessage
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QMessageBox, QWidget

from recoverydesk.domain.case import Channel
from recoverydesk.services import attachments
from ui import printing
from ui.dialogs.log_customer import LogCustomerDialog
from ui.pages.case import CasePage
from ui.pages.case.attached import Thumbnail


def photo(path, size=(640, 480)):
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, "JPEG")
    path.write_bytes(out.getvalue())
    return path


def mail(path, *, words="The kettle leaks.", picture=True):
    message = EmailMessage()
    message["From"] = "Ada Obi <ada@example.org>"
    message["Subject"] = "Your kettle"
    message["Date"] = "Mon, 02 Mar 2026 09:00:00 +0000"
    message.set_content(words)
    if picture:
        photo(path.with_suffix(".jpg"))
        message.add_attachment(
            path.with_suffix(".jpg").read_bytes(), "image", "jpeg", filename="leak.jpg"
        )
    path.write_bytes(message.as_bytes())
    return path


def dragged(*paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(widget, mime):
    about = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), *about)
    widget.dragEnterEvent(enter)
    if enter.isAccepted():
        widget.dropEvent(QDropEvent(QPointF(9, 9), *about))
    return enter.isAccepted()


@pytest.fixture
def page(session, shown, shop):
    case_id = shop.case()
    page = CasePage(session)
    shown(page, 1100, 768)
    page.show_case(case_id, "what")
    return page


def attached(page):
    return shop_view(page).attachments


def shop_view(page):
    page.refresh()
    return page._view


def test_what_is_dropped_on_the_page_is_attached_and_shown_small(page, qtbot, tmp_path):
    assert drop(page, dragged(photo(tmp_path / "leak.jpg")))
    qtbot.waitUntil(lambda: len(attached(page)) == 1)
    (card,) = page.what.attached.findChildren(Thumbnail)
    assert card.accessibleName() == "Open leak.jpg"
    assert not card.grab().isNull()


def test_a_file_dropped_into_the_words_is_attached_and_the_words_stay(page, qtbot, tmp_path):
    area = page.what._words.edit
    before = area.toPlainText()
    area.insertFromMimeData(dragged(photo(tmp_path / "leak.jpg")))
    qtbot.waitUntil(lambda: len(attached(page)) == 1)
    assert area.toPlainText() == before


def test_words_that_are_dragged_are_not_for_attaching(page):
    mime = QMimeData()
    mime.setText("just words")
    assert not drop(page, mime)


def test_a_copied_picture_is_pasted(page, qtbot):
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.blue)
    QGuiApplication.clipboard().setImage(picture)
    page.paste()
    qtbot.waitUntil(lambda: len(attached(page)) == 1)
    assert attached(page)[0].media_type == "image/png"


def test_pasting_without_a_picture_says_so(page, qtbot, session):
    QGuiApplication.clipboard().setText("words")
    with qtbot.waitSignal(session.said) as said:
        page.paste()
    assert said.args == ["There is no picture and no file to paste."]


def test_a_file_that_wont_do_is_refused_in_words_and_the_others_are_taken(page, qtbot, tmp_path):
    program = tmp_path / "photo.jpg"
    program.write_bytes(b"MZ" + bytes(500))
    drop(page, dragged(program, tmp_path / "gone.jpg", photo(tmp_path / "leak.jpg")))
    qtbot.waitUntil(lambda: len(page.findChildren(QMessageBox)) == 2)
    told = {box.text() for box in page.findChildren(QMessageBox)}
    assert "This file can't be read." in told
    assert any("neither a photo nor a PDF" in words for words in told)
    assert [one.name for one in attached(page)] == ["leak.jpg"]


def test_a_press_opens_a_copy_and_the_menu_takes_it_off(page, qtbot, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(
        printing, "open_file", lambda content, name: opened.append((name, len(content)))
    )
    drop(page, dragged(photo(tmp_path / "leak.jpg")))
    qtbot.waitUntil(lambda: len(attached(page)) == 1)
    (one,) = attached(page)
    (card,) = page.what.attached.findChildren(Thumbnail)
    card.click()
    page.what.attached.menu_of(one).actions()[0].trigger()
    name, _media, content = attachments.content(page.session.desk, one.attachment_id)
    assert opened == [(name, len(content))] * 2
    page.what.attached.menu_of(one).actions()[1].trigger()
    assert attached(page) == ()


def test_something_without_a_picture_has_an_icon(page, qtbot, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("The kettle leaks.")
    drop(page, dragged(note))
    qtbot.waitUntil(lambda: len(attached(page)) == 1)
    (card,) = page.what.attached.findChildren(Thumbnail)
    assert not card.grab().isNull()


@pytest.fixture
def dialog(session, shown):
    dialog = LogCustomerDialog(session, parent=shown(QWidget()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.open()
    return dialog


def test_a_dropped_e_mail_fills_the_dialog_and_is_attached_with_what_it_brought(
    dialog, qtbot, tmp_path, shop
):
    assert drop(dialog, dragged(mail(tmp_path / "mail.eml")))
    qtbot.waitUntil(lambda: dialog._words.text() == "The kettle leaks.")
    assert dialog._channels.channel() is Channel.EMAIL
    assert dialog._who.typed() == ("Ada Obi", "", "ada@example.org")
    with qtbot.waitSignal(dialog.logged) as logged:
        dialog.save_wanted.emit()
    view = shop.view(logged.args[0])
    assert [one.name for one in view.attachments] == ["mail.eml", "leak.jpg"]
    shop.desk.undo()
    assert shop.desk.last_undoable() is None or "Log" not in shop.desk.last_undoable().words


def test_an_e_mail_finds_its_customer_and_leaves_what_was_typed(dialog, qtbot, tmp_path, shop):
    known = shop.customer("Ada Obi", email="ada@example.org")
    dialog._words.type("She rang, too.")
    drop(dialog, dragged(mail(tmp_path / "mail.eml", picture=False)))
    qtbot.waitUntil(lambda: dialog._who.customer_id() == known)
    assert dialog._words.text() == "She rang, too."


def test_a_file_can_be_left_out_again_and_trouble_is_told_in_place(dialog, qtbot, tmp_path):
    drop(dialog, dragged(photo(tmp_path / "leak.jpg"), tmp_path / "gone.jpg"))
    qtbot.waitUntil(lambda: not dialog._received._trouble.isHidden())
    assert "This file can't be read." in dialog._received._trouble.text()
    (file,) = dialog._received.files()
    dialog._received._leave_out(file)
    assert dialog._received.files() == []


def test_a_pasted_review_is_taken_apart(dialog):
    mime = QMimeData()
    mime.setText(
        "Ada Obi\n2/5 stars\nhttps://www.google.com/maps/review/abc\n"
        "The soup was cold and nobody cared."
    )
    dialog._words._area.edit.insertFromMimeData(mime)
    assert dialog._channels.channel() is Channel.REVIEW
    assert dialog._review.values() == ("Google", 2, "https://www.google.com/maps/review/abc")
    assert dialog._words.text() == "The soup was cold and nobody cared."


def test_pasted_words_stay_words(dialog):
    mime = QMimeData()
    mime.setText("The soup was cold.")
    dialog._words._area.edit.insertFromMimeData(mime)
    assert dialog._channels.channel() is Channel.IN_PERSON
    assert dialog._words.text() == "The soup was cold."


def test_a_picture_pasted_into_the_words_is_attached(dialog, qtbot):
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.blue)
    mime = QMimeData()
    mime.setImageData(picture)
    assert dialog._words._area.edit.canInsertFromMimeData(mime)
    dialog._words._area.edit.insertFromMimeData(mime)
    qtbot.waitUntil(lambda: len(dialog._received.files()) == 1)
