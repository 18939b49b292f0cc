"""One reader for the exports of all platforms."""
