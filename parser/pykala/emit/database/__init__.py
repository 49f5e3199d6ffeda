"""Records in a database: its tables, their migrations, and rows that are replaced as a whole."""
