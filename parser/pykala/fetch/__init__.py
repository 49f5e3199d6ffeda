"""Bulletins from the web: asked for politely, kept as they came, and given out again without the web."""
