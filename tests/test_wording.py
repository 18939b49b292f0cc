"""What a person reads: every code has a sentence, every language the same figures, and text from files stays text."""

import ast
import dataclasses
import datetime as dt
import html
import itertools
import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from campaigns import problems as campaign_problems
from campaigns.messages import PROBLEMS
from campaigns.privacy import STRICT
from campaigns.problems import Problem, Severity
from campaigns.receipts import ColumnReading, Kind, Receipt, WindowSource
from campaigns.records import Arm, Design, Money, Wave
from campaigns.vocabulary import COUNTRIES, CURRENCIES, METRICS, Platform
from metrics.costs import Cost
from metrics.estimates import Caution
from metrics.estimates import Reason as Refusal
from metrics.verdicts import Certainty, Finding, Reason, ReasonCode
from tests.evaluations import INTENDS, SENTENCE_ENDS, TWICE, VIEWED, estimate, evaluation, groups
from views.wording import (
    LANGUAGES,
    Words,
    audience_sentence,
    before_after_sentence,
    caution_sentence,
    certainty_label,
    cost_label,
    cost_sentence,
    country_name,
    currency_name,
    escape,
    figures_sentence,
    headline,
    how_to_read,
    how_we_judge,
    language_name,
    metric_definition,
    metric_name,
    own_name,
    privacy,
    problem_sentence,
    question_sentence,
    reason_effect,
    reason_sentence,
    receipt_lines,
    refusal_sentence,
    report_name,
    term,
    verdict_label,
    verdict_sentence,
    what_words_mean,
    why_views_are_not_awareness,
)
from views.wording.escaping import plain
from views.wording.summary import headline_counts
from views.wording.terms import TERMS

ROOT = Path(campaign_problems.__file__).parents[1]
EN, FR = Words("en"), Words("fr")
STATES = list(itertools.product(Finding, Certainty))


def figures(text: str) -> list[str]:
    """The numbers of a sentence in any language, in order of size: separators and spaces do not count."""
    bare = re.sub(r"(?<=\d)[\s\u202f\u00a0](?=\d{3})", "", text)
    return sorted(number.replace(",", ".") for number in re.findall(r"\d+(?:[.,]\d+)?", bare))


def figures_in(text: str, words: Words) -> list[str]:
    """The same, without the 1 and 2 that Arabic says in words; Chinese numbers its months, and counts by 10,000."""
    counted = figures(re.sub(r"\d+月", "月", text).replace(words.compact(VIEWED), EN.compact(VIEWED)))
    return [number for number in counted if words.language != "ar" or number not in {"1", "2"}]


# ---- Verdicts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("finding", "certainty", "expected"),
    [
        (Finding.RAISED, Certainty.HIGH, "The campaign raised awareness."),
        (Finding.RAISED, Certainty.MODERATE, "The campaign probably raised awareness."),
        (Finding.RAISED, Certainty.LOW, "The campaign may have raised awareness."),
        (
            Finding.RAISED,
            Certainty.VERY_LOW,
            "The data show a rise, but we cannot say the campaign caused it.",
        ),
        (
            Finding.RAISED_A_LITTLE,
            Certainty.HIGH,
            "The campaign raised awareness, perhaps too little to matter.",
        ),
        (
            Finding.NO_IMPORTANT_DIFFERENCE,
            Certainty.HIGH,
            "The campaign made little or no difference.",
        ),
        (
            Finding.CANNOT_TELL,
            Certainty.LOW,
            "We cannot tell yet. The result fits anything from 3 fewer to 5 more people in every 100. "
            "This is not evidence that it had no effect.",
        ),
        (
            Finding.BACKFIRED,
            Certainty.LOW,
            "The campaign may have lowered awareness. Review it before repeating it.",
        ),
        (Finding.DO_NOT_TRUST, Certainty.VERY_LOW, "Do not use this result: the two groups were not comparable."),
        (
            Finding.NOT_MEASURED,
            None,
            "Seen 1.2 million times. Nobody was asked, so we do not know if awareness changed.",
        ),
    ],
)
def test_what_was_found_and_how_sure_we_are_make_the_sentence(finding, certainty, expected):
    assert verdict_sentence(evaluation(finding, certainty), EN) == expected


