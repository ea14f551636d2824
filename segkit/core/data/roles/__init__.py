"""What each column of a file is taken for: by its name, by its content, and by what it must not be."""
