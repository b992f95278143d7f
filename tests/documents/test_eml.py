"""E-mails as customers send them, and as nobody should."""

import time
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from recoverydesk.documents import eml
from recoverydesk.documents.eml import decoded, html_words, own_words
from recoverydesk.documents.incoming import MediaType, read_mail, take_in
from recoverydesk.errors import InvalidEntryError


def message(text="The kettle leaks.", **headers):
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Ann Obi <ann@obi.example>"
    mail["Subject"] = "My kettle"
    mail["Date"] = "Mon, 02 Mar 2026 10:00:00 +0100"
    for name, value in headers.items():
        del mail[name]
        mail[name] = value
    if text is not None:
        mail.set_content(text)
    return mail


def raw(*lines, body=b"Hello"):
    return b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines) + (
        b"\n\n" + body
    )


def picture(size=(60, 40), kind="JPEG"):
    out = BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, kind)
    return out.getvalue()


def pdf():
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 400, "Invoice")
    canvas.save()
    return out.getvalue()


def refused(content, match):
    with pytest.raises(InvalidEntryError, match=match) as caught:
        read_mail(content)
    assert caught.value.advice.startswith("Nothing was added.")


# --- who, what, when ------------------------------------------------------------------------


def test_a_mail_says_who_wrote_what_and_when():
    mail = read_mail(message().as_bytes())

    assert (mail.from_name, mail.from_email) == ("Ann Obi", "ann@obi.example")
    assert mail.subject == "My kettle"
    assert mail.sent_at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert mail.sent_at.tzinfo is UTC
    assert mail.text == mail.own_text == "The kettle leaks."
    assert mail.attachments == mail.left_out == ()


@pytest.mark.parametrize(
    ("sender", "name", "address"),
    [
        ("=?utf-8?q?J=C3=BCrgen_M=C3=BCller?= <j@m.example>", "Jürgen Müller", "j@m.example"),
        ('"Obi, Ann" <ann@obi.example>', "Obi, Ann", "ann@obi.example"),
        ("ann@obi.example", "", "ann@obi.example"),
        ('"ann@obi.example" <ann@obi.example>', "", "ann@obi.example"),
        ("Ann <not an address>", "Ann", ""),
        ("Ann <ann@nowhere>", "Ann", ""),
        ("Jürgen <j@m.example>", "Jürgen", "j@m.example"),
        ("Jürgen <j@m.example>".encode("cp1252"), "Jürgen", "j@m.example"),
        ("a@b.example, c@d.example", "", "a@b.example"),
        ("(" * 5_000, "", ""),
        (":;" * 600, "", ""),
        ("a:b@c,b@c,b@c,;", "", ""),
        ("", "", ""),
    ],
)
def test_a_sender_is_read_as_far_as_it_can_be(sender, name, address):
    sender = sender if isinstance(sender, bytes) else sender.encode()
    mail = read_mail(raw(b"From: " + sender, "Subject: x"))

    assert (mail.from_name, mail.from_email) == (name, address)