@pytest.mark.parametrize(("finding", "certainty"), STATES)
def test_every_state_has_the_same_figures_in_every_language(finding, certainty):
    shown = evaluation(finding, certainty)
    english = verdict_sentence(shown, EN) + figures_sentence(shown, EN)
    for language in LANGUAGES:
        words = Words(language)
        said = verdict_sentence(shown, words) + figures_sentence(shown, words)
        assert figures_in(said, words) == figures_in(english, words)
        assert verdict_label(shown, words)


@pytest.mark.parametrize(("finding", "certainty"), STATES)
def test_every_state_is_said_of_every_outcome(finding, certainty):
    of_intentions = evaluation(finding, certainty, outcome=INTENDS)
    said = verdict_sentence(of_intentions, EN)
    assert said
    if finding in (Finding.RAISED, Finding.RAISED_A_LITTLE, Finding.BACKFIRED, Finding.MIXED):
        assert "awareness" not in said
    if finding in (Finding.RAISED, Finding.RAISED_A_LITTLE, Finding.BACKFIRED):
        assert verdict_label(of_intentions, EN) != verdict_label(evaluation(finding, certainty), EN)


def test_no_difference_and_not_knowing_are_two_things():
    little, unknown = (
        evaluation(finding, Certainty.HIGH) for finding in (Finding.NO_IMPORTANT_DIFFERENCE, Finding.CANNOT_TELL)
    )
    for words in (EN, FR):
        assert verdict_sentence(little, words) != verdict_sentence(unknown, words)
        assert verdict_label(little, words) != verdict_label(unknown, words)


def test_without_a_comparison_little_or_no_difference_is_not_said():
    shown = evaluation(Finding.NO_IMPORTANT_DIFFERENCE, Certainty.VERY_LOW)
    assert verdict_sentence(shown, EN).startswith("We cannot tell yet.")
    assert verdict_label(shown, EN) == "Cannot tell yet"


def test_the_change_is_given_in_people_with_its_range_and_the_people_asked():
    assert figures_sentence(evaluation(interval=(0.04, 0.02, 0.06)), EN, profile=None) == (
        "About 4 more people in every 100, likely between 2 and 6 more; 512 people were asked."
    )


def test_a_fall_is_given_as_fewer_people():
    assert figures_sentence(evaluation(Finding.BACKFIRED, interval=(-0.06, -0.09, -0.03)), EN, profile=None) == (
        "About 6 fewer people in every 100, likely between 3 and 9 fewer; 512 people were asked."
    )


def test_where_fewer_is_wished_a_change_for_the_better_is_fewer_people():
    shown = evaluation(Finding.RAISED, interval=(0.06, 0.03, 0.09), outcome=INTENDS)
    assert figures_sentence(shown, EN, profile=None) == (
        "About 6 fewer people in every 100, likely between 3 and 9 fewer; 512 people were asked."
    )
    unsure = evaluation(Finding.CANNOT_TELL, interval=(0.01, -0.03, 0.05), outcome=INTENDS)
    assert "from 5 fewer to 3 more people" in verdict_sentence(unsure, EN)


def test_where_we_cannot_tell_the_range_is_said_once():
    unsure = evaluation(Finding.CANNOT_TELL, interval=(0.01, -0.03, 0.05))
    assert "from 3 fewer to 5 more people" in verdict_sentence(unsure, EN)
    assert figures_sentence(unsure, EN, profile=None) == "512 people were asked."


def test_a_range_is_never_rounded_to_a_point():
    assert "between 3.6 and 4.4 more" in figures_sentence(evaluation(interval=(0.04, 0.036, 0.044)), EN)


def test_a_range_that_only_excludes_zero_does_not_begin_at_zero():
    assert "between 0.4 and 8 more" in figures_sentence(evaluation(interval=(0.04, 0.004, 0.08)), EN)


