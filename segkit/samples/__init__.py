"""Two sample businesses, made by a seeded generator: what they are, where their files lie, and how to write them anew."""
