"""Widgets, one a file: data comes in by reactives, what happened goes out by messages."""
