"""Targeting: segments weighed against each other."""
