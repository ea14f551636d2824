"""Decisions and data in, results out: one object a step, each built from the ones it rests on."""
