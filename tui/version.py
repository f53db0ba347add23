"""The version, read by the build and by `briefings-tui --version`."""

__version__ = "0.1.0"
