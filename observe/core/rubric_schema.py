"""The shape of a rubric file: which keys there are and what may stand in them."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import PydanticCustomError

from observe.core.rubric import LessonKind, OccasionKind, ScaleType

ID = r"^[a-z0-9-]+$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
TRANSLATION = r"^[a-z0-9-]+@[1-9][0-9]*$"

Id = Annotated[str, Field(pattern=ID, max_length=64)]
Title = Annotated[str, Field(min_length=1, max_length=120)]
Words = Annotated[str, Field(min_length=1, max_length=1000)]
LevelValue = Annotated[int, Field(ge=-99, le=99)]
Minutes = Annotated[int, Field(ge=1, le=240)]


class Shape(BaseModel):
    """Nothing is guessed: no other keys, no text for a number."""

    model_config = ConfigDict(strict=True, extra="forbid", use_attribute_docstrings=True)

    @field_validator("*", mode="before")
    @classmethod
    def _says_something(cls, value: Any) -> Any:
        """What may be left out may still not be left empty."""
        if value is None:
            raise PydanticCustomError("empty", "nothing stands here")
        return value


class OccasionsShape(Shape):
    """What the rubric is rated for: the whole lesson, segments of it, or intervals."""

    whole: bool = False
    """Criteria may be rated once for the whole lesson."""
    segments: Annotated[int, Field(ge=1, le=12)] | None = None
    """How many segments the lesson is cut into, each rated apart."""
    minutes: Minutes | None = None
    """How many minutes one segment lasts."""
    samples: Annotated[list[Minutes], Field(min_length=1)] | None = None
    """At which minutes of each segment a sample is taken, in order."""
    intervals: Minutes | None = None
    """How many minutes one interval lasts; intervals follow each other to the end."""


class LevelShape(Shape):
    """One step of a scale."""

    value: LevelValue
    """A whole number, one more than the level before."""
    label: Title
    """The word observers see for it."""


class ScaleShape(Shape):
    """The values that a rating can take."""

    type: Annotated[ScaleType, Field(strict=False)]
    """ordinal and binary have levels; nominal (one) and codes (several at once) have codes."""
    levels: Annotated[list[LevelShape], Field(min_length=2, max_length=11)] | None = None
    """The levels, lowest first."""
    codes: Annotated[dict[Id, Title], Field(min_length=2, max_length=40)] | None = None
    """Each code with the words observers see."""
    order: list[Id] | None = None
    """The codes in the order in which they are shown; as they stand when left out."""
    strength_from: LevelValue | None = None
    """A strength in a summary needs at least this agreed level."""
    next_step_to: LevelValue | None = None
    """A next step in a summary needs at most this agreed level."""


class LookForShape(Shape):
    """Something an observer may tick; it informs and does not decide."""

    look_for: Id
    """Its id, unique in the criterion."""
    text: Title
    """What is seen or heard, in a few words."""


class StrengthShape(Shape):
    """A sentence that names what worked and quotes a note."""

    text: Words
    """With {evidence} once, where the note is quoted with its time."""
    levels: list[LevelValue] | None = None
    """For which agreed levels it fits; every level when left out."""


class NextStepShape(Shape):
    """A sentence that says what to try next."""

    text: Words
    """May hold {evidence} once, where the note is quoted with its time."""
    try_: Annotated[Words | None, Field(alias="try")] = None
    """What the teacher tries."""
    when: Words | None = None
    """When it is tried."""
    see: Words | None = None
    """How teacher and observer will know that it worked."""
    levels: list[LevelValue] | None = None
    """For which agreed levels it fits; every level when left out."""


class PhrasesShape(Shape):
    """The sentences a summary is composed from."""

    strength: list[StrengthShape] = []
    """Sentences for a strength."""
    next_step: list[NextStepShape] = []
    """Sentences for a next step."""


class CriterionShape(Shape):
    """One thing to look for."""

    criterion: Id
    """Its id, unique in the rubric; it keeps its meaning from version to version."""
    title: Title
    """What observers and teachers read."""
    scale: str
    """The name of one of the scales above."""
    code: Annotated[str, Field(min_length=1, max_length=12)] | None = None
    """Its short name on narrow screens; the domain's number and a letter (1a) when left out."""
    occasion: Annotated[OccasionKind, Field(strict=False)] = OccasionKind.WHOLE
    """What one rating is for."""
    not_applicable: bool = False
    """Whether observers may mark that it does not apply; "not seen" is always possible."""
    part_of: Id | None = None
    """The criterion of which this is a sub-behaviour; shown apart, never in pooled figures."""
    descriptors: dict[int, Words] = {}
    """What each level looks like."""
    look_fors: list[LookForShape] = []
    """What observers may tick."""
    phrases: PhrasesShape = PhrasesShape()
    """The sentences a summary is composed from."""


class DomainShape(Shape):
    """Criteria that belong together."""

    domain: Id
    """Its id, unique in the rubric."""
    title: Title
    """The heading above its criteria."""
    criteria: Annotated[list[CriterionShape], Field(min_length=1, max_length=100)]
    """Its criteria, in the order in which they are shown."""


class RubricShape(Shape):
    """A rubric of Observe: what a school looks for, in words and levels."""

    rubric: Id
    """The rubric's id; it stays the same from version to version."""
    version: Annotated[int, Field(ge=1, le=9999)]
    """A whole number; a published version never changes."""
    language: Annotated[str, Field(pattern=LANGUAGE)]
    """The language of its words, such as en or cy."""
    title: Title
    """What people call it."""
    kind: Annotated[LessonKind, Field(strict=False)]
    """What is observed with it."""
    graded: bool
    """false: no level ever leaves the observers of the lesson."""
    occasions: OccasionsShape | None = None
    """What its criteria are rated for; the whole lesson when left out."""
    scales: Annotated[dict[Id, ScaleShape], Field(min_length=1)]
    """The scales, each under its name."""
    domains: Annotated[list[DomainShape], Field(min_length=1)]
    """The domains, in the order in which they are shown."""
    translation_of: Annotated[str, Field(pattern=TRANSLATION)] | None = None
    """The rubric and version this is a translation of, such as talk-and-questions@3."""


class WithoutNull(GenerateJsonSchema):
    """JSON Schema in which what is left out is left out: no key takes null."""

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:
        """The shape of a key that may be left out."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        """The shape of a key that has a default, which is told unless it is null."""
        told = schema.get("default") is not None
        return super().default_schema(schema) if told else self.generate_inner(schema["schema"])


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) that editors use to help while a rubric is written."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return (
        dialect | RubricShape.model_json_schema(schema_generator=WithoutNull) | {"title": "Rubric"}
    )
