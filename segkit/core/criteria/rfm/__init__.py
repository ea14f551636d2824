"""Recency, frequency and money: scores, names, and the table of both."""
