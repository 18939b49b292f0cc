"""Published studies in words: what they are called, what was found, what they show together, and what frames them."""

from collections.abc import Sequence

from campaigns.literature import PublishedOutcome, Unit
from campaigns.records import Design
from metrics.gaps import GapMap, Measured, Origin, Row, Way
from metrics.published import PublishedBody, poolable
from views.wording.language import Words, msgid
from views.wording.terms import country_name, term

WAYS: dict[Way, str] = {
    Way.SOCIAL_MEDIA: msgid("Social media and online video"),
    Way.MESSAGING: msgid("Messages to telephones"),
    Way.BROADCAST: msgid("Radio, television, newspapers"),
    Way.SCREENINGS: msgid("Film and video screenings"),
    Way.SCHOOLS: msgid("Sessions in schools"),
    Way.IN_PERSON: msgid("Events and talks in person"),
    Way.SEVERAL: msgid("Several ways at once"),
    Way.OTHER: msgid("Other ways"),
    Way.NOT_STATED: msgid("Way not stated"),
}
ROWS: dict[str, str] = {
    "way": msgid("How it went to people"),
    "frame": msgid("What was said (own campaigns)"),
    "messenger": msgid("Who said it (own campaigns)"),
}
MEASURED: dict[Measured, str] = {
    Measured.RECALL: msgid("Recall"),
    Measured.KNOWLEDGE: msgid("Knowledge"),
    Measured.BELIEFS: msgid("Beliefs, risk awareness"),
    Measured.ATTITUDES: msgid("Attitudes"),
    Measured.INTENTION: msgid("Intention"),
    Measured.BEHAVIOUR: msgid("Behaviour"),
}
ORIGINS: dict[Origin, str] = {
    Origin.PUBLISHED: msgid("published"),
    Origin.ANOTHER_SUBJECT: msgid("published, another subject"),
    Origin.OWN: msgid("own campaign"),
}
UNITS: dict[Unit, str] = {
    Unit.PERCENTAGE_POINTS: msgid("percentage points"),
    Unit.RELATIVE_PERCENT: msgid("per cent, relative"),
    Unit.RATIO: msgid("times"),
    Unit.USD_PER_PERSON: msgid("USD for each influenced person"),
    Unit.USD_PER_VACCINATION: msgid("USD for each additional vaccination"),
}
CLASSES: dict[str, str] = {
    "self_reported_informedness": msgid("Feeling informed"),
    "risk_awareness": msgid("Awareness of risks"),
    "knowledge": msgid("Knowledge"),
    "attitude": msgid("Attitude"),
    "intention_irregular": msgid("Intention to migrate irregularly"),
    "practice": msgid("Stated practice"),
    "behaviour_migration": msgid("Behaviour: migration"),
    "behaviour_health": msgid("Behaviour: health"),
    "delivery": msgid("Delivery figures"),
}
# The columns of the table, as a form calls them.
LABELS: dict[str, str] = {
    "campaign": msgid("Campaign"),
    "implementer": msgid("Who ran it"),
    "countries": msgid("Countries"),
    "year": msgid("Year"),
    "channel": msgid("How it went to people"),
    "audience": msgid("Whom it was for"),
    "design": msgid("How was it compared?"),
    "people": msgid("People asked"),
    "clusters": msgid("Villages, schools or districts"),
    "follow_up": msgid("Asked how long after?"),
    "outcome": msgid("What was measured"),
    "outcome_class": msgid("What kind of outcome is that?"),
    "desired": msgid("Which change is wished?"),
    "effect": msgid("Size, as printed"),
    "effect_unit": msgid("Counted in"),
    "conf_low": msgid("95 % range from"),
    "conf_high": msgid("to"),
    "compared_with": msgid("Compared with whom?"),
    "as_published": msgid("The finding in short, as published"),
    "source": msgid("Source"),
    "read": msgid("What you read of it"),
    "caution": msgid("Why not to lean on it"),
}
READ: dict[str, str] = {
    "summary": msgid("a summary"),
    "abstract": msgid("the abstract"),
    "table": msgid("a table"),
    "full text": msgid("the full text"),
}
_BY_CHANCE = frozenset({Design.RANDOMISED, Design.CLUSTER_RANDOMISED})


def printed(figure: float, words: Words) -> str:
    """A figure with exactly the decimals it was published with, no more and no fewer than count."""
    decimals = len(f"{figure:.10f}".rstrip("0").partition(".")[2])
    return words.number(figure, decimals)


def size_label(study: PublishedOutcome, words: Words) -> str:
    """The size of an effect with its unit and interval, as printed; empty where it was not read."""
    if not study.effect or study.unit is None:
        return ""
    size = words("{size} {unit}", size=_span(study.effect, words), unit=words(UNITS[study.unit]))
    if study.conf_low is None or study.conf_high is None:
        return size
    return words("{size}, from {low} to {high}", size=size, low=printed(study.conf_low, words),
                 high=printed(study.conf_high, words))  # fmt: skip