@pytest.mark.parametrize(
    ("date", "sent_at"),
    [
        ("Mon, 02 Mar 2026 10:00:00 +0100", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("02 Mar 2026 10:00:00 -0000", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("Mon, 01 Jan 1900 10:00:00 +0000", None),
        ("Mon, 01 Jan 2300 10:00:00 +0000", None),
        ("1 Jan 99999 00:00:00 +0000", None),
        ("1 Jan 2020 00:00:00 +99999999", None),
        ("31 Feb 2020 00:00:00 +0000", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_an_absurd_date_is_none(date, sent_at):
    assert read_mail(raw("From: a@b.example", f"Date: {date}")).sent_at == sent_at


def test_a_mail_without_most_headers_is_still_read():
    mail = read_mail(raw("Subject: =?utf-8?b?S2FmZmVlIQ==?= =?nonsense?q?x?="))

    assert mail.subject.startswith("Kaffee!")
    assert (mail.from_name, mail.from_email, mail.sent_at, mail.text) == ("", "", None, "Hello")


def test_a_subject_is_one_line_of_three_hundred_signs():
    mail = read_mail(raw("From: a@b.example", "Subject: " + "word " * 300, " and\tmore"))

    assert len(mail.subject) <= 300
    assert "\n" not in mail.subject


# --- words ----------------------------------------------------------------------------------


def test_the_plain_words_are_preferred_where_a_mail_says_all_twice():
    mail = message("Plain words.")
    mail.add_alternative("<p>Rich words.</p>", subtype="html")

    assert read_mail(mail.as_bytes()).text == "Plain words."


def test_empty_plain_words_give_way_to_the_page():
    mail = message("\n")
    mail.add_alternative("<p>Rich &amp; kind</p>", subtype="html")

    assert read_mail(mail.as_bytes()).text == "Rich & kind"


def test_a_page_with_pictures_gives_its_words():
    mail = message(" ")
    mail.add_alternative("<p>Look:</p><img src='cid:x'>", subtype="html")
    mail.get_payload()[1].add_related(picture((200, 200)), "image", "jpeg", cid="<x>")
    read = read_mail(mail.as_bytes())

    assert read.text == "Look:"
    assert [one.media_type for one in read.attachments] == [MediaType.JPEG]


def test_words_around_a_picture_are_all_read():
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail.make_mixed()
    for words in ("Before.", "After."):
        part = EmailMessage()
        part.set_content(words)
        mail.attach(part)

    assert read_mail(mail.as_bytes()).text == "Before.\n\n\nAfter."


def test_a_mail_of_nothing_but_blank_alternatives_has_no_words():
    mail = message(" ")
    mail.add_alternative("<p> </p>", subtype="html")

    assert read_mail(mail.as_bytes()).text == ""


def test_a_mail_with_no_words_at_all_is_read():
    mail = message(None)
    mail.add_attachment(pdf(), "application", "pdf", filename="invoice.pdf")
    read = read_mail(mail.as_bytes())

    assert read.text == read.own_text == ""
    assert [one.name for one in read.attachments] == ["invoice.pdf"]


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("utf-8", "Größe".encode()),
        ("utf-8", "Größe".encode("cp1252")),
        ("x-unknown", "Größe".encode()),
        ("", "Größe".encode("cp1252")),
        ("us-ascii", "Größe".encode()),
        ("zlib", "Größe".encode()),
        ("punycode", "Größe".encode()),
        ("\x00", "Größe".encode()),
        ("iso-8859-1", "Größe".encode("latin-1")),
    ],
)
def test_words_are_read_whatever_their_charset_claims(charset, body):
    content = raw("From: a@b.example", f'Content-Type: text/plain; charset="{charset}"', body=body)

    assert read_mail(content).text == "Größe"


def test_bytes_that_are_no_words_stay_harmless():
    assert decoded(b"\x81\xff") == "\ufffdÿ"


def test_no_more_than_200_000_signs_are_kept():
    assert len(read_mail(raw("From: a@b.example", body=b"x" * 300_000)).text) == 200_000


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\nThree"),
        ("<div>One</div><div>Two</div>", "One\n\nTwo"),
        ("<ul><li>One<li>Two</ul>End", "- One\n- Two\n\nEnd"),
        ("<table><tr><td>A</td><td>B</td></tr><tr><td>C</td></tr></table>", "A B\n\nC"),
        ("a &amp; b&nbsp;c &euro;5 &#8364; &lt;3", "a & b c €5 € <3"),
        ("<style>p{color:red}</style><script>evil()</script>Hi", "Hi"),
        ("<STYLE>never closed", ""),
        ("Hi<script>evil()", "Hi"),
        ("<title>Mail</title>Hi<!-- not this --> there", "Hi there"),
        ("<!DOCTYPE html><?xml?>Hi<![if !mso]> you", "Hi you"),
        ("I <3 you, 1 < 2 > 0 and <b", "I <3 you, 1 < 2 > 0 and <b"),
        ("<img src='http://spy.example/x.png' alt='a > b'>Hi", "Hi"),
        ("<a href='http://x.example'>the\n  shop</a>", "the shop"),
        ("<o:p>Hi</o:p>", "Hi"),
        ("", ""),
    ],
)
def test_a_page_is_read_as_somebody_sees_it(markup, words):
    assert html_words(markup) == words


@pytest.mark.parametrize(
    "piece",
    ["<a ", "<!--", "<!", "<script>", "</", "<a x='", '<a x="', "<?", "&", "<", "&#", "<style"],
)
def test_a_page_made_to_be_slow_is_read_at_once(piece):
    begun = time.perf_counter()
    html_words(piece * (600_000 // len(piece)))

    assert time.perf_counter() - begun < 5


# --- their own words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tail",
    [
        "\n\nOn Mon, 2 Mar 2026 at 10:00, Shop <s@s.example> wrote:\n> We are sorry.",
        "\n\nOn Mon, 2 Mar 2026 at 10:00, A Shop With A Name\n<s@s.example>\nwrote:\n\nSorry.",
        "\n\nAm 02.03.2026 um 10:00 schrieb Laden <s@s.example>:\n\nEs tut uns leid.",
        "\n\nLe lun. 2 mars 2026 à 10:00, Café <s@s.example> a écrit :\n> Pardon.",
        "\n\n-----Original Message-----\nFrom: Shop\n\nSorry.",
        "\n\n----- Ursprüngliche Nachricht -----\nVon: Laden\n\nTut uns leid.",
        "\n\nFrom: Shop <s@s.example>\nSent: Monday\nTo: Ann\nSubject: Sorry\n\nSorry.",
        "\n\nVon: Laden\nGesendet: Montag\nAn: Ann\n\nTut uns leid.",
        "\n-- \nAnn Obi\n12 Long Street",
        "\n--\nAnn Obi",
        "\n\nSent from my iPhone",
        "\n> quoted\n>> twice",
    ],
)
def test_history_and_signature_are_cut_from_their_own_words(tail):
    assert own_words(f"It still leaks.\nReally.{tail}") == "It still leaks.\nReally."


@pytest.mark.parametrize(
    "text",
    [
        "From: my heart, I am angry.\nIt leaks.",
        "On Monday I wrote:\nit leaks.",
        "On 2 March your man came. He wrote nothing down.",
        "--\n" + "line\n" * 14 + "end",
        "a -- b",
    ],
)
def test_what_only_looks_like_history_stays(text):
    assert own_words(text) == text


def test_an_answer_below_a_quotation_stays():
    text = "Hello,\n\nOn 2 March 2026 Shop <s@s.example> wrote:\n\n> Does it work?\n\nNo.\n"

    assert own_words(text).split() == ["Hello,", "No."]


def test_where_nothing_would_be_left_everything_stays():
    assert own_words("> all of it") == "> all of it"
    assert own_words("") == ""


@pytest.mark.parametrize("subject", ["Fwd: x", "FW: x", "WG: x", "TR : x"])
def test_a_forwarded_mail_keeps_what_was_forwarded(subject):
    text = "See below.\n\nFrom: Ann\nSent: Monday\nTo: Shop\n\nIt leaks."

    assert read_mail(message(text, Subject=subject).as_bytes()).own_text == text
    assert read_mail(message(text).as_bytes()).own_text == "See below."


# --- what came with it ----------------------------------------------------------------------


def test_photos_papers_and_texts_are_taken_and_the_rest_is_named():
    mail = message()
    mail.add_attachment(picture(), "application", "octet-stream", filename="Größe.exe")
    mail.add_attachment(pdf(), "application", "pdf", filename="invoice.pdf")
    mail.add_attachment("Notes", filename="notes.txt")
    mail.add_attachment(b"MZ\0", "image", "jpeg", filename="photo.jpg")
    mail.add_attachment(b"PK\x03\x04", "application", "zip", filename="C:\\all\\of it")
    mail.add_attachment(b"\0", "application", "pgp")
    read = read_mail(mail.as_bytes())

    assert [one.name for one in read.attachments] == ["Größe.jpg", "invoice.pdf", "notes.txt"]
    assert read.attachments[1].text == "Invoice"
    assert read.left_out == ("photo.jpg", "of it", "a file without a name")
    assert read.text == "The kettle leaks."


def test_a_file_name_is_read_in_every_old_way_of_writing_it():
    part = b"--b\nContent-Type: text/x\nContent-Disposition: attachment; %s\n\nHi\n"
    ways = (
        b'filename="=?utf-8?q?Gr=C3=B6=C3=9Fe=2Etxt?="',
        b"filename*=utf-8''Gr%C3%B6%C3%9Fe.txt",
        b"filename*0*=utf-8''Gr%C3%B6; filename*1*=%C3%9Fe.txt",
        'filename="Größe.txt"'.encode(),
    )
    content = raw(
        "From: a@b.example",
        "Content-Type: multipart/mixed; boundary=b",
        body=b"".join(part % way for way in ways) + b"--b--\n",
    )

    assert [one.name for one in read_mail(content).attachments] == ["Größe.txt"] * len(ways)


def test_small_pictures_inside_a_mail_are_left_out_in_silence():
    mail = message()
    mail.add_attachment(picture((200, 200), "PNG"), "image", "png", disposition="inline")
    mail.add_attachment(picture((9, 9)), "image", "jpeg", disposition="inline")
    mail.add_attachment(picture((9, 9)), "image", "jpeg", filename="small.jpg")
    read = read_mail(mail.as_bytes())

    assert [one.name for one in read.attachments] == ["picture.png", "small.jpg"]
    assert read.left_out == ()


def test_at_most_twenty_attachments_are_taken():
    mail = message()
    for number in range(22):
        mail.add_attachment(f"Note {number}", filename=f"{number}.txt")
    read = read_mail(mail.as_bytes())

    assert len(read.attachments) == 20
    assert read.left_out == ("20.txt", "21.txt")


def test_a_mail_inside_a_mail_is_an_attachment():
    inner = message("It leaks badly.", Subject="Complaint")
    outer = message("See attached.")
    outer.add_attachment(inner)
    read = read_mail(outer.as_bytes())

    assert read.text == "See attached."
    assert [(one.name, one.media_type) for one in read.attachments] == [
        ("Complaint.eml", MediaType.MAIL)
    ]
    assert "It leaks badly." in read.attachments[0].text
    assert read_mail(read.attachments[0].content).subject == "Complaint"


def test_a_report_of_the_post_office_is_left_out():
    content = raw(
        "From: a@b.example",
        "Content-Type: multipart/report; boundary=b",
        body=b"--b\n\nNot delivered.\n--b\nContent-Type: message/delivery-status\n\n"
        b"Action: failed\n\nStatus: 5\n\n--b--\n",
    )
    read = read_mail(content)

    assert read.text == "Not delivered."
    assert len(read.left_out) + len(read.attachments) == 1


def test_an_attachment_that_cant_be_unpacked_is_left_out(monkeypatch):
    mail = message()
    mail.add_attachment("Notes", filename="notes.txt")

    content = mail.as_bytes()
    real = EmailMessage.get_payload

    def get_payload(part, i=None, *, decode=False):
        if decode and part.get_filename():
            raise LookupError
        return real(part, i, decode)

    monkeypatch.setattr(EmailMessage, "get_payload", get_payload)

    assert read_mail(content).left_out == ("notes.txt",)


# --- broken and hostile ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "empty"),
        (b"Dear shop, it leaks.", "isn't an e-mail"),
        (b"Colour: red\n\nHello", "isn't an e-mail"),
        (b"From: a@b.example\n\n" + b"x" * 25_000_000, "25 MB fit"),
    ],
)
def test_what_is_no_mail_is_refused(content, match):
    refused(content, match)


