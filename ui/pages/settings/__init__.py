"""The shop's own page: what its paper says, when it is open, how the program looks."""

from ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
