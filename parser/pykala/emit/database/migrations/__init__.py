"""The changes that the tables have gone through, one module a revision."""