def _span(effect: tuple[float, ...], words: Words) -> str:
    shown = [printed(figure, words) for figure in effect]
    return shown[0] if len(shown) == 1 else words("{low} to {high}", low=shown[0], high=shown[-1])


def class_label(outcome_class: str, words: Words) -> str:
    """A class of outcomes by its code."""
    known = CLASSES.get(outcome_class)
    return words(known) if known else words.text(outcome_class.replace("_", " "))


def about_label(studies: Sequence[PublishedOutcome], words: Words) -> str:
    """Who ran a campaign, where, when, how and for whom, on one line; `studies` are outcomes of that campaign."""
    countries = dict.fromkeys(code for study in studies for code in study.countries)
    known = (
        *dict.fromkeys(words.text(study.implementer) for study in studies if study.implementer),
        words.listed(country_name(code, words) for code in countries),
        *dict.fromkeys(str(study.year) for study in studies if study.year is not None),
        *dict.fromkeys(words.text(study.channel) for study in studies if study.channel),
        *dict.fromkeys(words.text(study.audience) for study in studies if study.audience),
    )
    return " · ".join(part for part in known if part)


def design_label(study: PublishedOutcome, words: Words) -> str:
    """How it was compared, with whom, and with how many."""
    parts = [term(study.design, words)]
    if study.people is not None:
        parts.append(words.plural("{n} person", "{n} people", study.people))
    if study.clusters is not None:
        parts.append(words.plural("{n} place", "{n} places", study.clusters))
    if study.follow_up:
        parts.append(words("asked after: {time}", time=words.text(study.follow_up)))
    return " · ".join(parts)


def studies_sentence(studies: Sequence[PublishedOutcome], words: Words) -> str:
    """What there is of published studies."""
    by_source = {study.source: study for study in studies}
    drawn = sum(study.design in _BY_CHANCE for study in by_source.values())
    said = words.plural(
        "{n} published study is listed here; {drawn} of them let chance decide who was addressed.",
        "{n} published studies are listed here; {drawn} of them let chance decide who was addressed.",
        len(by_source),
        drawn=words.number(drawn),
    )
    usable = len({study.source for study in studies if poolable(study) is not None})
    exact = words.plural(
        "Of {n} we read a comparison with its range.",
        "Of {n} we read comparisons with their ranges.",
        usable,
    )
    return f"{said} {exact}"


def pooled_sentences(bodies: Sequence[PublishedBody], studies: Sequence[PublishedOutcome], words: Words) -> list[str]:
    """What studies show together; why nothing, where no two can be put together."""
    if bodies:
        return [_pooled_sentence(body, words) for body in bodies]
    usable = [study for study in studies if poolable(study) is not None]
    return [
        words(
            "No average is shown: no two published studies measured the same class of outcome in the same unit, "
            "against a comparison, with a range that we read. Of {total} outcomes, {usable} have a comparison and a "
            "range; they come from {sources}.",
            total=words.number(len(studies)),
            usable=words.number(len(usable)),
            sources=words.plural("{n} publication", "{n} publications", len({study.source for study in usable})),
        )
    ]


def _pooled_sentence(body: PublishedBody, words: Words) -> str:
    return words(
        "{outcome}: {n} published studies together show {size} {unit} (95 % range from {low} to {high}).",
        outcome=class_label(body.outcome_class, words),
        n=words.number(body.pooled.k),
        size=words.number(body.estimate, 2),
        unit=words(UNITS[body.unit]),
        low=words.number(body.conf_low, 2),
        high=words.number(body.conf_high, 2),
    )


def frame_sentences(words: Words) -> list[str]:
    """The two reviews that say how much is known in all."""
    return [
        words(
            "A review for IOM (2018) found 60 evaluations of information campaigns on migration: half of them public, "
            "two peer-reviewed, and the impact mostly not measured. Source: IOM, Evaluating the impact of information "
            "campaigns in the field of migration, 2018."
        ),
        words(
            "3ie's evidence map on irregular migration (2026) holds 105 impact evaluations, 16 of them of information "
            "campaigns, and averages those 16; we have not read the averages. Source: 3ie, evidence gap map on "
            "irregular migration, 2026."
        ),
    ]


def row_name(row: Row, words: Words) -> str:
    """A row of the map: a way, a message or a messenger."""
    return words(WAYS[row]) if isinstance(row, Way) else term(row, words)


def gaps_sentence(found: GapMap, words: Words) -> str:
    """How much of the map is empty."""
    total, empty = words.number(found.cells), words.number(found.empty)
    if not all(isinstance(row, Way) for row in found.always):
        return words(
            "Of {total} combinations of what was said or who said it and an outcome, {empty} have no campaign of your "
            "own.",
            total=total,
            empty=empty,
        )
    return words(
        "Of {total} combinations of a way and an outcome, {empty} have no study at all.", total=total, empty=empty
    )


def published_gaps_sentence(found: GapMap, words: Words) -> str:
    """How much of a map of published studies is empty."""
    return words(
        "Of {total} combinations of a way to reach people and an outcome, {empty} have no published study here.",
        total=words.number(found.cells),
        empty=words.number(found.empty),
    )
