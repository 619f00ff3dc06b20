"""The words that reports show, apart from the code: a label file per language, by the code's names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias, get_args

Labels: TypeAlias = Mapping[str, str]
Language: TypeAlias = Literal["en", "zh-CN"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
_WORDS = Path(__file__).parent / "words"


@cache
def labels_in(language: Language, folder: Path = _WORDS) -> Labels:
    """Every word of the reports, or of another folder of label files; each language has the same names."""
    found: dict[str, str] = json.loads((folder / f"{language}.json").read_bytes())
    return found


def language_for(accepted: str | None) -> Language:
    """The language for a header `Accept-Language`; English where none of ours is accepted.

    `zh`, and `zh` with any script or country, is taken as simplified Chinese.
    """
    ranked: list[tuple[float, Language]] = []
    for part in (accepted or "").split(","):
        tag, _, weight = part.partition(";")
        known = {"en": LANGUAGES[0], "zh": LANGUAGES[1]}.get(tag.strip().lower().split("-")[0])
        if known is not None and (quality := _quality(weight)) > 0:
            ranked.append((quality, known))
    return max(ranked, key=lambda each: each[0], default=(1.0, LANGUAGES[0]))[1]


def _quality(weight: str) -> float:
    """The number behind `q=`; 1 where there is none, 0 where it is no number."""
    name, _, value = weight.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


ENGLISH: Labels = labels_in("en")
"""What the terminal speaks."""
