"""The page of one case: where it stands, what happened, what was agreed, why, what was said."""

from ui.pages.case.page import CasePage

__all__ = ["CasePage"]
