"""What every document a person writes has in common: frozen, no unknown fields, no NaN, no infinity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

# strict: neither `yes` nor "95%" is a number
Flag = Annotated[bool, Field(strict=True)]
Share = Annotated[float, Field(ge=0, le=1, strict=True)]
# no price or time is so large; sums of what is larger overflow
Money = Annotated[float, Field(ge=0, le=1e12, strict=True)]
Positive = Annotated[float, Field(gt=0, le=1e12, strict=True)]


class Document(BaseModel):
    """A part of a scenario or a plan, as it crosses a file or a socket."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def several(given: object) -> object:
    """One thing may be written without the list around it."""
    if given is None:
        return ()
    return tuple(given) if isinstance(given, (list, tuple)) else (given,)


def several_targets(given: object) -> object:
    """A bare number stands for its target: `answer_rate: 0.95` is `answer_rate: {target: 0.95}`."""
    items = several(given)
    if not isinstance(items, tuple):
        raise TypeError("several() gives a tuple")
    return tuple(item if isinstance(item, (Mapping, BaseModel)) else {"target": item} for item in items)
