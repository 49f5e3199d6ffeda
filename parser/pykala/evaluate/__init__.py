"""How far records say what their gold says: precision, recall and F1 by field, in all and by any breakdown."""
