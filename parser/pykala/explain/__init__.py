"""A record shown on its own text: every value marked with its rule, and what was read as no value with the reason."""
