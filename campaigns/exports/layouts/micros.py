"""Snapchat's own names for figures, under which money is in millionths though its column is called plainly `spend`."""

from dataclasses import replace

from campaigns.exports.formats import Recognised, recognise
from campaigns.exports.headers import normalised
from campaigns.exports.reading import TextTable

MARKS = frozenset({"swipes", "spend", "impressions"})


def snapchat(table: TextTable) -> list[Recognised] | None:
    headers = [normalised(header) for header in table.header]
    if not set(headers) >= MARKS or not (found := recognise(table)):
        return None
    meanings = tuple(
        replace(word, field="spend_micros") if word is not None and header == "spend" else word
        for header, word in zip(headers, found[0].meanings, strict=True)
    )
    return [replace(found[0], meanings=meanings)]
