"""What went to the customer on paper. The values are stored: never change one."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """What sort of paper it is."""

    LETTER = "letter"
    CERTIFICATE = "certificate"
    CHECKLIST = "checklist"


class DocumentStatus(StrEnum):
    """How far a document has got. From `printed` on its bytes never change."""

    DRAFT = "draft"
    PREPARED = "prepared"
    PRINTED = "printed"
    SENT = "sent"
    HANDED_OVER = "handed_over"
    VOID = "void"
