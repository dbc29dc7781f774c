"""What the build for a publication gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hromada.domain.problem import Problem


@dataclass(frozen=True, slots=True)
class PublicBuild:
    """The built site as it would be published, or what is wrong with the content: then nothing was built."""

    problems: tuple[Problem, ...] = ()
    errors: tuple[Problem, ...] = ()
    broken: tuple[str, ...] = ()  # references of built pages that lead nowhere
    moved: Mapping[str, str] = field(default_factory=dict)  # pages that only lead on: file, where to
