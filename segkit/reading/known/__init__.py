"""Exports of known systems: one plain description a system beside this, and one module that recognises them."""
