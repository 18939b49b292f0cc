"""What the campaigns of a report show together, by the same rules as the page that compares them."""

from metrics.bodies import Body, body_of_evidence, may_be_pooled
from views.reports.blocks import Block, Bullets, Heading, Paragraph
from views.reports.material import Material
from views.wording.bodies import body_reasons, body_sentence, prediction_sentence
from views.wording.disclosing import shown_estimate
from views.wording.language import Words


def body(material: Material) -> Body:
    """The campaigns that may be put together and shown."""
    return body_of_evidence(
        [
            found
            for found in material.evaluations
            if may_be_pooled(found) and shown_estimate(found, material.profile) is not None
        ]
    )


def together(material: Material, words: Words) -> list[Block]:
    """Their average, what a similar campaign could expect, and why that is no surer; nothing without an average."""
    found = body(material)
    if found.pooled is None:
        return []
    return [
        Heading(text=words("What do these campaigns show together?"), level=3),
        Paragraph(text=body_sentence(found, words)),
        Paragraph(text=prediction_sentence(found, words)),
        Bullets(items=tuple(body_reasons(found, words))),
    ]
