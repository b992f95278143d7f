"""Logos and signatures: checked and made small on the way in."""

import struct
import zlib
from io import BytesIO

from recoverydesk.errors import InvalidEntryError

MOST_BYTES = 20_000_000
MOST_PIXELS = 40_000_000
SIDE = 640
"""Pixels: 54 mm wide at 300 dots an inch, more than any letterhead needs."""

FORMATS = ("PNG", "JPEG", "WEBP")


def checked_picture(content: bytes, *, field: str) -> tuple[bytes, str]:
    """Return a picture as the desk keeps it: PNG, at most `SIDE` pixels on a side.

    Returns:
        The bytes and their media type.

    Raises:
        InvalidEntryError: it is too large, or no picture at all, whatever its name says.
    """
    # Start-up never needs pictures; Pillow would cost it 40 ms.
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - start-up doesn't pay for it

    wrong = InvalidEntryError(
        field,
        "This file isn't a picture RecoveryDesk can read.",
        advice="Choose a PNG or JPEG file. You can also leave it for later.",
    )
    if len(content) > MOST_BYTES:
        raise InvalidEntryError(
            field, "This picture is larger than 20 MB.", advice="Choose a smaller one."
        )
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise InvalidEntryError(
                    field,
                    "This picture has too many pixels.",
                    advice="A logo of 600 pixels is plenty.",
                )
            picture.load()
            has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
            small = picture.convert("RGBA" if has_alpha else "RGB")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,  # what Pillow calls a broken chunk
        EOFError,
        struct.error,
        zlib.error,
    ) as error:
        raise wrong from error
    small.thumbnail((SIDE, SIDE))
    out = BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue(), "image/png"
