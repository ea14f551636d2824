"""Markup of notebook 4."""
