"""Pictures of notebook 6."""
