"""What owners drop or paste: told by its content, made small and clean, or refused in words."""

import struct
import zipfile
import zlib
from functools import cache
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from recoverydesk.documents import incoming
from recoverydesk.documents.incoming import MediaType, take_in
from recoverydesk.errors import InvalidEntryError

NEITHER = "neither a photo nor a PDF, an e-mail or plain text"


def file(image, kind, **how):
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def photo(size=(60, 40), kind="JPEG", colour="red", mode="RGB", **how):
    return file(Image.new(mode, size, colour), kind, **how)


def halves(size=(60, 40)):
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    return image


def exif(**tags):
    notes = Image.Exif()
    for number, value in tags.items():
        notes[int(number[1:])] = value
    notes.get_ifd(0x8825)[1] = "N"  # where it was taken
    notes.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    return notes


def pdf(*pages, size=(595, 842), locked=""):
    out = BytesIO()
    secret = pdfencrypt.StandardEncryption(locked) if locked else None
    canvas = Canvas(out, pagesize=size, encrypt=secret, invariant=1)
    for words in pages:
        canvas.drawString(72, 400, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def shown(content):
    return Image.open(BytesIO(content))


def refused(content, match, name="thing.jpg"):
    with pytest.raises(InvalidEntryError, match=match) as caught:
        take_in(name, content)
    assert caught.value.advice.startswith("Nothing was added.")
    assert caught.value.field == "file"


# --- what it is -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "media_type", "name"),
    [
        (photo(), MediaType.JPEG, "Receipt.jpg"),
        (photo(kind="PNG"), MediaType.PNG, "Receipt.png"),
        (photo(kind="WEBP"), MediaType.WEBP, "Receipt.webp"),
        (pdf("Hello"), MediaType.PDF, "Receipt.pdf"),
        (b"\xef\xbb\xbf\n" + pdf("Hello"), MediaType.PDF, "Receipt.pdf"),
        (b"From: a@b.example\nDate: x\n\nHi", MediaType.MAIL, "Receipt.eml"),
        (b"The kettle leaks.", MediaType.TEXT, "Receipt.txt"),
    ],
)
@pytest.mark.parametrize("ending", [".exe", ".JPEG", ".pdf.txt", ""])
def test_its_content_says_what_a_file_is_and_its_name_is_put_right(
    content, media_type, name, ending
):
    taken = take_in("Receipt" + ending, content)

    assert (taken.media_type, taken.name) == (media_type, name)


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("C:\\Users\\Ann\\IMG 0001.JPG", "IMG 0001.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("", "photo.jpg"),
        (".jpg", "photo.jpg"),
        ("con.jpg", "_con.jpg"),
        ("a\u202egpj.exe", "a gpj.jpg"),
        ("Quittung Nr. 5", "Quittung Nr. 5.jpg"),
        ("x" * 5_000 + ".jpg", "x" * 105 + ".jpg"),
    ],
)
def test_a_name_is_safe_to_show_and_to_save_under(given_name, name):
    assert take_in(given_name, photo()).name == name


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_no_name_does_harm(name):
    taken = take_in(name, b"The kettle leaks.").name

    assert taken.endswith(".txt")
    assert len(taken) <= incoming.LONGEST_NAME
    assert taken.isprintable()
    assert not set('<>:"/\\|?*') & set(taken)


def zipped():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\x7fELF\x02\x01",
        zipped(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40),  # an old office file
        b"<!DOCTYPE html><html>",
        b"  <html><script>alert(1)</script>",
        b"<!-- saved --><p>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"{\\rtf1 Hello}",
        b"%!PS-Adobe",
        photo(kind="GIF"),
        photo(kind="BMP"),
        b"\xff\xfe\x00\xd8a",  # says UTF-16 and isn't
    ],
)
def test_what_is_no_photo_pdf_mail_or_text_is_refused_whatever_its_name(content):
    refused(content, NEITHER)


def test_apples_photos_are_refused_by_name():
    refused(b"\x00\x00\x00\x18ftypheic" + bytes(30), "HEIC")


@pytest.mark.parametrize("content", [b"", b"  \r\n"])
def test_an_empty_file_is_refused(content):
    refused(content, "empty")


def test_a_file_over_25_mb_is_refused_before_anybody_looks_inside():
    refused(b"\xff\xd8\xff" + bytes(25_000_000), r"25\.0 MB; 25 MB fit")


# --- words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "Größe".encode(),
        "Größe".encode("utf-8-sig"),
        "Größe".encode("cp1252"),
        "Größe".encode("utf-16"),
    ],
)
def test_a_text_is_read_however_it_was_saved_and_kept_as_it_is(content):
    taken = take_in("note.txt", content)

    assert taken.text == "Größe"
    assert taken.content == content
    assert (taken.pages, taken.thumbnail) == (0, b"")


