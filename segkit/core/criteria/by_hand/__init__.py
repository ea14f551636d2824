"""The desktop exercise: attributes cut into bands, crossed, and put together."""
