"""pykala reads decision bulletins of Finnish municipalities into structured, quoted records."""
