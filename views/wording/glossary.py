"""The Help texts, as Markdown: how to read the pictures, what the words mean, how we judge, and privacy."""

from views.wording.language import Words


def how_to_read(words: Words) -> str:
    """How to read these pictures."""
    raise NotImplementedError


def what_words_mean(words: Words) -> list[tuple[str, str]]:
    """Each state, grade and term, with what it means."""
    raise NotImplementedError


def how_we_judge(words: Words) -> list[tuple[str, str]]:
    """Each design, with its method, what it assumes and the source."""
    raise NotImplementedError


def why_views_are_not_awareness(words: Words) -> str:
    raise NotImplementedError


def privacy(words: Words) -> str:
    raise NotImplementedError