def test_a_viewer_sees_people_rounded_and_no_figures_of_few():
    assert "510 people were asked" in figures_sentence(evaluation(n=512), EN)
    assert figures_sentence(evaluation(n=7), EN) == ""
    assert figures_sentence(evaluation(n=9), EN, profile=STRICT) == ""
    assert "We cannot tell yet. This" in verdict_sentence(evaluation(Finding.CANNOT_TELL, n=7), EN)


def test_a_result_that_must_not_be_used_has_no_figures():
    assert figures_sentence(evaluation(Finding.DO_NOT_TRUST, Certainty.VERY_LOW), EN) == ""


def test_harm_elsewhere_is_not_called_lower_awareness():
    harm = Reason(code=ReasonCode.GUARDRAIL_HARMED, detail="helpline")
    shown = evaluation(Finding.BACKFIRED, Certainty.LOW, interval=(0.04, 0.02, 0.06), reasons=(harm,))
    assert verdict_sentence(shown, EN).startswith("The campaign may have done harm")
    assert verdict_label(shown, EN) == "May have done harm"
    assert reason_sentence(harm, EN, campaign=shown.campaign) == (
        r"What must not get worse did: “Would you call the helpline\?”"
    )


def test_the_question_is_quoted_and_the_certainty_drawn():
    assert question_sentence(evaluation(), EN.in_files) == (
        "The question was: “Can you name two dangers of the journey?”"
    )
    assert certainty_label(Certainty.MODERATE, EN) == "●●●○ moderate"
    assert certainty_label(None, EN) == "—"


def test_before_and_after_alone_is_set_against_the_comparison():
    shown = evaluation(groups=TWICE, alone=estimate(0.165, 0.095, 0.234, n=770))
    # 160 of 385 less 134 of 390 is 7.2 in a hundred.
    assert before_after_sentence(shown, EN, profile=None) == (
        "Before and after alone would have said +17 in every 100; the comparison group rose by 7."
    )
    assert before_after_sentence(evaluation(groups=TWICE), EN) == ""
    few = dataclasses.replace(shown, effect=dataclasses.replace(shown.effect, groups=TWICE[:2]))
    assert before_after_sentence(few, EN) == "Before and after alone would have said +17 in every 100."


@pytest.mark.parametrize(("after", "expected"), [(134, "did not change."), (100, "fell by 9.")])
def test_a_comparison_that_stood_still_or_fell_is_said(after, expected):
    still = (*TWICE[:3], *groups((Arm.COMPARISON, Wave.AFTER, after, 390)))
    shown = evaluation(groups=still, alone=estimate(0.165, 0.095, 0.234, n=770))
    assert before_after_sentence(shown, EN, profile=None).endswith(expected)


# ---- Why, how much, to whom -------------------------------------------------------------------------------------

