"""Markup of notebook 3."""
