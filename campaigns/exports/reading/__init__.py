"""Bytes to tables of text: encoding, delimiter, preamble, header, stacked blocks. No cell is interpreted here."""

from campaigns.exports.reading.tables import Document, TextTable, read_tables

__all__ = ["Document", "TextTable", "read_tables"]
