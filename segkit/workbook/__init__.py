"""Decisions and data to results: the one path, and the workspace that keeps what was decided."""
