"""Profiles: what each segment is like, against all customers."""