def test_no_more_of_a_text_is_searched_than_fits():
    assert len(take_in("log.txt", b"word " * 60_000).text) in {199_999, 200_000}


def test_a_letter_under_a_heap_of_accents_keeps_nobody_waiting():
    heap = "a" + "\u0301\u0316" * 90_000

    assert len(take_in("note.txt", heap.encode()).text) < 40


def test_a_mail_is_found_by_subject_sender_and_words_and_kept_as_it_is():
    content = b"From: Ann <ann@x.example>\nDate: x\nSubject: Kettle\n\nIt leaks."
    taken = take_in("x", content)

    assert taken.text == "Kettle\nAnn ann@x.example\nIt leaks."
    assert taken.content == content


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.eml", b"From: a@b.example\nSubject: Hi\n\nHello", MediaType.MAIL),
        ("a.txt", b"From: a@b.example\nSubject: Hi\n\nHello", MediaType.TEXT),
        ("a.eml", b"From: a@b.example\n\nHello", MediaType.TEXT),
        ("a.eml", b"Dear shop,\nFrom: me\nDate: now\n", MediaType.TEXT),
        ("a", b"From a@b Mon\nFrom: a@b.example\nReceived: x\n y\n\nHello", MediaType.MAIL),
        ("a", b"Message-ID: 1\nDate: now\n\nHello", MediaType.TEXT),
    ],
)
def test_a_mail_is_what_begins_like_one(name, content, media_type):
    assert take_in(name, content).media_type is media_type


# --- photos ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_brought_to_2000_pixels_and_its_thumbnail_to_320(kind):
    taken = take_in("x", photo((5000, 2500), kind))

    assert shown(taken.content).size == (2000, 1000)
    assert shown(taken.content).format == kind
    assert shown(taken.thumbnail).size == (320, 160)
    assert (taken.pages, taken.text) == (1, "")


def test_a_small_photo_keeps_its_size():
    taken = take_in("x", photo((60, 40)))

    assert shown(taken.content).size == (60, 40)
    assert shown(taken.thumbnail).size == (60, 40)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_stands_upright_and_tells_nothing_but_what_it_shows(kind):
    how = {"exif": exif(_274=6, _271="SecretCamera"), "icc_profile": b"SecretProfile" * 20}
    if kind == "JPEG":
        how["comment"] = b"SecretComment"
    content = file(halves(), kind, **how)
    taken = take_in("x", content)
    picture = shown(taken.content)

    assert b"Secret" in content
    assert b"Secret" not in taken.content + taken.thumbnail
    assert not picture.getexif()
    assert not {"exif", "icc_profile", "comment", "xmp"} & set(picture.info)
    assert picture.size == (40, 60)
    assert picture.convert("RGB").getpixel((20, 5))[0] > 200  # what was left is up
    assert picture.convert("RGB").getpixel((20, 55))[2] > 200


def test_a_broken_camera_note_is_no_reason_to_refuse_a_photo():
    assert take_in("x", photo(exif=b"Exif\0\0II*\0\xff\xff\xff\xff")).pages == 1
    assert take_in("x", photo(exif=b"Exif\0\0nonsense")).pages == 1


def test_what_lies_behind_a_photo_is_dropped():
    assert b"PK" not in take_in("x", photo() + b"PK\x03\x04 hidden").content


@pytest.mark.parametrize(
    ("image", "mode"),
    [
        (Image.new("RGBA", (9, 9), (1, 2, 3, 4)), "RGBA"),
        (Image.new("LA", (9, 9)), "RGBA"),
        (Image.new("L", (9, 9)), "RGB"),
        (Image.new("1", (9, 9)), "RGB"),
        (Image.new("P", (9, 9)), "RGB"),
        (Image.new("I;16", (9, 9), 32_768), "RGB"),
    ],
)
def test_every_kind_of_colour_comes_out_as_red_green_blue(image, mode):
    taken = take_in("x", file(image, "PNG"))

    assert shown(taken.content).mode == mode
    assert shown(taken.thumbnail).mode == mode


def test_grey_of_sixteen_bits_keeps_its_shade_and_see_through_colours_stay_so():
    grey = take_in("x", file(Image.new("I;16", (9, 9), 32_768), "PNG"))
    clear = take_in("x", file(Image.new("P", (9, 9)), "PNG", transparency=0))

    assert shown(grey.content).getpixel((0, 0)) == (128, 128, 128)
    assert shown(clear.content).getpixel((0, 0))[3] == 0


def test_a_cmyk_photo_is_taken():
    assert shown(take_in("x", photo(mode="CMYK", colour=(0, 255, 255, 0))).content).mode == "RGB"


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_a_moving_picture_the_first_frame_is_kept(kind):
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "blue", "green")]
    taken = take_in("x", file(frames[0], kind, save_all=True, append_images=frames[1:]))

    assert getattr(shown(taken.content), "n_frames", 1) == 1
    assert shown(taken.content).convert("RGB").getpixel((5, 5))[0] > 200


