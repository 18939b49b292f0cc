"""Answers to the standard questionnaire as form software exports them; the people are invented."""

from collections.abc import Iterator, Sequence

from campaigns.questionnaire_form import LANGUAGES, QUESTIONS, THEN, choices, texts
from campaigns.records import Wave

FIELDS = ("arm", "cluster", "region", "about", "consent", "age", "under_age")
MANY = ("both", "one column", "columns")
_MARKS = {"summary": MANY[:2], "columns": (MANY[0], MANY[2])}

# Three adults, one who did not agree, one child. Codes, as the form names its answers.
PEOPLE: tuple[dict[str, str], ...] = (
    {
        "arm": "campaign", "cluster": "V1", "region": "North", "consent": "yes", "age": "19", "sex": "female",
        "seen_control": "no", "seen_campaign": "yes", "seen_where": "social_media radio",
        "dangers_known": "robbery debt", "promise_binding": "no", "protection_known": "yes", "arrive_of_ten": "3",
        "smugglers_reliable": "strongly_disagree", "plans_irregular": "no", "asked_advice": "yes",
        "would_try_legal_way": "yes", "trusts_advice": "agree", "very_afraid": "no", "blames_migrants": "neither",
    },
    {
        "arm": "comparison", "cluster": "V2", "region": "South", "consent": "yes", "age": "27", "sex": "male",
        "seen_control": "yes", "seen_campaign": "no", "seen_where": "",
        "dangers_known": "sexual_violence", "promise_binding": "yes", "protection_known": "dont_know",
        "arrive_of_ten": "9", "smugglers_reliable": "agree", "plans_irregular": "yes", "asked_advice": "no",
        "would_try_legal_way": "no", "trusts_advice": "disagree", "very_afraid": "yes", "blames_migrants": "agree",
    },
    {
        "arm": "comparison", "cluster": "V2", "region": "South", "consent": "yes", "age": "66", "sex": "refused",
        "seen_control": "refused", "seen_campaign": "dont_know", "seen_where": "",
        "dangers_known": "dont_know", "promise_binding": "refused", "protection_known": "no", "arrive_of_ten": "",
        "smugglers_reliable": "dont_know", "plans_irregular": "refused", "asked_advice": "dont_know",
        "would_try_legal_way": "", "trusts_advice": "refused", "very_afraid": "dont_know",
        "blames_migrants": "strongly_agree",
    },
    {"arm": "campaign", "cluster": "V1", "region": "North", "consent": "no"},
    {"arm": "campaign", "cluster": "V1", "region": "North", "consent": "yes", "age": "15"},
)  # fmt: skip
# Whether the answers of the three adults count, told by hand from the answers above.
COUNT: dict[str, list[int | None]] = {
    "seen_control": [0, 1, None],
    "seen_campaign": [1, 0, 0],
    "dangers_known": [1, 0, 0],  # two of nine are needed
    "promise_binding": [1, 0, None],
    "protection_known": [1, 0, 0],
    "smugglers_reliable": [1, 0, 0],
    "plans_irregular": [0, 1, None],
    "asked_advice": [1, 0, 0],
    "would_try_legal_way": [1, 0, None],
    "trusts_advice": [1, 0, None],
    "very_afraid": [0, 1, 0],
    "blames_migrants": [0, 1, 1],
}


def kobo(wave: Wave = Wave.AFTER, language: str | None = None, *, joint: str = "", many: str = "both") -> bytes:
    """The answers as KoboToolbox exports them: with names and codes, or with the labels of one language.

    `joint` stands between the group and its questions where groups are exported; `many` says how a question is that
    may have several answers.
    """
    header, *rows = _table(wave, language, joint, many)
    header += ["_id", "_uuid", "_submission_time", "_validation_status", "__version__", "_index"]
    for number, row in enumerate(rows, 1):
        row += [str(90 + number), f"0000-{number}", f"2026-05-0{number}T10:00:00", "", "v1", str(number)]
    return "".join(";".join(f'"{cell}"' for cell in row) + "\r\n" for row in (header, *rows)).encode()


def _table(wave: Wave, language: str | None, joint: str, many: str) -> Iterator[list[str]]:
    asked = [question for question in THEN if wave == Wave.AFTER or not question.endline_only]
    names = [*FIELDS, *(question.name for question in asked)]
    heads = [_in_group(name, language, joint) for name in names]
    header = ["start", "end", "today", "wave"]
    for name, head in zip(names, heads, strict=True):
        options = _options(name)
        if not options or many in _MARKS["summary"]:
            header.append(head)
        if options and many in _MARKS["columns"]:
            header += [f"{head}{joint or '/'}{_label(QUESTIONS[name].choices, option, language)}" for option in options]
    yield header
    for person in PEOPLE:
        row = ["2026-05-01T09:00:00", "2026-05-01T09:10:00", "2026-05-01", str(wave)]
        for name in names:
            given, options = person.get(name, ""), _options(name)
            if not options or many in _MARKS["summary"]:
                row.append(_said(name, given, language))
            if options and many in _MARKS["columns"]:
                row += [str(int(option in given.split())) if given else "" for option in options]
        yield row


def _in_group(name: str, language: str | None, joint: str) -> str:
    label = _label("question", name, language)
    return label if name in FIELDS or not joint else f"{_label('group', 'interview', language)}{joint}{label}"


def _options(name: str) -> Sequence[str]:
    question = QUESTIONS[name]
    return list(choices(question.choices)) if question.kind.startswith("select_multiple") else ()


def _said(name: str, given: str, language: str | None) -> str:
    listed = QUESTIONS[name].choices
    return " ".join(_label(listed, answer, language) for answer in given.split()) if listed else given


def _label(part: str | None, name: str, language: str | None) -> str:
    return name if language is None else texts()[str(part), name][language]


WRITTEN = (None, *LANGUAGES)
