"""The command line as a person uses it: what it stores, prints and refuses, and its exit codes."""

import datetime as dt
import json
import subprocess
import sys

import pytest

from campaigns.aggregates import answer_counts
from campaigns.batches import Status
from campaigns.command_line import main
from campaigns.current import batch_path
from campaigns.messages import PROBLEMS, sentence
from campaigns.problems import Problem, Severity
from campaigns.records import Design, Ethics, Outcome, Rung, Study
from campaigns.serialising import encode
from campaigns.store import open_store
from tests.examples import campaign

HEADER = (
    "campaign_id,campaign_name,platform,date,country,language,age_group,gender,impressions,reach,clicks,spend,currency"
)
GOOD = f"""{HEADER}
1,Know before you go,meta_ads,2026-03-01,SEN,fr,18-24,female,1000,800,20,12.50,EUR
1,Know before you go,meta_ads,2026-03-02,SEN,fr,18-24,female,1100,850,25,13.50,EUR
"""
BAD = GOOD.replace("1100", "many")
AMBIGUOUS = GOOD.replace("2026-03-01", "01/03/2026").replace("2026-03-02", "02/03/2026")


@pytest.fixture
def run(store, tmp_path, capsys):
    """Run a command on the store; gives its exit code, what it printed, and its complaints."""

    def run(*arguments):
        code = main([*map(str, arguments), "--store", str(store.folder), "--person", "Amina"])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def file(tmp_path):
    """Write a file."""

    def write(content, name="march.csv"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return write


def test_a_file_is_imported_and_its_receipt_printed(run, file, store):
    code, printed, _ = run("import", file(GOOD), "--campaign", "C1")
    (batch,) = store.batches("C1")
    assert code == 0
    assert printed.startswith("march.csv: meta_ads, ")
    assert "2 rows, 2026-03-01 to 2026-03-02" in printed
    assert "sum of impressions: 2,100\n" in printed
    assert "sum of spend: 26 EUR\n" in printed
    assert "sum of reach: not added up\n" in printed
    assert f"Stored as batch {batch.id}: 2 new rows, 0 corrected, 0 unchanged, 0 replaced.\n" in printed
    assert (batch.saved_by, batch.rows) == ("Amina", 2)


def test_the_same_file_again_says_that_nothing_changed(run, file, store):
    run("import", file(GOOD), "--campaign", "C1")
    code, printed, _ = run("import", file(GOOD), "--campaign", "C1")
    assert code == 0
    assert "0 new rows, 0 corrected, 2 unchanged, 0 replaced" in printed
    assert len(store.batches()) == 1


def test_a_file_with_an_error_is_refused_with_row_column_value_and_what_to_do(run, file, store):
    code, printed, _ = run("import", file(BAD), "--campaign", "C1")
    assert code == 2
    assert "Error: row 3, column “impressions”: “many” is not a number. Write digits only" in printed
    assert "Not stored: 1 to decide. Good rows: 1.\n" in printed
    assert store.batches() == ()


def test_the_good_rows_are_kept_when_a_person_says_so(run, file, store):
    code, printed, _ = run("import", file(BAD), "--campaign", "C1", "--keep-good-rows")
    assert code == 0
    assert "1 new rows" in printed
    assert [batch.rows for batch in store.batches()] == [1]


def test_an_open_question_is_refused_until_it_is_answered(run, file, store, tmp_path):
    code, printed, _ = run("import", file(AMBIGUOUS), "--campaign", "C1", "--keep-good-rows")
    assert code == 2
    assert 'Answer with {"date_order": "day_first"} or {"date_order": "month_first"}.' in printed
    assert store.batches() == ()
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"date_order": "day_first"}))
    code, printed, _ = run("import", file(AMBIGUOUS), "--campaign", "C1", "--answers", answers)
    assert code == 0
    assert store.batches()[0].window == (dt.date(2026, 3, 1), dt.date(2026, 3, 2))


def test_of_several_files_the_good_ones_are_stored_and_the_worst_gives_the_exit_code(run, file, store):
    code, _, _ = run("import", file(BAD, "bad.csv"), file(GOOD, "good.csv"), "--campaign", "C1")
    assert code == 2
    assert [batch.file_name for batch in store.batches()] == ["good.csv"]


def test_a_file_that_holds_nothing_known_is_refused(run, file, store):
    code, printed, _ = run("import", file("a,b\n1,2\n"), "--campaign", "C1")
    assert code == 2
    assert "The columns are not those of a report we know, so nothing was stored." in printed


def test_a_file_without_a_campaign_is_stored_and_listed_as_such(run, file, store):
    code, printed, _ = run("import", file(GOOD))
    assert code == 0
    assert "assigned to no campaign" in printed
    code, printed, _ = run("list")
    assert code == 0
    assert "(no campaign)" in printed


def test_a_survey_is_read_by_the_questions_of_its_campaign(run, file, store):
    record = campaign(
        "S1",
        study=Study(design=Design.MATCHED),
        ethics=Ethics(consent=True),
        outcome=Outcome(id="knows", rung=Rung.KNOWLEDGE, question="Knows the risks?", column="knows", counts=("yes",)),
    )
    store.save_campaign(record, person="Amina")
    rows = [("campaign", "yes")] * 6 + [("comparison", "no")] * 6
    header = "_id;_uuid;_submission_time;arm;knows\n"
    content = header + "".join(
        f"{number};u{number};2026-05-01T10:00:00;{arm};{answer}\n" for number, (arm, answer) in enumerate(rows)
    )
    code, printed, _ = run("import", file(content, "survey.csv"), "--campaign", "S1")
    assert code == 0, printed
    assert "Stored as batch" in printed
    assert store.batches("S1")[0].rows == 12
    code, printed, _ = run("import", file(content, "survey.csv"))
    assert code == 2
    assert "give --campaign" in printed


