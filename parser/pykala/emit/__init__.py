"""Records on their way out: JSON of stable bytes, flat decision rows, failures, files, and the schemas of all of them."""
