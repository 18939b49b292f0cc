"""What the templates ask for: each table's columns, with what they mean, in which unit, and an example.

What a column is called in each language stands in `headers.csv`, which the reader knows as well.
"""

from dataclasses import dataclass

from campaigns.messages import msgid


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of a template. `name` is its field in the catalogue of headers; its meaning and unit are sentences."""

    name: str
    means: str
    unit: str
    example: str
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A table to fill in. `platform` is where its headers stand in the catalogue."""

    id: str
    title: str
    purpose: str
    platform: str
    fields: tuple[Field, ...]


TEXT, DAY, CODE, PEOPLE = msgid("text"), msgid("day"), msgid("code"), msgid("people")
TIMES, MINUTES, MONEY = msgid("times"), msgid("minutes"), msgid("money, in the currency of the row")


def _field(name: str, means: str, unit: str, example: str, *, required: bool = False) -> Field:
    return Field(name=name, means=means, unit=unit, example=example, required=required)


def _day(means: str) -> Field:
    return _field("date", means, DAY, "2026-03-01", required=True)


def _count(name: str, means: str, example: str, *, required: bool = False) -> Field:
    return _field(name, means, TIMES, example, required=required)


def _people(name: str, means: str, example: str, *, required: bool = False) -> Field:
    return _field(name, means, PEOPLE, example, required=required)


_COUNTRY = _field(
    "country",
    msgid("Country where the people are: its name or its three letters. In every row or in none."),
    CODE,
    "GMB",
)
_REGION = _field(
    "region", msgid("Region or province; never a village or an address. In every row or in none."), TEXT, "Banjul"
)
_LANGUAGE = _field(
    "language", msgid("Language of the content, by its two or three letters. In every row or in none."), CODE, "wo"
)
_AGE = _field("age", msgid("Age group, such as 18-24 or 65+, or “unknown”. In every row or in none."), TEXT, "18-24")
_SEX = _field("sex", msgid("female, male, other or unknown. In every row or in none."), TEXT, "female")
_COST = _field(
    "spend",
    msgid("What was paid for what this row is about. Leave empty if unknown; 0 means that it was free."),
    MONEY,
    "4.50",
)
_CURRENCY = _field("currency", msgid("Three letters of the currency. Needed where there is a cost."), CODE, "EUR")
_NOTES = _field("text", msgid("For yourself: notes are not stored. Write no names of people."), TEXT, "")
_SUBSCRIBERS = _people(
    "followers", msgid("Subscribers on that day. The last day stands; days are not added up."), "5120"
)
_ONE_DAY = msgid("The day, as year-month-day. A row may also cover several days: 2026-03-01 - 2026-03-07.")

