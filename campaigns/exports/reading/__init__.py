"""Bytes to tables of text: encoding, delimiter, preamble, header, stacked blocks. No cell is interpreted here."""

from campaigns.exports.reading.document import Document, TextTable
from campaigns.exports.reading.tables import read_tables

__all__ = ["Document", "TextTable", "read_tables"]
