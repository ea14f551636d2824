"""What notebook 3 asks."""