ENGAGEMENT = Template(
    id="engagement",
    title=msgid("Figures of a platform"),
    purpose=msgid("For a platform that has no export: one row a campaign, day and group of people."),
    platform="template",
    fields=(
        _field(
            "campaign_id", msgid("A short mark of the campaign, always spelt alike."), TEXT, "GM-2026-1", required=True
        ),
        _field(
            "campaign_name", msgid("The campaign's name on the platform."), TEXT, "Ask before you go", required=True
        ),
        _field(
            "platform",
            msgid("Where it ran: facebook, youtube, tiktok, x, linkedin, telegram, whatsapp …"),
            TEXT,
            "facebook",
        ),
        _day(_ONE_DAY),
        _COUNTRY,
        _LANGUAGE,
        _AGE,
        _SEX,
        _count("impressions", msgid("Times the content was on a screen."), "1200", required=True),
        _people(
            "reach",
            msgid("Different people who saw it. People are never added up over rows: one person may be in several."),
            "900",
        ),
        _count("clicks_all", msgid("Clicks of every kind; never more than times shown."), "14"),
        _count("views", msgid("Views of the video, as the platform counts them."), "310"),
        _COST,
        _CURRENCY,
        _NOTES,
    ),
)
TELEGRAM = Template(
    id="telegram",
    title=msgid("Telegram channel"),
    purpose=msgid("One row a post, or one row a day of the whole channel, as the channel's statistics show them."),
    platform="template_telegram",
    fields=(
        _field(
            "account_name", msgid("Name of your channel, always spelt alike."), TEXT, "Ask before you go", required=True
        ),
        _day(msgid("The day of the post or of the figures, as year-month-day.")),
        _field(
            "post_id",
            msgid("Number of the post, at the end of its link. In every row, or in none where rows are days."),
            TEXT,
            "124",
        ),
        _COUNTRY,
        _LANGUAGE,
        _count("views", msgid("Times the post was seen, as Telegram counts them."), "2300"),
        _count("shares", msgid("Times it was forwarded."), "41"),
        _count("reactions", msgid("Reactions of every emotion together."), "87"),
        _count("comments", msgid("Comments under the post."), "12"),
        _SUBSCRIBERS,
        _COST,
        _CURRENCY,
        _NOTES,
    ),
)
WHATSAPP = Template(
    id="whatsapp",
    title=msgid("WhatsApp broadcasts or channel"),
    purpose=msgid("One row a message sent to many, or one row a day of the whole channel."),
    platform="template_whatsapp",
    fields=(
        _field(
            "account_name",
            msgid("Name of your channel or broadcast list, always spelt alike. Never a telephone number."),
            TEXT,
            "Youth line",
            required=True,
        ),
        _day(msgid("The day of the message or of the figures, as year-month-day.")),
        _field(
            "entity",
            msgid("A short name of the message. In every row, or in none where rows are days."),
            TEXT,
            "Voice note 3",
        ),
        _COUNTRY,
        _LANGUAGE,
        _count("sent", msgid("Messages sent, one for each person it went to."), "800"),
        _count("delivered", msgid("Of these, messages that arrived; never more than sent."), "760"),
        _count("views", msgid("Of these, messages that were opened; never more than arrived."), "512"),
        _count("comments", msgid("Replies that came back. Never copy what people wrote."), "23"),
        _count("shares", msgid("Times it was forwarded."), "41"),
        _count("reactions", msgid("Reactions of every emotion together."), "87"),
        _SUBSCRIBERS,
        _COST,
        _CURRENCY,
        _NOTES,
    ),
)
RADIO = Template(
    id="radio",
    title=msgid("Radio"),
    purpose=msgid("One row a spot or programme, station and day, as the station's broadcast certificate has them."),
    platform="template_radio",
    fields=(
        _field("account_name", msgid("Name of the station, always spelt alike."), TEXT, "Radio Example", required=True),
        _field("entity", msgid("A short name of the spot or programme. In every row or in none."), TEXT, "Spot 1"),
        _day(_ONE_DAY),
        _COUNTRY,
        _REGION,
        _LANGUAGE,
        _count("spots_aired", msgid("Times it was on air."), "6"),
        _field("airtime_minutes", msgid("Minutes on air, all times together."), MINUTES, "4.5"),
        _people(
            "reach",
            msgid("Different people who heard it, as the station estimates. They are never added up over rows."),
            "15000",
        ),
        _COST,
        _CURRENCY,
        _NOTES,
    ),
)
EVENTS = Template(
    id="events",
    title=msgid("Events and meetings"),
    purpose=msgid("One row an activity, day, place and group of participants. Never a list of names."),
    platform="template_events",
    fields=(
        _field(
            "entity",
            msgid("Kind of activity, always spelt alike: film evening, school visit …"),
            TEXT,
            "film evening",
            required=True,
        ),
        _day(_ONE_DAY),
        _COUNTRY,
        _REGION,
        _LANGUAGE,
        _count(
            "sessions",
            msgid("How many were held. Where groups are in rows of their own, write it in the first of them only."),
            "2",
        ),
        _SEX,
        _AGE,
        _people(
            "reach",
            msgid("Different people of this group who took part. They are never added up over days."),
            "35",
            required=True,
        ),
        _field(
            "spend",
            msgid("What it cost. Where groups are in rows of their own, write it in the first of them only."),
            MONEY,
            "120",
        ),
        _CURRENCY,
        _NOTES,
    ),
)
BRAND_LIFT = Template(
    id="brand_lift",
    title=msgid("Brand-lift study"),
    purpose=msgid(
        "What a platform's own study found: chance decides who cannot see the campaign, and both groups are asked."
    ),
    platform="template_brand_lift",
    fields=(
        _field(
            "question",
            msgid("The question or column, as the campaign's record has it. Two rows each: test and control."),
            TEXT,
            "dangers",
            required=True,
        ),
        _field(
            "arm",
            msgid("test: people who could see the campaign; control: people kept from seeing it."),
            CODE,
            "test",
            required=True,
        ),
        _people(
            "answers",
            msgid("People of this group who answered. Platforms show results from 250 answers to a question on."),
            "1450",
            required=True,
        ),
        _people(
            "counting",
            msgid("Of these, people whose answer is the wished one. Numbers of people, not per cent."),
            "610",
            required=True,
        ),
        _field("platform", msgid("Whose study it is."), TEXT, "facebook"),
        _field("window_start", msgid("First day of the study, as year-month-day."), DAY, "2026-03-01", required=True),
        _field("window_end", msgid("Last day of the study, as year-month-day."), DAY, "2026-03-28", required=True),
        _COUNTRY,
        _NOTES,
    ),
)
OUTCOME_SERIES = Template(
    id="outcome_series",
    title=msgid("Outcome by week or month"),
    purpose=msgid(
        "What many small polls found, or how often a helpline was called, from long before the campaign until after it."
    ),
    platform="template_outcome_series",
    fields=(
        _field("date", msgid("Any day of the week or month; a month may be written as 2026-03."), DAY, "2026-03-01",
               required=True),
        _field("question", msgid("The question, column or id of the outcome, as the campaign's record has it."), TEXT,
               "calls", required=True),
        _field("arm", msgid("campaign, or comparison for people or places without it; empty for campaign."), CODE,
               "campaign"),
        _REGION,
        _count("counting", msgid("People whose answer is the wished one, or how many calls there were."), "41",
               required=True),
        _people("answers", msgid("People who were asked. Left empty where calls or visits are counted."), ""),
        _NOTES,
    ),
)  # fmt: skip
TEMPLATES: tuple[Template, ...] = (ENGAGEMENT, BRAND_LIFT, OUTCOME_SERIES, TELEGRAM, WHATSAPP, RADIO, EVENTS)
