"""The sample business for businesses, described: Tern & Tape Packaging."""
