"""What people have and take for an export of figures: recognised, not read, and told what to export instead."""

import io
import zipfile

import pytest

from campaigns.exports import read_archive, read_export
from campaigns.files import tables
from campaigns.messages import DECLINED, PROBLEMS
from campaigns.receipts import Kind, Upload

HOLDS = "Nothing was stored", "nothing was stored"
GUIDES = "xport", "template"


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "name,number\nA,1\n")
    return file.getvalue()


def codes(upload: Upload) -> set[str]:
    assert upload.receipt.kind == Kind.NOTHING
    assert not upload.rows.num_rows
    return {problem.code for problem in upload.problems}


@pytest.mark.parametrize(
    ("text", "code", "platform"),
    [
        ("Store code,Business name,Calls,Messages\n1,A,5,6\n", "declined_business_profile", "google_business_profile"),
        ("Search keyword,Impr.,Cost,Clicks\nvisa,10,1,2\n", "declined_search_keywords", "google_ads"),
        (
            "# ----\n# Report CSV Export\n# Start date: 20260301\n# End date: 20260307\nCity,Users\nDakar,5\nKayes,6\n"
            "\nCountry,Users\nSenegal,5\nMali,6\n",
            "declined_site_snapshot",
            "ga4",
        ),
        ("# ----\n# Dashboard report\n# ----\nNth day,Purchases\n0000,5\n0001,6\n", "declined_site_snapshot", "ga4"),
        (
            "# ----\n# All Web Site Data\n# 20200101-20200131\n# ----\n\nDay Index,Users\n1/1/20,5\n",
            "declined_universal_analytics",
            "ga4",
        ),
        (
            "Page ID,Page name,Disclaimer,Amount spent (USD),Number of ads in Library\n1,Other,,≤100,3\n",
            "declined_ads_library",
            "meta_ads",
        ),
        ("ad_archive_id,page_name,spend,impressions\n1,Other,100-199,1000-1999\n", "declined_ads_library", "meta_ads"),
        ("Advertiser_ID,Creative_ID,Ad_URL,Impressions\n1,2,x,≤ 10k\n", "declined_ads_library", "google_ads"),
        (
            "Page Name,User Name,Post Created,Total Interactions,Likes\nA,b,2021-03-01 10:00:00 EST,5,5\n",
            "declined_crowdtangle",
            "meta_business_suite",
        ),
        ("Query Name,Date,Title,Snippet,Sentiment\nq,2026-03-01,t,s,neutral\n", "declined_media_monitoring", "unknown"),
        ("Date,Headline,Hit Sentence,Influencer,Reach\n2026-03-01,h,s,@x,5\n", "declined_media_monitoring", "unknown"),
        (
            "id,created_time,form_id,is_organic,name\n1,2026-03-01,2,false,A B\n",
            "declined_form_entries",
            "meta_ads",
        ),
        ("Email Address,First Name,OPTIN_TIME\na@example.org,A,2026-03-01\n", "declined_contacts", "unknown"),
        ("First Name,Last Name,Company,Connected On\nA,B,C,01 Mar 2026\n", "declined_account_archive", "linkedin"),
        ("Channel Id,Channel Url,Channel Title\n1,http://x,A\n", "declined_account_archive", "youtube"),
    ],
)
def test_a_table_of_another_kind_is_named_and_declined(text: str, code: str, platform: str) -> None:
    upload = read_export(text.encode(), name="x.csv")
    assert codes(upload) == {code}
    assert upload.receipt.platform == platform


@pytest.mark.parametrize(
    "text",
    [
        "12/03/2026, 21:15 - A: hello\n12/03/2026, 21:16 - B: the boat leaves\n",
        "[12.03.26, 21:15:01] A: hello\n[12.03.26, 21:16:30] B: the boat leaves\n",
        "3/12/26, 9:15\u202fPM - A: hello\n3/12/26, 9:16\u202fPM - B: yes\n",
        "\u200e[12/03/2026 à 21:15:01] A: salut\n12/03/2026 21:16 - A: a\n12/03/2026 21:17 - B: b\n",
        "\u200f١٢/٠٣/٢٠٢٦, ٢١:١٥ - أ: مرحبا\n\u200f١٢/٠٣/٢٠٢٦, ٢١:١٦ - ب: نعم\n",
        '{"name": "A", "type": "personal_chat", "id": 1, "messages": [{"id": 1, "text": "hello"}]}',
        '{"participants": [{"name": "A"}], "messages": [{"sender_name": "A", "content": "hello"}]}',
    ],
)
def test_a_conversation_is_not_read_and_none_of_it_repeated(text: str) -> None:
    upload = read_export(text.encode(), name="chat.txt")
    assert codes(upload) == {"declined_conversation"}
    assert not upload.receipt.columns
    assert all(problem.value is None and problem.column is None for problem in upload.problems)


@pytest.mark.parametrize(
    "text",
    [
        '{"Activity": {"Favorite Videos": {}}, "Profile": {}}',
        '{"relationships_following": [{"title": "", "string_list_data": [{"value": "somebody"}]}]}',
        '[{"header": "YouTube", "title": "Watched", "titleUrl": "https://www.youtube.com/watch?v=1"}]',
        'window.YTD.tweets.part0 = [{"tweet": {"id": "1"}}]',
    ],
)
def test_an_archive_of_somebodys_account_is_declined(text: str) -> None:
    assert codes(read_export(text.encode(), name="data.json")) == {"declined_account_archive"}


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("Takeout/YouTube/subscriptions/subscriptions.csv",), "declined_account_archive"),
        (("your_instagram_activity/likes/liked_posts.json",), "declined_account_archive"),
        (("user_data_tiktok.json",), "declined_account_archive"),
        (("data/tweets.js", "Your archive.html"), "declined_account_archive"),
        (("_chat.txt",), "declined_conversation"),
        (("WhatsApp Chat with A.txt",), "declined_conversation"),
        (("ChatExport_2026-03-01/messages.html",), "declined_conversation"),
    ],
)
def test_an_archive_is_declined_by_the_names_in_it(names: tuple[str, ...], code: str) -> None:
    (upload,) = read_archive(zipped(*names), name="download.zip").values()
    assert codes(upload) == {code}


def test_an_archive_of_somebodys_account_is_not_opened_on_the_page_either() -> None:
    (file,) = tables([("takeout.zip", zipped("Takeout/YouTube/playlists.csv"))])
    assert file.unopened
    assert len(tables([("studio.zip", zipped("Table data.csv"))])) == 1


def test_an_archive_of_figures_is_read() -> None:
    assert list(read_archive(zipped("Table data.csv", "Totals.csv"), name="download.zip")) == [
        "Table data.csv",
        "Totals.csv",
    ]


def test_other_json_is_a_file_of_another_kind() -> None:
    assert codes(read_export(b'{"fruit": "apple"}', name="x.json")) == {"not_a_table"}


def test_each_declined_kind_says_that_nothing_is_stored_and_what_to_do_instead() -> None:
    assert DECLINED.items() <= PROBLEMS.items()
    for sentence in DECLINED.values():
        assert any(words in sentence for words in HOLDS)
        assert any(words in sentence for words in GUIDES)


def test_whoever_says_what_the_columns_hold_is_believed() -> None:
    text = "Query Name,Date,Title,Snippet,Sentiment,Impressions\nq,2026-03-01,t,s,neutral,5\n"
    answers = {"columns": {"Date": "date", "Impressions": "impressions"}, "platform": "x", "level": "account"}
    upload = read_export(text.encode(), name="x.csv", answers=answers)
    assert upload.receipt.totals == {"impressions": 5}
