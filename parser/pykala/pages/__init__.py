"""What pages with scripts share: assets of theirs, data that a script reads, and words in two languages."""
