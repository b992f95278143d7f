"""What the shop changes so that it does not happen again. The values are stored."""

from enum import StrEnum


class CorrectionKind(StrEnum):
    """Stop the bleeding, mend the cause, or keep it from ever happening."""

    CONTAINMENT = "containment"
    CORRECTIVE = "corrective"
    PREVENTIVE = "preventive"


class CorrectionStatus(StrEnum):
    """How far a correction has got."""

    IDEA = "idea"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE_WATCHING = "done_watching"
    HOLDS = "holds"
    CAME_BACK = "came_back"
    DROPPED = "dropped"


class IdeaSource(StrEnum):
    """Whose idea it is."""

    CUSTOMER = "customer"
    STAFF = "staff"


class IdeaStatus(StrEnum):
    """What became of an idea."""

    OPEN = "open"
    ADOPTED = "adopted"
    DECLINED = "declined"
