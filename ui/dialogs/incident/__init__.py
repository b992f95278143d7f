"""Incidents: one failure that hit many customers, made, looked at, and put right for all."""

from ui.dialogs.incident.make import AddCustomersDialog, IncidentDialog
from ui.dialogs.incident.page import IncidentPageDialog

__all__ = ["AddCustomersDialog", "IncidentDialog", "IncidentPageDialog"]
