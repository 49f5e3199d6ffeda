"""A report of many records: who was given how much, by whom, when, and the words that say so."""
