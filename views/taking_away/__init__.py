"""What a person takes away of a picture or a table: files that themselves say what they show and where it is from."""

from views.taking_away.browser import NoBrowserError, browser
from views.taking_away.files import File, picture_files, table_files
from views.taking_away.notes import Notes, notes_of
from views.taking_away.offering import offer_picture, offer_table

__all__ = [
    "File",
    "NoBrowserError",
    "Notes",
    "browser",
    "notes_of",
    "offer_picture",
    "offer_table",
    "picture_files",
    "table_files",
]
