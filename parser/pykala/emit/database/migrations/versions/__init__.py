"""Each module brings the tables from one revision to the next; none is changed once it was released."""
