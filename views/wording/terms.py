"""Names of codes: metrics, platforms, designs, levels, countries, languages and currencies."""

from views.wording.language import Words


def metric_name(metric: str, words: Words) -> str:
    """A metric of the dictionary as a header."""
    raise NotImplementedError


def metric_definition(metric: str, words: Words) -> str:
    """What a metric counts."""
    raise NotImplementedError


def term(code: str, words: Words) -> str:
    """Any code of the records (design, rung, frame, arm, wave, sex, platform, report, level …) as a person says it."""
    raise NotImplementedError


def country_name(code: str, words: Words) -> str:
    """A country by its ISO 3166-1 alpha-3 code."""
    raise NotImplementedError


def language_name(tag: str, words: Words) -> str:
    """A language by its BCP 47 tag."""
    raise NotImplementedError


def currency_name(code: str, words: Words) -> str:
    """A currency by its ISO 4217 code."""
    raise NotImplementedError