def test_a_mail_of_fifty_megabytes_is_refused_at_once(monkeypatch):
    monkeypatch.setattr(eml, "message_from_bytes", None)
    content = message().as_bytes() + b"x\n" * 25_000_000
    begun = time.perf_counter()

    refused(content, "25 MB fit")
    with pytest.raises(InvalidEntryError, match="25 MB fit"):
        take_in("x.eml", content)
    assert time.perf_counter() - begun < 1


def parts(number):
    return raw(
        "From: a@b.example",
        "Content-Type: multipart/mixed; boundary=b",
        body=b"--b\nContent-Type: text/plain\n\nHi\n" * number + b"--b--\n",
    )


def nested(levels):
    head = b"From: a@b.example\n"
    for level in range(levels):
        head += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
    return head + b"\nThe bottom."


@pytest.mark.parametrize(
    "content",
    [
        parts(50_000),
        parts(601),
        nested(101),
        nested(20_000),
        raw("From: a@b.example", body=b"\n--b\n" * 2_001),
        raw("From: a@b.example", body=b"x\n" * 1_000_001),
        raw("From: a@b.example", body=b"Content-Type: message/rfc822\n\n" * 5_000),
    ],
    ids=["parts", "typed parts", "nested", "deeply nested", "seams", "lines", "mails in mails"],
)
def test_a_mail_built_to_be_slow_is_refused_at_once(content):
    begun = time.perf_counter()
    refused(content, "too many parts")

    assert time.perf_counter() - begun < 2


