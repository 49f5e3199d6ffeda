"""Records as tables: which tables there are, and the rows of one record, for Parquet and databases alike."""
