"""What a person sees: screens, charts, tables, words and reports."""
