"""Remedies: what was promised, what it costs, and the box that redeems a code."""

from ui.pages.remedies.page import RemediesPage

__all__ = ["RemediesPage"]
