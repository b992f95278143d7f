"""What is attached stays with its case: once, by content, through Undo and a move of the desk."""

import shutil
from io import BytesIO

import pytest
from PIL import Image

from recoverydesk.documents.incoming import take_in
from recoverydesk.errors import NotFoundError
from recoverydesk.services import attachments, search
from recoverydesk.storage.desk import Desk


def photo(colour="red", name="kettle.jpg"):
    out = BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return take_in(name, out.getvalue())


@pytest.fixture
def case_id(shop):
    return shop.case()


def names(shop, case_id):
    return [one.name for one in shop.view(case_id).attachments]


def test_files_are_attached_in_the_order_they_came(shop, case_id):
    note = take_in("note.txt", b"The chandelier fell.")
    ids = attachments.add(shop.desk, case_id, [photo(), note], now=shop.now)
    assert len(ids) == 2
    first, second = shop.view(case_id).attachments
    assert (first.name, first.has_thumbnail) == ("kettle.jpg", True)
    assert (second.name, second.has_thumbnail) == ("note.txt", False)
    assert attachments.content(shop.desk, ids[1])[2] == b"The chandelier fell."
    assert Image.open(BytesIO(attachments.thumbnail(shop.desk, ids[0]))).size == (320, 240)
    assert attachments.thumbnail(shop.desk, ids[1]) == b""


def test_the_same_file_is_attached_once_whatever_its_name(shop, case_id):
    attachments.add(shop.desk, case_id, [photo(), photo(name="again.jpg")], now=shop.now)
    assert attachments.add(shop.desk, case_id, [photo()], now=shop.now) == ()
    assert names(shop, case_id) == ["kettle.jpg"]


def test_attaching_nothing_changes_nothing(shop, case_id):
    before = shop.desk.last_undoable()
    assert attachments.add(shop.desk, case_id, [], now=shop.now) == ()
    assert shop.desk.last_undoable() == before


def test_what_is_taken_off_comes_back_by_undo(shop, case_id):
    (one,) = attachments.add(shop.desk, case_id, [photo()], now=shop.now)
    attachments.remove(shop.desk, one)
    assert names(shop, case_id) == []
    with pytest.raises(NotFoundError, match="no longer attached"):
        attachments.remove(shop.desk, one)
    shop.desk.undo()
    assert names(shop, case_id) == ["kettle.jpg"]


def test_what_is_attached_is_found_by_its_words(shop, case_id):
    note = take_in("note.txt", b"The chandelier fell.")
    attachments.add(shop.desk, case_id, [note], now=shop.now)
    (hit,) = search.find(shop.desk, "chandel")
    assert (hit.item_id, hit.title) == (case_id, "note.txt")


def test_moving_the_desk_breaks_nothing(shop, case_id, tmp_path):
    (one,) = attachments.add(shop.desk, case_id, [photo()], now=shop.now)
    kept = attachments.content(shop.desk, one)
    shop.desk.close()
    moved = tmp_path / "elsewhere" / "moved.desk"
    moved.parent.mkdir()
    shutil.copyfile(shop.desk.path, moved)
    desk = Desk(moved, create=False)
    assert attachments.content(desk, one) == kept
    desk.close()


def test_a_case_that_is_gone_takes_nothing(shop):
    with pytest.raises(NotFoundError):
        attachments.add(shop.desk, 99, [photo()], now=shop.now)
