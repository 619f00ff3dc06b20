"""The file that says what is swept: fields of a scenario, by their paths, and what they become."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, StrictBool, StrictFloat, StrictInt, StrictStr, model_validator

from planner.scenario.document import Document, Positive
from planner.scenario.scenario import Name

Scalar: TypeAlias = StrictBool | StrictInt | StrictFloat | StrictStr | None
Number = Annotated[float, Field(strict=True)]
Path = Annotated[str, Field(min_length=1, max_length=200)]
MOST_TASKS = 100_000


class Span(Document):
    """Numbers between two ends."""

    from_: Number = Field(alias="from")
    to: Number

    @model_validator(mode="after")
    def _rises(self) -> Span:
        if not self.from_ < self.to:
            raise ValueError(f"must rise: from is below to (got {self.from_:g} and {self.to:g})")
        return self


class Steps(Span):
    """Numbers between two ends, both included, equally far apart."""

    steps: Annotated[int, Field(ge=2, le=1000, strict=True)] = Field(description="how many numbers")


class Axis(Document):
    """What one field becomes, step by step: values in its own unit, or factors on what the scenario has."""

    values: tuple[Scalar, ...] | Steps | None = Field(default=None, description="what is put there")
    factors: tuple[Positive, ...] | Steps | None = Field(
        default=None, description="what the scenario's own number is multiplied by"
    )

    @model_validator(mode="after")
    def _one(self) -> Axis:
        if (self.values is None) == (self.factors is None):
            raise ValueError("must hold values or factors, one of them")
        given = self.values if self.factors is None else self.factors
        if isinstance(given, tuple) and not given:
            raise ValueError("must have at least one entry")
        return self


class SampleAxis(Document):
    """Between which ends one field is drawn."""

    values: Span | None = Field(default=None, description="what is put there")
    factors: Span | None = Field(default=None, description="what the scenario's own number is multiplied by")

    @model_validator(mode="after")
    def _one(self) -> SampleAxis:
        if (self.values is None) == (self.factors is None):
            raise ValueError("must hold values or factors, one of them")
        return self


class Sample(Document):
    """A Latin hypercube: so many points, spread evenly over every field at once."""

    points: Annotated[int, Field(ge=1, le=MOST_TASKS, strict=True)]
    seed: Annotated[int, Field(ge=0, le=2**31 - 1, strict=True)] = 1
    over: Annotated[dict[Path, SampleAxis], Field(min_length=1)] = Field(
        description="the field's path, and its ends"
    )


class SweepFile(Document):
    """What is swept. Each part gives tasks of its own; a field that a part does not name stays as it is."""

    name: Name | None = Field(default=None, description="for the reader")
    grid: dict[Path, Axis] = Field(
        default={}, description="by path; every combination of what the fields become is a task"
    )
    one_at_a_time: dict[Path, Axis] = Field(
        default={}, description="by path; one field changes, all others stay"
    )
    sample: Sample | None = None

    @model_validator(mode="after")
    def _something(self) -> SweepFile:
        if not (self.grid or self.one_at_a_time or self.sample):
            raise ValueError("must hold a grid, one_at_a_time or a sample")
        return self
