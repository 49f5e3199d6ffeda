"""Many documents in one run: which they are, what each is called, and that one which fails stops no other."""
