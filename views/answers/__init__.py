"""The answers of many campaigns: which of them are shown, and one row for each."""
