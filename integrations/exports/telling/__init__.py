"""Telling people by e-mail: what stops, what never came, what has a deadline, how the morning is."""
