"""What a bulletin says: sums, years, dates, names and acts, each as a mention with the rule that read it."""