def test_what_evades_the_count_of_levels_is_refused_all_the_same(monkeypatch):
    monkeypatch.setattr(eml, "_MOST_NESTED", 100_000)
    monkeypatch.setattr(eml, "_MOST_PART_HEADERS", 100_000)

    refused(nested(1_990), "can't be read")


def test_a_mail_in_a_hundred_boxes_is_read():
    assert read_mail(nested(60)).text == "The bottom."


def test_four_hundred_parts_are_read():
    mail = read_mail(parts(400))

    assert mail.text.split() == ["Hi"] * 400


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/mixed",
        "multipart/mixed; boundary=",
        'multipart/alternative; boundary="never seen"',
        "nonsense",
        "text/plain; charset*=x''%ff; charset*1=y",
        "(" * 3_000,
        ";" * 3_000,
    ],
)
def test_a_broken_build_still_gives_its_words(kind):
    assert "Hello" in read_mail(raw("From: a@b.example", f"Content-Type: {kind}")).text


@pytest.mark.parametrize("how", ["base64", "quoted-printable", "x-uuencode", "nonsense"])
def test_broken_packing_is_no_reason_to_fail(how):
    content = raw(
        "From: a@b.example", f"Content-Transfer-Encoding: {how}", body=b"=ZZ\xff\x00!\nend"
    )

    read_mail(content)


