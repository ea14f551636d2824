"""Segments found in the data: how customers become numbers, and what is found among them."""
