"""Sample papers; a test names only what it is about."""

from io import BytesIO

from PIL import Image, ImageDraw

from recoverydesk.documents.follow_up_checklist import Checklist, ChecklistLine
from recoverydesk.documents.gift_certificate import GiftCertificate
from recoverydesk.documents.letter import Letter
from recoverydesk.documents.letterhead import Letterhead

NAMES = (
    "محمد عبد الله",
    "יוסף בן־דוד",
    "श्री राजेश क्षत्रिय",
    "สมชาย ใจดี",
    "王小明",
    "김민준",
    "Łukasz Żółć",
    "Nguyễn Thị Ngọc Ánh",
    "Ίρις",
)

BODY = """Dear Eleanor,

I am sorry. Your espresso machine leaked the second time you used it, the repair we promised \
for Friday did not come, and nobody rang to tell you. You took the morning off work to wait for \
us. We let you down twice, and we have no excuse for it.

Thank you for telling me plainly what happened. You asked for a machine you can rely on, and \
that is what you will have:

- **A new machine, the same model**, delivered Thursday 15 October between 9 and 11 by Tom, who \
will set it up and take the old one away.
- **Your delivery fee of £12.50**, refunded to your card on 13 October.
- **A £25 gift card**, enclosed, to use whenever you like in the next year.

We have also changed how we work. Every promised repair now has one name beside it, and that \
person rings the evening before. Your own contact is Tom Hale, on 01632 960 104.

I will ring you in two weeks to hear how the machine is doing. If anything at all is not right \
before then, please ring me yourself.

With my apologies and my thanks,
"""


def picture(size=(160, 160), colour=(23, 105, 91), kind="PNG"):
    image = Image.new(
        "RGBA" if kind == "PNG" else "RGB", size, (255, 255, 255, 0)[: 4 if kind == "PNG" else 3]
    )
    ImageDraw.Draw(image).ellipse((8, 8, size[0] - 8, size[1] - 8), outline=colour, width=12)
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


def letterhead(**given):
    return Letterhead(
        **{
            "shop_name": "Harbour & Hearth",
            "tagline": "Kitchen and home, since 1987",
            "address_lines": ("14 Fish Street, Whitby YO21 4ZZ",),
            "phone": "01632 960 100",
            "email": "hello@harbourandhearth.example",
            "legal_line": "Harbour & Hearth Ltd. Registered in England 00000000",
            **given,
        }
    )


def letter(**given):
    return Letter(
        **{
            "letterhead": letterhead(),
            "recipient_lines": (
                "Eleanor Whitcombe-Ashworth",
                "3 Lighthouse Terrace",
                "Robin Hood’s Bay YO22 4ZZ",  # noqa: RUF001 - typographic
            ),
            "day_words": "14 October 2026",
            "body_markdown": BODY,
            "signer_name": "Maya Lindqvist",
            "signer_role": "Owner, 07700 900 190",
            "reference": "0147",
            "language": "en-GB",
            "title": "Letter to Eleanor Whitcombe-Ashworth",
            **given,
        }
    )


def certificate(**given):
    return GiftCertificate(
        **{
            "letterhead": letterhead(address_lines=("14 Fish Street, Whitby",)),
            "value_words": "£25",
            "value_note": "twenty-five pounds",
            "recipient": "Eleanor Whitcombe-Ashworth",
            "sender": "Maya and everyone at the shop",
            "message": "Thank you for giving us a second chance.",
            "code_shown": "7K4M-29QX-HJNP",
            "code": "7K4M29QXHJNP",
            "use_by_words": "13 October 2027",
            "terms": "Use it in one go or in parts, in the shop or by phone on 01632 960 100. Not "
            "exchanged for cash. If you lose this paper, ring us with your name: the code is kept "
            "on our books.",
            **given,
        }
    )


def line(number=1, **given):
    return ChecklistLine(
        **{
            "number": number,
            "task": "Call: is the replacement kettle working?",
            "customer": "Gareth Pugh",
            "problem": "Kettle cut out after a week",
            "phone": "01632 960 418",
            "due_words": "16:00",
            "person": "Tom",
            **given,
        }
    )


def checklist(**given):
    late = line(due_words="2 days late", late=True)
    return Checklist(
        **{
            "letterhead": letterhead(),
            "title": "Follow-ups",
            "day_words": "Wednesday 14 October 2026",
            "summary": "1 late, 3 for today",
            "groups": (("Late", True, (late,)), ("Today", False, (line(2), line(3), line(4)))),
            "language": "en-GB",
            **given,
        }
    )
