"""Codes become whole sentences here, and nowhere else."""

from views.wording.escaping import escape
from views.wording.figures import audience_sentence, before_after_sentence, cost_label, cost_sentence
from views.wording.glossary import how_to_read, how_we_judge, privacy, what_words_mean, why_views_are_not_awareness
from views.wording.language import LANGUAGES, Words, msgid
from views.wording.reasons import caution_sentence, reason_effect, reason_sentence, refusal_sentence
from views.wording.summary import headline
from views.wording.terms import (
    country_name,
    currency_name,
    language_name,
    metric_definition,
    metric_name,
    own_name,
    report_name,
    term,
)
from views.wording.uploads import problem_sentence, receipt_lines
from views.wording.verdicts import (
    certainty_label,
    delivery_only,
    figures_sentence,
    of_awareness,
    question_sentence,
    verdict_label,
    verdict_sentence,
)

__all__ = [
    "LANGUAGES",
    "Words",
    "audience_sentence",
    "before_after_sentence",
    "caution_sentence",
    "certainty_label",
    "cost_label",
    "cost_sentence",
    "country_name",
    "currency_name",
    "delivery_only",
    "escape",
    "figures_sentence",
    "headline",
    "how_to_read",
    "how_we_judge",
    "language_name",
    "metric_definition",
    "metric_name",
    "msgid",
    "of_awareness",
    "own_name",
    "privacy",
    "problem_sentence",
    "question_sentence",
    "reason_effect",
    "reason_sentence",
    "receipt_lines",
    "refusal_sentence",
    "report_name",
    "term",
    "verdict_label",
    "verdict_sentence",
    "what_words_mean",
    "why_views_are_not_awareness",
]
