"""What went to the customer on paper. The values are stored: never change one."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """What sort of paper it is."""

    LETTER = "letter"
    CERTIFICATE = "certificate"
    CHECKLIST = "checklist"
    SLIP = "slip"
    """Acknowledges a complaint: the case's number, and by when they hear from us."""
    CASE_FILE = "case_file"
    STAFF_PAGE = "staff_page"
    POLICY = "policy"
    INTAKE_CARD = "intake_card"
    COMMENT_CARD = "comment_card"
    POSTER = "poster"
    ENVELOPE = "envelope"
    LABELS = "labels"
    MONTH_PAGE = "month_page"
    """A month in plain sentences, for the owner."""
    EMAIL = "email"
    """An e-mail draft with a paper attached; its bytes are the draft's."""


class DocumentStatus(StrEnum):
    """How far a document has got. From `printed` on its bytes never change."""

    DRAFT = "draft"
    PREPARED = "prepared"
    PRINTED = "printed"
    SENT = "sent"
    HANDED_OVER = "handed_over"
    VOID = "void"
