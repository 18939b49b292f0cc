"""A view of the store for scoring against a folder of broken files: `load` stores one and says what became of it."""

import sys
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


from campaigns.batch_files import read_rows
from campaigns.batches import NothingToStoreError, UndecidedError, save_batch
from campaigns.current import current_files
from campaigns.exports import read_archive, read_export
from campaigns.messages import sentence
from campaigns.problems import Problem, Severity
from campaigns.questionnaire import Codebook, Question, codebook_for, standard_field
from campaigns.receipts import Kind, Upload
from campaigns.records import Audience, Campaign, Design, Ethics, Frame, Message, Outcome, Rung, Study
from campaigns.store import Store, open_store
from campaigns.surveys import Survey, read_survey
from campaigns.vocabulary import METRICS
from tests.examples import FIRST

PERSON = "scorer"
AGREES = ("4", "5", "yes", "Yes", "oui", "1")
COUNTRIES = ("NGA", "SEN", "GMB", "NER", "ETH", "MLI")
FIGURES = {"impressions": "impressions", "clicks": "clicks_all", "spend": "spend"}


def load(store: str, file: str, upload_name: str, organisation: str, kind: str) -> dict[str, Any]:
    reading = _read(Path(file), upload_name, kind)
    problems = reading.problems
    held = reading.refused or any(problem.severity in (Severity.ERROR, Severity.QUESTION) for problem in problems)
    if held and not (Path(store) / "tracker.db").exists():
        return {"status": "reject", "issues": [_issue(problem) for problem in problems], "totals": {}}
    with open_store(store) as opened:
        if held:
            status = "reject"
        else:
            if isinstance(reading, Survey):
                reading = _survey(Path(file).read_bytes(), upload_name, opened.respondent_key)
            status, told = _save(opened, reading, organisation)
            problems = (*problems, *told)
        totals = _totals(opened, reading, organisation)
        return {"status": status, "issues": [_issue(problem) for problem in problems], "totals": totals}


def _read(file: Path, name: str, kind: str) -> Upload | Survey:
    if kind == "survey":
        return _survey(file.read_bytes(), name, b"not the store's")
    if is_zipfile(file) and not name.lower().endswith((".xlsx", ".ods")):
        members = list(read_archive(file, name=name).values())
        if len(members) == 1:
            return members[0]
    return read_export(file, name=name)


def _survey(data: bytes, name: str, key: bytes) -> Survey:
    questions = read_survey(data, name=name).questions
    codebook: Codebook = codebook_for(_record("any", questions), questions)
    return read_survey(data, name=name, codebook=codebook, key=key)


def _save(store: Store, reading: Upload | Survey, organisation: str) -> tuple[str, tuple[Problem, ...]]:
    """Store a reading; the record of its campaign is added first, and only where there is something to store."""
    if organisation not in {campaign.id for campaign in store.campaigns()}:
        questions = reading.questions if isinstance(reading, Survey) else ()
        store.save_campaign(_record(organisation, questions), person=PERSON)
    try:
        batch = save_batch(store, reading, campaign=organisation, person=PERSON)
    except (UndecidedError, NothingToStoreError) as error:
        return "reject", error.problems
    told = tuple(problem for problem in store.problems(batch) if problem not in reading.problems)
    warned = any(problem.severity == Severity.WARNING for problem in (*reading.problems, *told))
    return ("accept_warn" if warned else "accept"), told


def _record(campaign: str, questions: tuple[Question, ...]) -> Campaign:
    """A campaign whose outcomes are the questions of a survey that are no field of the questionnaire."""
    asked = [
        question.header
        for question in questions
        if question.personal is None and question.answers and standard_field(question.header) is None
        and question.header not in ("campaign_id", "date")
    ]  # fmt: skip
    outcomes = [
        Outcome(id=f"o{place}", rung=Rung.KNOWLEDGE, question=header, column=header, counts=AGREES)
        for place, header in enumerate(asked)
    ]
    return Campaign(
        id=campaign,
        title=campaign,
        organisation=campaign,
        start=FIRST,
        end=FIRST,
        audience=Audience(description="anybody", countries=COUNTRIES, languages=("en",)),
        message=Message(frame=Frame.RISK),
        study=Study(design=Design.DIFFERENCE_IN_DIFFERENCES if outcomes else Design.DELIVERY_ONLY),
        outcome=outcomes[0] if outcomes else None,
        guardrails=tuple(outcomes[1:]),
        ethics=Ethics(consent=None),
    )


def _issue(problem: Problem) -> dict[str, Any]:
    return {"row": problem.row, "column": problem.column, "message": sentence(problem)}


def _totals(store: Store, reading: Upload | Survey, organisation: str) -> dict[str, float]:
    kind = Kind.SURVEY if isinstance(reading, Survey) else Kind.ENGAGEMENT
    figures = {} if kind == Kind.SURVEY else FIGURES
    totals = dict.fromkeys(("rows", *figures), 0.0)
    for path in current_files(store, kind, [organisation]):
        rows = read_rows(path, kind)
        if kind == Kind.SURVEY:  # a row is one answer
            rows = rows.group_by(["respondent", "wave"]).aggregate([])
        totals["rows"] += rows.num_rows
        for name, metric in figures.items():
            totals[name] += sum(value or 0 for value in rows[metric].to_pylist()) / METRICS[metric].scale
    return totals
