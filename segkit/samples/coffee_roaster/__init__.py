"""The sample business for consumers, described: Kettle & Crane Coffee."""
