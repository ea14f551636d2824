"""Markup of notebook 5."""
