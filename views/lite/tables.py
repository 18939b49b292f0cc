"""Tables of the plain pages: real ones, with a caption, and heads that say what they are the head of."""

import pandas as pd

from views.markup import Html, element


def table(caption: str, heads: tuple[str, ...], rows: list[Html], *, cards: bool = False) -> Html:
    """A table of finished rows; as `cards`, each row is a card on a telephone."""
    # Cards are no longer laid out as a table, so that its parts say what they are.
    role = (lambda name: name) if cards else (lambda name: None)
    head = element(
        "tr", *(element("th", name, scope="col", role=role("columnheader")) for name in heads), role=role("row")
    )
    return element(
        "table",
        element("caption", caption),
        element("thead", head, role=role("rowgroup")),
        element("tbody", *rows, role=role("rowgroup")),
        class_="cards" if cards else None,
        role=role("table"),
    )


def from_frame(frame: pd.DataFrame, caption: str) -> Html | None:
    """A table of plain text; None where it has no rows. The first column heads its row."""
    if frame.empty:
        return None
    rows = [
        element("tr", element("th", str(first), scope="row"), *(element("td", str(cell)) for cell in others))
        for first, *others in frame.itertuples(index=False)
    ]
    return table(caption, tuple(str(name) for name in frame.columns), rows)
