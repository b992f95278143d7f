"""What the shop promises by how upset the customer is."""

import json
from collections.abc import Mapping

from recoverydesk.domain.case import Severity

FIRST_CONTACT_HOURS: Mapping[Severity, int] = {
    Severity.ANNOYED: 8,
    Severity.UPSET: 4,
    Severity.ABOUT_TO_LEAVE: 2,
}
"""Opening hours until the first word must be out, unless the shop says otherwise."""


UPSET: Mapping[Severity, str] = {
    Severity.ANNOYED: "Annoyed",
    Severity.UPSET: "Upset",
    Severity.ABOUT_TO_LEAVE: "Furious",
}
"""How papers call it."""


def first_contact_hours_from_json(text: str) -> dict[Severity, int]:
    """Return the shop's promise, filled up with the usual one where it says nothing."""
    stored: dict[str, int] = json.loads(text)
    return {
        severity: int(stored.get(severity.value, usual))
        for severity, usual in FIRST_CONTACT_HOURS.items()
    }


def first_contact_hours_to_json(hours: Mapping[Severity, int]) -> str:
    """Return the shop's promise as stored."""
    return json.dumps({severity.value: count for severity, count in hours.items()})
