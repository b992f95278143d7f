"""PINs, and the code that lets a forgotten one go: kept salted and slowly hashed, never as typed.

A PIN keeps honest people apart at one counter. It is no lock: whoever can copy the desk's file has
all of it; that is what the desk's own password is for.
"""

import hashlib
import hmac
import unicodedata
from base64 import b64decode, b64encode
from secrets import token_bytes

from recoverydesk.domain.voucher import clean_code, new_code, shown_code
from recoverydesk.errors import InvalidEntryError

SHORTEST, LONGEST = 4, 12
_COST = (2**14, 8, 1)
"""N, r and p of scrypt (RFC 7914): about 50 ms and 16 MB on a small laptop, once a sign-in."""
_SALT = 16
_MEMORY = 64 * 1024 * 1024
_NAME = "scrypt"


def check_new(typed: str) -> str:
    """Return a PIN that may be set: four to twelve signs without a space.

    Raises:
        InvalidEntryError: it is too short, too long, or all the same sign.
    """
    pin = _plain(typed)
    if not SHORTEST <= len(pin) <= LONGEST or any(sign.isspace() for sign in pin):
        raise InvalidEntryError(
            "pin", f"A PIN has {SHORTEST} to {LONGEST} signs: digits are quickest to type."
        )
    if len(set(pin)) == 1:
        raise InvalidEntryError("pin", "That is the same sign over and over. Choose another PIN.")
    return pin


def hashed(secret: str) -> str:
    """Return what is kept of a PIN or a way back: how it was hashed, the salt, and the hash."""
    n, r, p = _COST
    salt = token_bytes(_SALT)
    parts = (_NAME, str(n), str(r), str(p), _text(salt), _text(_scrypt(secret, salt, n, r, p)))
    return "$".join(parts)


def fits(secret: str, kept: str) -> bool:
    """Say whether something typed is what was hashed, whatever it cost to hash then."""
    name, _, rest = kept.partition("$")
    parts = rest.split("$")
    if name != _NAME or len(parts) != 5:  # noqa: PLR2004 - n, r, p, salt, hash
        return False
    n, r, p = (int(part) for part in parts[:3])
    salt, wanted = b64decode(parts[3]), b64decode(parts[4])
    return hmac.compare_digest(_scrypt(secret, salt, n, r, p), wanted)


def new_way_back() -> str:
    """Return a code as it is written down, that lets a forgotten PIN go."""
    return shown_code(new_code())


def clean_way_back(typed: str) -> str:
    """Return such a code as it is hashed: dashes, spaces and small letters aside."""
    return clean_code(typed)


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).strip()


def _scrypt(secret: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(
        _plain(secret).encode(), salt=salt, n=n, r=r, p=p, dklen=32, maxmem=_MEMORY
    )


def _text(value: bytes) -> str:
    return b64encode(value).decode()
