"""A frozen edition: figures, tidy data, methods and citation in one file that reads back to the same numbers."""

from views.editions.reading import DamagedEditionError, Edition, read_edition
from views.editions.writing import edition

__all__ = ["DamagedEditionError", "Edition", "edition", "read_edition"]
