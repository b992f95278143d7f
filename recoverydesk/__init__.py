"""RecoveryDesk's core: everything but the windows. Knows nothing of Qt."""

__version__ = "0.1.0"
