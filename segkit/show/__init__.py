"""What the notebooks show: each function takes the session and returns a piece that follows the choices made."""
