"""What notebook 2 asks."""