def test_of_a_phones_double_photo_the_first_is_kept():
    double = file(halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40))])
    taken = take_in("x", double)

    assert taken.media_type is MediaType.JPEG
    assert shown(taken.content).format == "JPEG"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_photo_that_was_cut_off_is_refused(kind, part):
    noise = file(Image.effect_noise((120, 90), 90).convert("RGB"), kind)

    refused(noise[: int(len(noise) * part)], "damaged")


def png_of(width, height):
    """The head of a picture of any size, and next to nothing of it."""
    small = bytearray(photo(kind="PNG"))
    small[16:24] = struct.pack(">II", width, height)
    small[29:33] = struct.pack(">I", zlib.crc32(small[12:29]))
    return bytes(small)


@pytest.mark.parametrize("side", [7_100, 9_600, 30_000, 2_000_000_000])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_drawn(side):
    refused(png_of(side, side), "50 million pixels")


def test_the_limit_of_pixels_holds_whatever_pillow_was_told(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)

    refused(png_of(30_000, 30_000), "50 million pixels")


# --- PDFs -----------------------------------------------------------------------------------


def test_a_pdf_is_kept_byte_for_byte_with_its_words_pages_and_first_page():
    content = pdf("Kettle invoice", "Second page")
    taken = take_in("x", content)

    assert taken.content == content
    assert taken.pages == 2
    assert taken.text.split("\n") == ["Kettle invoice", "Second page"]
    assert shown(taken.thumbnail).size == (227, 320)


def test_a_locked_pdf_is_refused_by_name():
    refused(pdf("Secret", locked="kettle"), "locked with a password")


def test_a_broken_pdf_is_refused():
    refused(b"%PDF-1.7\nnothing", "damaged")
    refused(pdf("x")[:300], "damaged")


def test_of_a_long_pdf_fifty_pages_are_searched():
    taken = take_in("x", pdf(*(f"page{number}." for number in range(55))))

    assert taken.pages == 55
    assert "page49." in taken.text
    assert "page50." not in taken.text


def test_of_a_wordy_pdf_no_more_pages_are_read_than_needed(monkeypatch):
    monkeypatch.setattr(incoming, "MOST_SIGNS", 10)

    assert "three" not in take_in("x", pdf("one one one", "two", "three")).text


def test_a_page_of_no_size_has_no_thumbnail():
    class Page:
        def get_size(self):
            return 0.0, float("inf")

    assert incoming._first_page(Page()) == b""


def test_a_page_that_cant_be_read_leaves_the_others(monkeypatch):
    real = pypdfium2.PdfPage.get_textpage
    broken = iter((True, False))

    def get_textpage(page):
        if next(broken):
            raise pypdfium2.PdfiumError("broken")
        return real(page)

    monkeypatch.setattr(pypdfium2.PdfPage, "get_textpage", get_textpage)

    assert take_in("x", pdf("one", "two")).text == "two"


def test_a_long_narrow_page_is_shown_whole():
    assert shown(take_in("x", pdf("x", size=(80, 14_000))).thumbnail).size[1] == 320


# --- hostile bytes --------------------------------------------------------------------------


def taken_or_refused(name, content):
    try:
        taken = take_in(name, content)
    except InvalidEntryError:
        return
    assert taken.name
    assert taken.text == taken.text.encode().decode()


@given(
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF0000WEBP", b"%PDF-1.4\n",
                     b"From: x@y.z\nDate: x\n", b"\xff\xfe"]),
    st.binary(max_size=600),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_random_bytes_are_taken_or_refused_in_words(start, rest):
    taken_or_refused("x.eml", start + rest)


@cache
def real_files():
    mail = b"From: Ann <a@b.example>\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nMIME-Version: 1.0\n"
    mail += b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n--b\n"
    mail += b"Content-Type: text/html; charset=utf-8\n\n<p>Hi &amp; bye\n--b--\n"
    return (
        file(halves(), "JPEG", exif=exif(_274=6), progressive=True),
        file(halves(), "PNG", exif=exif(_274=3)),
        file(Image.new("P", (9, 9)), "PNG", transparency=0),
        file(halves(), "WEBP", exif=exif(_274=8)),
        file(halves(), "WEBP", save_all=True, append_images=[Image.new("RGB", (60, 40))]),
        file(halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40))]),
        pdf("Hello", "again"),
        pdf("Secret", locked="x"),
        mail,
    )


@given(st.data())
@settings(max_examples=350, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_real_files_with_bytes_changed_are_taken_or_refused_in_words(data):
    content = bytearray(data.draw(st.sampled_from(real_files())))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))

    taken_or_refused("x", bytes(content))
