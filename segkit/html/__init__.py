"""Tables, cards and notes as escaped HTML, the same in a notebook and in the report."""