WHOLE = message("Words and \N{GREEK SMALL LETTER ALPHA}.")
WHOLE.add_alternative("<p>Rich <b>words</b></p>", subtype="html")
WHOLE.add_attachment(picture((9, 9), "PNG"), "image", "png", filename="Größe.png")
WHOLE.add_attachment(message("Inside."))


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_mail_with_bytes_changed_is_read_or_refused_in_words(data):
    content = bytearray(WHOLE.as_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    read_or_refused(bytes(content))


@given(
    st.lists(
        st.sampled_from(
            [b"From: ", b"Subject: ", b"Date: ", b"Content-Type: ", b"multipart/mixed; boundary=b",
             b"message/rfc822", b"text/html", b"\n", b"\n\n", b"--b\n", b"--b--\n", b"=?utf-8?q?",
             b"?=", b"<", b">", b"@", b"(", b'"', b";", b"charset=", b"filename*0*=", b"\xff", b" "]
        )
        | st.binary(max_size=8),
        max_size=40,
    )
)  # fmt: skip
@settings(max_examples=250, deadline=None)
def test_pieces_of_mails_in_any_order_are_read_or_refused_in_words(pieces):
    read_or_refused(b"From: " + b"".join(pieces))


def read_or_refused(content):
    try:
        mail = read_mail(content)
    except InvalidEntryError:
        return
    for words in (mail.from_name, mail.subject, mail.text, mail.own_text, *mail.left_out):
        words.encode()
    assert mail.sent_at is None or mail.sent_at.utcoffset().total_seconds() == 0
    assert len(mail.text) <= 200_000


@given(st.text(st.sampled_from("<>!-/aps'\"=& \ncript"), max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_markup_gives_words(markup):
    html_words(markup).encode()


@given(st.text(max_size=300) | st.text(st.sampled_from("On 2 wrote:\n> -Ann"), max_size=200))
@settings(max_examples=150, deadline=None)
def test_their_own_words_are_never_empty_where_there_were_any(text):
    assert own_words(text).strip() or not text.strip()
