"""The shape of a programme file: which keys there are and what may stand in them."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from observe.core.assessing import Moment
from observe.core.exercises import Mode
from observe.core.programme import (
    Beside,
    EvidenceKind,
    Leads,
    Signer,
    StageKind,
    Taker,
    Where,
)
from observe.core.rubric import LessonKind
from observe.core.rubric_schema import LANGUAGE, Id, Shape, Title, WithoutNull, Words

Week = Annotated[int, Field(ge=1, le=156)]
People = Annotated[int, Field(ge=1, le=200)]


class GroupShape(Shape):
    """For how many people the programme is made; another number is said, not refused."""

    least: People
    """The smallest group."""
    most: People
    """The largest group."""


class CountsShape(Shape):
    """Which evidence counts; what is left out is usual for the kind of stage, or asks nothing."""

    evidence: Annotated[EvidenceKind, Field(strict=False)] | None = None
    """What is counted: lesson, pair, summary, exercise, attendance and so on."""
    lesson_kind: Annotated[LessonKind, Field(strict=False)] | None = None
    """Of which kind the lesson is."""
    rubric: Id | None = None
    """With which rubric, in any version."""
    where: Annotated[Where, Field(strict=False)] | None = None
    """At one's own school, at another, or anywhere."""
    beside: Annotated[list[Annotated[Beside, Field(strict=False)]], Field(min_length=1)] | None = (
        None
    )
    """Who else observed: at least one of those who are named, or nobody."""
    closed: bool = False
    """Whether the talk about the pair must be closed, not only begun."""
    different_schools: bool = False
    """Whether each school counts once."""
    moment: Annotated[Moment, Field(strict=False)] | None = None
    """Of which moment the self-evaluation or assessment is."""
    mode: Annotated[Mode, Field(strict=False)] | None = None
    """In which way the exercise is taken: practice, test or group."""
    same: Annotated[int, Field(ge=1, le=100)] | None = None
    """On how many criteria in a hundred a test is at the level of its reference, at least."""


class StageShape(Shape):
    """One stage."""

    stage: Id
    """Its id, unique in the programme."""
    title: Title
    """What people read."""
    kind: Annotated[StageKind, Field(strict=False)]
    """What one does in it."""
    about: Words | None = None
    """What it is for, in a sentence or two."""
    counts: CountsShape = CountsShape()
    """Which evidence counts."""
    needed: Annotated[int, Field(ge=1, le=100)] = 1
    """How many pieces of it."""
    from_week: Week = 1
    """In which week of the programme it begins; evidence from before does not count."""
    by_week: Week
    """By the end of which week it is due."""
    after: list[Id] = Field(default=[])
    """Stages that come first; none where they go on side by side."""
    signed_off_by: Annotated[Signer, Field(strict=False)] | None = None
    """Who signs it off when its evidence is there; nobody when left out."""


class ProgrammeShape(Shape):
    """A programme of Observe: stages in which people learn, and the evidence of each."""

    programme: Id
    """The programme's id; it stays the same from version to version."""
    version: Annotated[int, Field(ge=1, le=9999)]
    """A whole number; a version that was taken up never changes."""
    language: Annotated[str, Field(pattern=LANGUAGE)]
    """The language of its words, such as en or cy."""
    title: Title
    """What people call it."""
    about: Words | None = None
    """What it is for, in a few sentences."""
    for_: Annotated[Taker, Field(alias="for", strict=False)]
    """Who goes through it."""
    led_by: Annotated[Leads, Field(strict=False)]
    """Who takes it up and leads the group."""
    group: GroupShape | None = None
    """For how many people it is made; 8 to 20 when left out."""
    then: Id | None = None
    """The programme that may follow."""
    stages: Annotated[list[StageShape], Field(min_length=1, max_length=60)]
    """The stages, in the order in which they are shown."""


INSIDE: dict[str | int, type[BaseModel]] = {
    "group": GroupShape,
    "stages": StageShape,
    "counts": CountsShape,
}


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) that editors use to help while a programme is written."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    shape = ProgrammeShape.model_json_schema(schema_generator=WithoutNull)
    return dialect | shape | {"title": "Programme"}
