"""The desk on disk: its tables, its upgrades, its changes."""
