"""What differs between two sets of records, by meaning: compared, judged by gold, shown, and applied to what is expected."""
