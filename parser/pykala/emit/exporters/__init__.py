"""Records in the forms of other projects (``--as``): each module makes the form's objects of one record."""
