"""Newsletters of the demonstration: one that is out, and a draft."""

import random
from datetime import datetime, timedelta

from observe.core.ids import new_id
from observe.core.newsletter import Part, as_json
from observe.services.demo.cast import Cast
from observe.storage.rows import Rows

OUT = (
    Part(
        "What we have learnt about looking",
        "Most of us wrote down what teachers did, and little of what pupils did. Since we sit where "
        "we can see faces, our notes have changed, and with them the talks.\n\n"
        "One thing to try this month: choose no level before the lesson is over.",
    ),
    Part(
        "Next workshop",
        "We watch one lesson on video, all of us, each alone. Then we look at where we part, and why. "
        "Bring a question that you could not settle with your partner.",
    ),
)
DRAFT = (Part("Waiting three seconds", "A group of heads counts how long pupils have to think."),)


def write(rows: Rows, cast: Cast, *, at: datetime) -> None:
    """One of last week by the first facilitator, and one that nobody else sees yet."""
    draw, by = random.Random(len(OUT)), cast.facilitators[0].id
    for title, parts, days, out in (
        ("Looking at pupils, not at us", OUT, 6, True),
        ("Silence is long", DRAFT, 1, False),
    ):
        made_at = at - timedelta(days=days)
        when = {"made_at": made_at, "changed_at": made_at}
        published = {"published_at": made_at, "published_by": by}
        hidden = {"published_at": None, "published_by": None}
        rows.add(
            "newsletter",
            id=new_id(made_at, draw.getrandbits),
            title=title,
            parts=as_json(parts),
            made_by=by,
            **when,
            revision=1,
            **(published if out else hidden),
        )
