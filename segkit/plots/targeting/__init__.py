"""Pictures of notebook 5."""
