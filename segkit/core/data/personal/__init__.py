"""What tells of an identifiable person, one module for each kind of way in which it is written."""
