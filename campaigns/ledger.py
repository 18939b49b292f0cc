"""The tables of the ledger, and the steps that bring an older one up to date; a released step never changes."""

from secrets import token_bytes

from sqlite_utils import Database, Migrations

migrations = Migrations("campaigns")


def names() -> set[str]:
    """The steps this release knows."""
    with Database(memory=True) as empty:
        return {migration.name for migration in migrations.pending(empty)}


@migrations()
def campaigns_and_batches(ledger: Database) -> None:
    """Create the first ledger."""
    for statement in (
        """
        CREATE TABLE campaigns (
            id TEXT PRIMARY KEY,
            organisation TEXT NOT NULL,
            title TEXT NOT NULL,
            first_day TEXT NOT NULL,
            last_day TEXT NOT NULL CHECK (last_day >= first_day),
            record TEXT NOT NULL,
            removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
        ) STRICT
        """,
        "CREATE INDEX campaigns_by_organisation ON campaigns (organisation, first_day)",
        """
        CREATE TABLE batches (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            campaign TEXT REFERENCES campaigns (id),
            kind TEXT NOT NULL CHECK (kind IN ('engagement', 'survey')),
            platform TEXT NOT NULL,
            report TEXT NOT NULL,
            file_name TEXT NOT NULL,
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            parquet_sha256 TEXT NOT NULL CHECK (length(parquet_sha256) = 64),
            rows INTEGER NOT NULL CHECK (rows > 0),
            first_day TEXT,
            last_day TEXT CHECK ((last_day IS NULL) = (first_day IS NULL) AND last_day >= first_day),
            identified INTEGER NOT NULL CHECK (identified IN (0, 1)),
            control TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('active', 'undone')),
            saved_at TEXT NOT NULL,
            saved_by TEXT NOT NULL CHECK (saved_by <> ''),
            receipt_json TEXT NOT NULL
        ) STRICT
        """,
        # However many importers there are, a file counts once for a campaign.
        """
        CREATE UNIQUE INDEX batches_count_a_file_once ON batches (sha256, coalesce(campaign, ''))
        WHERE status = 'active'
        """,
        "CREATE INDEX batches_by_campaign ON batches (campaign)",
        """
        CREATE TABLE problems (
            batch TEXT NOT NULL REFERENCES batches (id),
            code TEXT NOT NULL,
            severity TEXT NOT NULL CHECK (severity IN ('error', 'question', 'warning', 'note')),
            row INTEGER,
            column_name TEXT,
            value TEXT
        ) STRICT
        """,
        "CREATE INDEX problems_by_batch ON problems (batch)",
        # Stands in for what respondents are called in files, so that a person asked twice is one person.
        "CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT",
        """
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            person TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            before TEXT,
            after TEXT,
            hash TEXT NOT NULL
        ) STRICT
        """,
        *(
            f"""
            CREATE TRIGGER audit_{event.lower()} BEFORE {event} ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END
            """
            for event in ("UPDATE", "DELETE")
        ),
    ):
        ledger.execute(statement)
    ledger.execute("INSERT INTO secrets VALUES ('respondents', ?)", [token_bytes(32)])


@migrations()
def column_mappings_and_codebooks(ledger: Database) -> None:
    """Remember what people said of layouts, and which column of a survey is which."""
    for statement in (
        """
        CREATE TABLE column_mappings (
            layout TEXT PRIMARY KEY CHECK (layout <> ''),
            answers TEXT NOT NULL,
            saved_at TEXT NOT NULL,
            saved_by TEXT NOT NULL CHECK (saved_by <> '')
        ) STRICT
        """,
        """
        CREATE TABLE surveys (
            campaign TEXT NOT NULL REFERENCES campaigns (id),
            survey TEXT NOT NULL,
            codebook TEXT NOT NULL,
            saved_at TEXT NOT NULL,
            saved_by TEXT NOT NULL CHECK (saved_by <> ''),
            PRIMARY KEY (campaign, survey)
        ) STRICT
        """,
    ):
        ledger.execute(statement)


@migrations()
def places_of_moved_batches(ledger: Database) -> None:
    """Let a batch that is moved to another campaign keep the place it had among all batches."""
    ledger.execute("ALTER TABLE batches ADD COLUMN place INTEGER")


@migrations()
def settings_of_the_organisation(ledger: Database) -> None:
    """Keep what an organisation decided for all its campaigns, in one row."""
    ledger.execute("CREATE TABLE settings (only INTEGER PRIMARY KEY CHECK (only = 1), value TEXT NOT NULL) STRICT")


@migrations()
def published_studies_that_were_added(ledger: Database) -> None:
    """Keep what people found published, beside the studies that come with the project."""
    ledger.execute(
        """
        CREATE TABLE published_studies (
            id TEXT PRIMARY KEY CHECK (id <> ''),
            study TEXT NOT NULL,
            withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
            saved_at TEXT NOT NULL,
            saved_by TEXT NOT NULL CHECK (saved_by <> '')
        ) STRICT
        """
    )
