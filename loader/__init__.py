"""The loader: transcripts as they come, turned into one SQLite archive.

Data goes one way: `read` (bytes to text) → `parse` (text to `Briefing`) → `archive` (rows).
"""
