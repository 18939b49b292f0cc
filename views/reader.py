"""Who reads a page: the language that a person chose, chose before, or has in the browser."""

from collections.abc import Mapping

from views.wording.language import ENGLISH, LANGUAGES


def preferred_language(headers: Mapping[str, str], cookies: Mapping[str, str], address: str | None = None) -> str:
    """As the address says, else as chosen before, else as the browser prefers.

    >>> preferred_language({"accept-language": "wo, fr;q=0.7"}, {})
    'fr'
    """
    accepted = (tag.split(";")[0].strip()[:2].lower() for tag in headers.get("accept-language", "").split(","))
    return next((wish for wish in (address, cookies.get("lang"), *accepted) if wish in LANGUAGES), ENGLISH)
