"""Ways to split the same customers held against each other, and one customer asked about."""
