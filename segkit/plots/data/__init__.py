"""Pictures of notebook 2."""
