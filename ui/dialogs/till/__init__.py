"""The till: who is it, what are they due, redeem, and write the visit down."""

from ui.dialogs.till.dialog import TillDialog
from ui.dialogs.till.panel import TillPanel

__all__ = ["TillDialog", "TillPanel"]
