"""What can go wrong in a way the owner can do something about.

Every message and advice here is written for the owner and shown as it stands.
Any other exception is a bug: it is logged without names and offered for a report.
"""


class RecoveryDeskError(Exception):
    """Base of every error that RecoveryDesk raises on purpose.

    Attributes:
        advice: what is safe and what to do next; empty where the message says it all.
    """

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice


class InvalidEntryError(RecoveryDeskError):
    """Something typed into a form can't be taken.

    Attributes:
        field: the parameter it was meant for, so that the form can point at it.
    """

    def __init__(self, field: str, message: str, *, advice: str = "") -> None:
        super().__init__(message, advice=advice)
        self.field = field


class NotFoundError(RecoveryDeskError):
    """The thing asked for isn't in the desk, or isn't any more."""


class NotAllowedError(RecoveryDeskError):
    """A rule of the recovery plan forbids this now."""


class NeedsOwnerError(NotAllowedError):
    """Staff may not give as much on their own; with the owner's word it may be done."""


class NotYetError(RecoveryDeskError):
    """A later release will do this; this one says so instead of pretending."""


class FileTroubleError(RecoveryDeskError):
    """A file outside the desk can't be read or written: a letter, a logo."""


class DeskFileError(RecoveryDeskError):
    """The desk's own file can't be used."""


class DeskBusyError(DeskFileError):
    """Another program is writing to the desk right now."""


class DeskFullError(DeskFileError):
    """There is no room left on the disk."""


class DeskReadOnlyError(DeskFileError):
    """The desk's file or folder can only be read."""


class DeskDamagedError(DeskFileError):
    """The desk's file is damaged, empty where it wasn't, or no desk at all."""


class DeskTooNewError(DeskFileError):
    """A newer RecoveryDesk wrote this desk."""
