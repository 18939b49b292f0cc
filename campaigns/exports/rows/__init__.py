"""A recognised table to stored rows: figures, days, and what each row is about."""
