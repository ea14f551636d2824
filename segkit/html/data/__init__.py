"""Markup of notebook 2."""
