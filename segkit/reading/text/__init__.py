"""Text files: from bytes to signs, from signs to rows."""
