"""Data: one row a customer, from rows cleaned and columns understood."""
