"""What notebook 3 shows."""
