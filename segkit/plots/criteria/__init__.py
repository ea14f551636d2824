"""Pictures of notebook 3."""
