"""The moment at which every benchmark happens."""

from datetime import UTC, datetime

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
"""A Monday morning."""
