"""What notebook 2 shows."""
