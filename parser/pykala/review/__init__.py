"""A page on which people decide about the changes between two sets of records."""
