"""How many segments, how sure, and whether there are any."""