def test_a_file_of_one_wave_is_stored_when_a_person_says_which(run, file, store, tmp_path):
    knows = Outcome(id="knows", rung=Rung.KNOWLEDGE, question="Knows the risks?", column="knows", counts=("yes",))
    study = Study(design=Design.BEFORE_AFTER)
    store.save_campaign(campaign("S1", study=study, ethics=Ethics(consent=True), outcome=knows), person="Amina")
    header = "_id;_uuid;_submission_time;knows\n"
    content = header + "".join(f"{number};u{number};2026-05-01T10:00:00;yes\n" for number in range(9))
    code, printed, _ = run("import", file(content, "baseline.csv"), "--campaign", "S1")
    assert (code, store.batches("S1")) == (2, ())
    assert "Error: column “wave”: This column is needed" in printed
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"wave": "before"}))
    code, printed, _ = run("import", file(content, "baseline.csv"), "--campaign", "S1", "--answers", answers)
    assert code == 0, printed
    counts = answer_counts(store)
    assert [(row.wave, row.arm, row.counted) for row in counts.itertuples()] == [("before", "campaign", 9)]


def test_batches_are_undone_and_redone(run, file, store):
    run("import", file(GOOD), "--campaign", "C1")
    (batch,) = store.batches()
    assert run("undo", batch.id)[0] == 0
    assert store.batch(batch.id).status == Status.UNDONE
    code, printed, _ = run("list")
    assert (code, "undone" in printed) == (0, True)
    assert run("redo", batch.id)[0] == 0
    assert store.batch(batch.id).status == Status.ACTIVE
    assert store.history()[-1].person == "Amina"


def test_check_tells_whether_everything_is_there(run, file, store):
    run("import", file(GOOD), "--campaign", "C1")
    assert run("check")[:2] == (0, "1 batches, 0 problems.\n")
    path = batch_path(store, store.batches()[0].id)
    path.with_name("orphan.parquet").write_bytes(b"half")
    assert "Swept orphan.parquet" in run("check")[1]
    path.write_bytes(b"damaged")
    code, printed, _ = run("check")
    assert code == 1
    assert "file changed" in printed


def test_a_backup_can_be_opened(run, file, store, tmp_path):
    run("import", file(GOOD), "--campaign", "C1")
    assert run("backup", tmp_path / "copy")[0] == 0
    with open_store(tmp_path / "copy") as copy:
        assert copy.batches() == store.batches()
    code, _, complaint = run("backup", tmp_path / "copy")
    assert code == 1
    assert "exists already" in complaint


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["undo", "nothing"], "there is no batch 'nothing'"),
        (["import", "missing.csv"], "missing.csv"),
        (["import", "missing.csv", "--campaign", "C9"], "there is no campaign 'C9'"),
        (["import"], "required: FILE"),
        (["fly"], "invalid choice: 'fly'"),
    ],
)
def test_wrong_use_gives_exit_code_1_and_says_what_is_wrong(run, arguments, complaint):
    code, _, complaints = run(*arguments)
    assert code == 1
    assert complaint in complaints


@pytest.mark.parametrize("command", [[], ["import"], ["list"], ["undo"], ["redo"], ["check"], ["backup"]])
def test_every_command_has_a_help(command, capsys):
    assert main([*command, "--help"]) == 0
    assert "--help" in capsys.readouterr().out


def test_a_file_name_cannot_steer_the_terminal(run, file):
    _, printed, _ = run("import", file(GOOD, "march\x1b[2J.csv"), "--campaign", "C1")
    assert "\x1b" not in printed
    assert "march?[2J.csv" in printed


def test_a_problem_without_a_place_or_a_sentence_is_still_said():
    assert sentence(Problem("file_empty", Severity.ERROR)) == f"Error: {PROBLEMS['file_empty']}"
    assert sentence(Problem("quite_new", Severity.NOTE, row=4, value="\x1b")) == "Note: row 4: quite new (?)"


def test_a_question_says_how_to_answer_it_and_a_list_how_much_longer_it_is():
    asked = sentence(Problem("date_order_ambiguous", Severity.QUESTION, row=2, column="Date", value="03/06/2026"))
    assert asked.startswith("Question: row 2, column “Date”: “03/06/2026” can be read in two ways.")
    assert asked.endswith('Answer with {"date_order": "day_first"} or {"date_order": "month_first"}.')
    more = sentence(Problem("number_not_readable_more", Severity.ERROR, column="Clicks", value="70"))
    assert more.startswith("Error: column “Clicks”: There are more problems of this kind (number: 70). “…” is not")


def test_a_campaign_is_added_by_its_record_and_takes_the_files_beside_it(run, file, store):
    record = json.dumps(encode(campaign("C2")))
    code, printed, _ = run("import", file(record, "c2.json"), file(GOOD), "--campaign", "C2")
    assert (code, store.campaign("C2")) == (0, campaign("C2"))
    assert "Saved the record of campaign C2." in printed
    assert [batch.campaign for batch in store.batches()] == ["C2"]


def test_a_record_that_is_wrong_is_refused_with_the_reason(run, file, store):
    both = json.dumps([encode(campaign("C2")), encode(campaign("C3")) | {"end": "2020-01-01"}])
    code, _, errors = run("import", file(both, "both.json"))
    assert code == 1
    assert "campaign 'C3' ends (2020-01-01) before it starts (2026-03-01)" in errors
    assert "C2" not in {known.id for known in store.campaigns()}


def test_the_command_line_starts_as_a_program(store, file):
    """In a process of its own, which does without pandas."""
    command = [sys.executable, "-m", "campaigns", "import", file(GOOD), "--campaign", "C1", "--store", store.folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(store.batches()) == 1
