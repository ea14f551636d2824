"""Pictures of notebook 4."""