REASONS = [
    Reason(code=ReasonCode.SAMPLE_RATIO, fatal=True, figures=(480, 330, 0.5)),
    Reason(code=ReasonCode.UNEVEN_LOSSES, fatal=True, figures=(0.31, 0.12)),
    Reason(code=ReasonCode.MANY_LOST, change=-1, figures=(0.31, 0.28)),
    Reason(code=ReasonCode.GROUPS_DIFFERED_BEFORE, change=-1, figures=(0.41, 0.29)),
    Reason(code=ReasonCode.FEW_CLUSTERS, change=-1, figures=(12,)),
    Reason(code=ReasonCode.IMPRECISE, change=-1, figures=(-0.13, 0.17, 240)),
    Reason(code=ReasonCode.MEASURED_RIGHT_AFTER, change=-1, figures=(3,)),
    Reason(code=ReasonCode.OUTCOME_STATED_LATE, change=-1, detail="2026-02-14"),
    Reason(code=ReasonCode.CHANGE_OF_PLAN, change=-1, detail="2026-04-02"),
    Reason(code=ReasonCode.FEW_POINTS, change=-1, figures=(9,)),
    Reason(code=ReasonCode.OTHER_EVENTS, change=-1, detail="Border closed", figures=(1,)),
    Reason(code=ReasonCode.GROUPS_DISAGREE, detail="sex"),
    Reason(code=ReasonCode.REPLICATED, figures=(2,)),
    Reason(code=ReasonCode.REPLICATION_DISAGREES, figures=(1, 3)),
    Reason(code=ReasonCode.RECORD_LACKS, detail="ethics.consent"),
    Reason(code=ReasonCode.NOT_ESTIMABLE, detail=Refusal.NOBODY_IN_A_GROUP, figures=(12,)),
    Reason(code=ReasonCode.GUARDRAIL_HARMED, detail="helpline"),
    Reason(code=ReasonCode.MORE_THAN_ASSIGNED, change=-1, figures=(500, 510, 620, 505)),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_a_sentence_with_its_figures(language):
    words, detailed = Words(language), {reason.code: reason for reason in REASONS}
    for code in ReasonCode:
        said = reason_sentence(detailed.get(code, Reason(code=code)), words)
        assert said.endswith(SENTENCE_ENDS), said
        english = reason_sentence(detailed.get(code, Reason(code=code)), EN)
        assert figures_in(said, words) == figures_in(english, words), said


def test_reasons_quote_what_they_rest_on():
    assert [reason_sentence(reason, EN) for reason in REASONS[:2]] == [
        "The groups were to be split 50% to 50%, but hold 480 and 330 people: something other than chance decided who "
        "is in which.",
        "31% of the campaign group and 12% of the comparison group did not answer at the end: those who stayed can no "
        "longer be compared. Find out who was lost, and why.",
    ]
    assert reason_sentence(REASONS[5], EN) == (
        "The range is wide, from −13 to +17 people in every 100 (people asked: 240)."
    )
    assert "14 Feb 2026" in reason_sentence(REASONS[7], EN)
    assert reason_sentence(REASONS[-1], EN) == (
        "More people answered (campaign group: 620, comparison group: 505) than there are said to have been (500 and "
        "510), so nobody knows how many were lost. Correct the record."
    )


def test_what_a_reason_does_is_said():
    assert reason_effect(REASONS[0], EN) == "makes the result unusable"
    assert reason_effect(REASONS[2], EN) == "takes 1 grade away"
    assert reason_effect(Reason(code=ReasonCode.COMPARISON_SERIES, change=1), EN) == "adds 1 grade"
    assert reason_effect(Reason(code=ReasonCode.RANDOMISED), EN) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_and_caution_has_a_sentence(language):
    words = Words(language)
    said = [refusal_sentence(refusal, words) for refusal in Refusal]
    said += [caution_sentence(caution, words) for caution in Caution]
    assert all(sentence.endswith(SENTENCE_ENDS) for sentence in said)
    assert len(set(said)) == len(said)


def cost(high=5.5) -> Cost:
    return Cost(estimate=3.25, conf_low=2.4, conf_high=high, conf_level=0.95, currency="USD")


def test_a_cost_is_said_with_its_range_and_its_currency():
    assert cost_sentence(cost(), EN.in_files) == (
        "About US$3.25 for each additional person, likely between US$2.40 and US$5.50."
    )
    assert cost_label(cost(), EN.in_files) == "US$3.25 (US$2.40 to US$5.50)"


def test_a_cost_without_upper_limit_says_so():
    assert "at least US$2.40; it may have cost far more" in cost_sentence(cost(math.inf), EN.in_files)
    assert cost_label(cost(math.inf), EN.in_files) == "US$2.40 or more"


def test_a_cost_that_is_not_shown_says_why():
    refused = Cost.refused(Refusal.CAUSE_NOT_KNOWN)
    assert cost_sentence(refused, EN) == "We cannot say the campaign caused the change, so it has no cost by person."
    assert cost_label(refused, EN) == "not shown"


def test_dollars_do_not_start_a_formula_on_the_page():
    assert cost_label(cost(), EN) == r"US\$3.25 (US\$2.40 to US\$5.50)"


def test_the_audience_is_a_range_where_cells_do_not_tell_and_says_who_was_missed():
    assert audience_sentence(evaluation(), EN) == (
        "Between 62% and 70% of the delivery went to people of the intended ages (counted: times shown). "
        "80% of the delivery went to the intended countries (counted: times shown). "
        "Nothing was delivered to: Senegal."
    )
    nobody = dataclasses.replace(evaluation(), audience=())
    assert audience_sentence(nobody, EN).startswith("It is not known")


# ---- The answer over all campaigns ------------------------------------------------------------------------------


def test_the_headline_counts_every_campaign_once():
    shown = [evaluation(finding, certainty) for finding, certainty in STATES]
    counts = headline_counts(shown)
    assert sum(counts.values()) == len(STATES)
    assert counts["raised"] == 6
    assert counts["rise_only"] == 2
    assert counts["cannot_tell"] == 5  # one of them little or no difference without a comparison


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headline_has_the_same_counts_in_every_language(language):
    shown = [evaluation(finding, certainty) for finding, certainty in STATES]
    words = Words(language)
    assert figures_in(headline(shown, words), words) == figures_in(headline(shown, EN), words)


def test_the_headline_answers_the_question():
    shown = [
        *[evaluation(Finding.RAISED, Certainty.MODERATE)] * 3,
        *[evaluation(Finding.NO_IMPORTANT_DIFFERENCE, Certainty.HIGH)] * 2,
        evaluation(Finding.BACKFIRED, Certainty.LOW),
        evaluation(Finding.RAISED, Certainty.HIGH, outcome=INTENDS),
        *[evaluation(Finding.NOT_MEASURED, None)] * 2,
    ]
    assert headline(shown, EN) == (
        "3 of 9 campaigns raised awareness, or probably or may have done so. "
        "1 brought, or may have brought, a wished change other than awareness. "
        "2 made, or may have made, little or no difference. "
        "1 may have backfired: review it before repeating it. "
        "For 2 nobody was asked: only views and other delivery figures are known."
    )


def test_delivery_alone_raises_nothing():
    shown = [evaluation(Finding.NOT_MEASURED, None)]
    assert headline(shown, EN).startswith("Of no campaign can we say yet that it raised awareness")
    assert headline([], EN) == "There is no campaign yet."


# ---- Files ------------------------------------------------------------------------------------------------------


def code_expressions(node: ast.AST) -> list[ast.expr]:
    """The parts of a statement that hold a problem's code, in the ways that `campaigns` writes them."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[:1] if name in {"Problem", "say", "fault", "mark", "refusal", "Damage", "_refused"} else []
        coded = node.args[3:4] if name == "_coded" else []
        return [*first, *coded, *(keyword.value for keyword in node.keywords if keyword.arg == "code")]
    if isinstance(node, ast.Assign):
        names = {getattr(target, "id", getattr(getattr(target, "value", None), "id", "")) for target in node.targets}
        return [node.value] if names & {"code", "faults", "marks"} else []
    if isinstance(node, ast.FunctionDef) and node.name in {"_unfit", "_unclosed"}:  # they say why a file is refused
        return [part.value for part in ast.walk(node) if isinstance(part, ast.Return) and part.value]
    if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
        return node.value.elts[:1]
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
        parts = node.value.elts
        return parts[1:2] if parts and isinstance(parts[0], ast.Constant) and parts[0].value is None else []
    return []


def emitted_codes() -> set[str]:
    """Every code that reading, checking or storing a file can give, found in the source."""
    found = set()
    for path in sorted((ROOT / "campaigns").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            parts = (part for expression in code_expressions(node) for part in ast.walk(expression))
            found |= {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    return {code for code in found if re.fullmatch(r"[a-z]+(_[a-z]+)+", code)}


def test_every_problem_that_reading_a_file_can_find_has_a_sentence():
    codes = emitted_codes()
    known = {"file_empty", "date_order_ambiguous", "number_not_readable", "answer_unknown", "age_not_known"}
    assert known | {"reach_not_additive", "audit_changed"} <= codes
    assert sorted(codes - set(PROBLEMS)) == []


def test_a_problem_says_where_what_and_how_to_put_it_right():
    problem = Problem("number_not_readable", Severity.ERROR, row=1014, column="Clics", value="many")
    assert problem_sentence(problem, EN) == (
        "Row 1,014, column “Clics”: “many” is not a number. Write digits only, or leave the cell empty if unknown."
    )
    whole = Problem("file_empty", Severity.ERROR)
    assert problem_sentence(whole, EN).startswith("The file holds no rows.")
    row = Problem("cells_missing", Severity.ERROR, row=4, value="2")
    assert problem_sentence(row, EN) == (
        "Row 4: The row has too few cells (missing: 2) and cannot be read. Export the file again."
    )
    column = Problem("personal_data_columns", Severity.WARNING, column="Phone")
    assert problem_sentence(column, EN).startswith("Column “Phone”: This column looks like personal data")


def test_many_alike_problems_are_counted():
    problem = Problem("number_not_readable_more", Severity.ERROR, column="Clics", value="240")
    assert "(number: 240)" in problem_sentence(problem, EN)


def test_a_value_that_may_not_be_shown_is_not():
    problem = Problem("answer_unknown", Severity.ERROR, row=3, column="Group")
    assert "“not shown”" in problem_sentence(problem, EN)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_every_problem_is_a_sentence_in_which_the_sender_cannot_write_markup(code, language):
    problem = Problem(code, Severity.ERROR, row=2, column="![x](http://a.example)", value="<b>**x**")
    said = problem_sentence(problem, Words(language))
    assert "![x]" not in said
    assert "**x**" not in said
    assert "<b>" not in said
    assert said.endswith(SENTENCE_ENDS)


def test_a_code_without_a_sentence_is_still_shown_as_a_problem():
    assert "brand\\_new" in problem_sentence(Problem("brand_new", Severity.ERROR), EN)


def receipt(**change) -> Receipt:
    values = {
        "file_name": "ads.csv",
        "sha256": "0" * 64,
        "size": 10,
        "kind": Kind.ENGAGEMENT,
        "platform": "meta_ads",
        "report": "ads",
        "language": "fr",
        "window": (dt.date(2026, 3, 1), dt.date(2026, 3, 31)),
        "window_source": WindowSource.PREAMBLE,
        "currency": "XOF",
        "breakdowns": ("age", "sex"),
        "rows_read": 1412,
        "totals_set_aside": 1,
        "columns": (
            ColumnReading(header="Jour", field="date", stored=True, reading="day_first"),
            ColumnReading(header="Clics", field="link_clicks", stored=True, reading="decimal_comma"),
            ColumnReading(header="Score*", field=None, stored=False),
            ColumnReading(header="Nom du parent", field=None, stored=False),
        ),
        "dropped": ("Nom du parent",),
    }
    return Receipt(**(values | change))


def test_a_receipt_says_how_the_file_was_read():
    assert receipt_lines(receipt(), EN) == [
        ("Recognised as", "Meta ads (Facebook, Instagram): ads"),
        ("Language of the headers", "French"),
        ("Period", "1–31 Mar 2026 (from the lines above the table)"),
        ("Dates", "The day comes first (31/12/2026)"),
        ("Numbers", "The comma separates decimals (1 234,5)"),
        ("Currency", "West African CFA Franc (XOF)"),
        ("Split by", "Age and Sex"),
        ("Rows read", "1,412"),
        ("Totals set aside", "1"),
        ("Columns not understood", "Score\\*"),
        ("Personal data, not stored", "Nom du parent"),
    ]


def test_a_receipt_says_when_names_are_all_that_tells_rows_apart():
    assert receipt_lines(receipt(identified=False), EN)[-1] == (
        "When you add it again",
        "it replaces everything stored of this account and period",
    )


def test_a_receipt_of_a_file_without_period_says_so():
    lines = dict(receipt_lines(receipt(window=None, currency=None, language=None), EN))
    assert lines["Period"] == "not stated"
    assert "Currency" not in lines


# ---- Names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_metric_platform_country_and_currency_has_a_name(language):
    words = Words(language)
    for metric in METRICS:
        assert metric_name(metric, words)
        assert metric_definition(metric, words)
    assert {str(platform) for platform in Platform} <= set(TERMS["Platform"])
    assert [code for code in COUNTRIES if country_name(code, words) == code] == []
    assert all(currency_name(code, words) for code in CURRENCIES)


def test_names_follow_the_language():
    assert country_name("SEN", FR) == "Sénégal"
    assert language_name("wo", FR) == "wolof"
    assert language_name("zzz", FR) == "zzz"
    assert currency_name("XOF", FR) == "franc CFA (BCEAO)"
    assert term(Design.RANDOMISED, EN) == "People assigned at random"
    assert term("day", EN, kind="grain") == "One row a day"
    assert term("some_level", EN, kind="level") == "some level"
    assert report_name("ads_by_campaign", EN) == "ads, one row a campaign"
    assert report_name("new_report", EN) == "new report"
    assert metric_name("reach_low", EN) == "People reached"
    assert own_name("fr") == "Français"


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_speaks_of_every_state_grade_and_design(language):
    words = Words(language)
    meanings = dict(what_words_mean(words))
    for finding in (Finding.CANNOT_TELL, Finding.NOT_MEASURED, Finding.DO_NOT_TRUST, Finding.RECORD_INCOMPLETE):
        assert verdict_label(evaluation(finding), words) in meanings
    for certainty in Certainty:
        assert certainty_label(certainty, words) in meanings
    judged = dict(how_we_judge(words))
    for design in (Design.RANDOMISED, Design.CLUSTER_RANDOMISED, Design.MATCHED, Design.BEFORE_AFTER):
        assert term(design, words) in judged
    assert how_to_read(words).count("\n\n") == 5
    assert why_views_are_not_awareness(words).count("\n- ") == 4
    assert privacy(words).count("\n- ") == 4


# ---- Numbers ----------------------------------------------------------------------------------------------------


def test_numbers_dates_and_shares_follow_the_language():
    assert EN.number(-1234.56, 1) == "−1,234.6"
    assert FR.number(-1234.56, 1) == "−1\u202f234,6"
    assert EN.compact(1_234_567) == "1.2 million"
    assert FR.compact(2_500_000) == "2,5 millions"
    assert EN.compact(12_345) == "12,345"
    assert FR.percent(0.12) == "12\u00a0%"
    assert EN.percent(0.004) == "0.4%"
    assert FR.date(dt.date(2026, 3, 5)) == "5 mars 2026"
    assert EN.period(dt.date(2026, 3, 5), dt.date(2026, 4, 6)) == "5 Mar\u2009–\u20096 Apr 2026"
    assert FR.listed(["a", "b", "c"]) == "a, b et c"


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.04, "+4"),
        (-0.032, "−3"),
        (0.004, "+0.4"),
        (-0.004, "−0.4"),
        (0.0002, "+0.02"),
        (0.00001, "0"),
        (0.0, "0"),
        (0.0098, "+1"),
        (0.025, "+3"),
        (-0.025, "−3"),
    ],
)
def test_a_change_has_its_sign_and_whole_people_unless_it_is_less_than_one(share, expected):
    assert EN.per_hundred(share, change=True) == expected


def test_a_share_without_change_has_no_sign():
    assert EN.per_hundred(0.04) == "4"
    assert EN.per_hundred(0.041, decimals=1) == "4.1"


@pytest.mark.parametrize(("seconds", "expected"), [(5_400, "1.5 hours"), (1_507_850, "419 hours")])
def test_watch_time_is_said_in_hours(seconds, expected):
    assert EN.hours(seconds) == expected


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        (Money(amount=420, currency="USD"), "US$4.20"),
        (Money(amount=42_060, currency="USD"), "US$421"),
        (Money(amount=42_000, currency="XOF"), "F\u202fCFA\u202f42,000"),
        (Money(amount=4_205, currency="KWD"), "KWD\u202f4.21"),
    ],
)
def test_money_has_the_decimals_that_matter(money, expected):
    assert re.sub(r"\s", "\u202f", EN.in_files.money(money)) == expected


# ---- Text from files and people ---------------------------------------------------------------------------------

ATTACKS = [
    "![beacon](http://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "http://evil.example/a?b=c",
    "HTTPS://evil.example",
    "www.evil.example",
    "see WWW.evil.example now",
    "someone@evil.example",
    "mailto:someone@evil.example",
    "<http://evil.example>",
    "# heading",
    "> quote",
    "- item",
    "1. item",
    "2) item",
    "    code",
    "\tcode",
    "```\ncode\n```",
    "a\n\n---\n\nb",
    "| a | b |\n|---|---|\n| c | d |",
    "**bold** _italic_ ~~gone~~ ~gone~",
    ":red[text] :material/home: :smile:",
    "$x^2$ and $$y$$",
    "&lt;b&gt; &#60;",
    "a\\",
    "[ref]: http://evil.example",
    "- [x] done",
    "abc\u202eevil\u202c",
    "a\u2066b\u2069c\x00d\x1b[31m",
    "^note[x]",
]
# GFM's own patterns of what becomes a link without any mark (mdast-util-gfm-autolink-literal).
BARE_LINKS = re.compile(r"(?i)(https?://|www(?=\.))([-.\w]+)|([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)")
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def rendered(escaped: str) -> str:
    """The text a reader sees; fails where Markdown made anything but one paragraph of text."""
    shown = MARKDOWN.render(escaped)
    assert shown.startswith("<p>")
    assert shown.endswith("</p>\n")
    inner = shown[3:-5]
    assert "<" not in inner, inner
    return html.unescape(inner)


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_from_a_file_stays_text(attack):
    shown = rendered(escape(attack))
    assert not BARE_LINKS.search(shown)
    letters = [letter for letter in attack if letter.isalnum() and letter.isascii()]
    assert [letter for letter in shown if letter.isalnum() and letter.isascii()] == letters


@given(st.text(max_size=300))
def test_no_text_becomes_markup_or_a_link(text):
    escaped = escape(text)
    if not escaped.strip():
        return
    shown = rendered(escaped)
    assert not BARE_LINKS.search(shown)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)[$:~`*_<\[]", escaped)


@given(st.from_regex(r"(https?://|www\.|[a-z]+@)[a-z.]{1,20}(\.[a-z]{2,3})?", fullmatch=True))
def test_no_address_becomes_a_link(address):
    assert not BARE_LINKS.search(rendered(escape(address)))


def test_long_text_is_cut_with_an_ellipsis():
    assert escape("a" * 500) == "a" * 199 + "…"
    assert escape("a" * 500, longest=10) == "a" * 9 + "…"
    assert escape("a" * 200) == "a" * 200


def test_letters_of_all_scripts_and_their_joiners_are_kept():
    assert escape("می\u200cخواهم") == "می\u200cخواهم"
    assert escape("学校 ኢትዮጵያ café") == "学校 ኢትዮጵያ café"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\u2066+3.1\u2069 (\u20662\u2069)", "\u2066+3.1\u2069 (\u20662\u2069)"),
        ("a\u2067b", "a\u2067b\u2069"),
        ("a\u2069b", "ab"),
        ("\u2067" + "a" * 300, "\u2067" + "a" * 198 + "…\u2069"),
        ("a\u202eb", "ab"),
    ],
)
def test_isolates_are_kept_with_their_end_and_no_other_steering(written, shown):
    assert plain(written) == shown


def test_in_files_text_is_not_escaped():
    assert EN.in_files.text("Is this real? *") == "Is this real? *"
    assert EN.text("Is this real? *") == "Is this real\\? \\*"
