"""One reader for the exports of all platforms."""

from campaigns.exports.upload import read_archive, read_export

__all__ = ["read_archive", "read_export"]
