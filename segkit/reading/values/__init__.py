"""What cells mean: numbers, dates, labels, and the signs that they were damaged."""
