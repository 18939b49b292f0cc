"""Cells to numbers, days, people and places: one decision a column, never a guess a cell."""
