"""The locked packages and what is bundled in the theme, with their licences.

A licence is read from the installed package's metadata; what these leave open stands in REVIEWED.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from license_expression import ExpressionError, LicenseExpression, get_spdx_licensing

ROOT = Path(__file__).resolve().parent.parent
LEVELS = ("bootstrap", "runtime", "store", "dev", "bench")

# What may be part of a program under AGPL-3.0-or-later. GPL-2.0-only and Artistic-1.0 alone may not.
ALLOWED = frozenset(
    {
        "0BSD", "AGPL-3.0-or-later", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "GPL-2.0-or-later", "GPL-3.0-only",
        "GPL-3.0-or-later", "ISC", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "LicenseRef-Public-Domain", "MIT", "MIT-0",
        "MIT-CMU", "MPL-2.0", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib",
    }
)  # fmt: skip
# Only for files of data, as fonts are.
ALLOWED_FOR_DATA = ALLOWED | {"CC-BY-4.0", "OFL-1.1"}

_APACHE, _BSD, _MIT = "Apache-2.0", "BSD-3-Clause", "MIT"
_XLRD = "LicenseRef-xlrd-advertising"
# Read by a person in the package's licence file; each with the reason why its metadata do not do.
REVIEWED = {
    "axe-playwright-python": ("MIT AND MPL-2.0", "no licence in the metadata; contains axe-core, which is MPL-2.0"),
    "cffi": ("MIT-0", "installed for `make bench` only"),
    "colorama": (_BSD, "installed on Windows only"),
    "docutils": (
        "LicenseRef-Public-Domain AND 0BSD AND BSD-2-Clause AND Python-2.0 AND GPL-3.0-or-later",
        "its parts have several; the GPL is that of a mode of Emacs",
    ),
    "feedgenerator": (_BSD, "«BSD» says not which one"),
    "hugo": (_APACHE, "installed for `make bench` only"),
    "isodate": (_BSD, "the metadata hold the whole text"),
    "jinja2": (_BSD, "«BSD» says not which one"),
    "libcst": ("MIT AND PSF-2.0 AND Apache-2.0", "named in words; parts of CPython are in it"),
    "olefile": ("BSD-2-Clause AND MIT-CMU", "«BSD» says not which one; begun as a part of Pillow"),
    "pagefind": (_MIT, "installed for `make bench` only"),
    "pagefind-bin": (_MIT, "installed for `make bench` only"),
    "pillow-heif": (
        "BSD-3-Clause AND LGPL-3.0-or-later AND GPL-2.0-or-later",
        "its wheels have libheif, libde265 and x265 (decision 0028)",
    ),
    "pycparser": (_BSD, "installed for `make bench` only"),
    "pymorphy3-dicts-uk": ("MIT AND GPL-3.0-only", "the dictionary is under the GPL, which its classifier leaves out"),
    "pyvips": (_MIT, "installed for `make bench` only"),
    "pyvips-binary": ("LGPL-3.0-or-later", "installed for `make bench` only"),
    "pyyaml-ft": (_MIT, "installed with Python 3.13 only"),
    "setuptools": (_MIT, "installed for `make bench` only"),
    "simplemma": (_MIT, "installed for `make bench` only"),
    "text-unidecode": ("Artistic-1.0-Perl OR GPL-2.0-or-later", "two, of which one may be chosen"),
    "ua-gec": ("CC-BY-4.0", "texts, installed for `make bench` only"),
    "unidecode": ("GPL-2.0-or-later", "«GPL» says not which one"),
    "webencodings": (_BSD, "«BSD» says not which one"),
    "xlrd": (f"BSD-3-Clause AND {_XLRD}", "«BSD» says not which one; a part is older"),
}
# An old part of xlrd asks to be named in advertising, which the GPL forbids to ask of a whole. We ship no copy of it: the
# environment installs it beside the program. It has to go before anybody distributes both in one archive.
# The texts of UA-GEC are data of a benchmark, no part of a program.
ACCEPTED = {"xlrd": frozenset({_XLRD}), "ua-gec": frozenset({"CC-BY-4.0"})}
_OF_CLASSIFIER = {
    "Apache Software License": _APACHE,
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "ISC License (ISCL)": "ISC",
    "MIT License": _MIT,
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
_OF_WORDS = {"BSD 2-Clause License": "BSD-2-Clause", "ISC License": "ISC", "MIT License": _MIT, "PSFL": "PSF-2.0"}
_SPDX = get_spdx_licensing()
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


@dataclass(frozen=True, order=True)
class Package:
    """A pinned package."""

    name: str
    version: str


@dataclass(frozen=True)
class Bundled:
    """Third-party files in the repository: where, what, under which licence, and the file with its text."""

    folder: str
    suffix: str
    name: str
    version: str
    licence: str
    text: str


BUNDLED = (
    Bundled("theme/static/fonts", ".woff2", "Commissioner", "2019", "OFL-1.1", "theme/static/fonts/OFL.txt"),
    Bundled("theme/documents/fonts", ".ttf", "Liberation Serif", "2.1.5", "OFL-1.1", "theme/documents/fonts/OFL.txt"),
    Bundled(
        "theme/admin/sveltia", ".js", "Sveltia CMS", "0.221.1", "MIT AND BSD-3-Clause AND Apache-2.0 AND LGPL-3.0-or-later",
        "theme/admin/sveltia/LICENSES.txt",
    ),
    Bundled(
        "theme/admin/sveltia/assets", "", "Sveltia CMS: fonts, decoders", "0.221.1",
        "OFL-1.1 AND Apache-2.0 AND BSD-3-Clause AND LGPL-3.0-or-later", "theme/admin/sveltia/LICENSES.txt",
    ),
)  # fmt: skip


def locked(level: str) -> list[Package]:
    """The packages of `requirements/<level>.txt`; one of several versions for several Pythons stands there twice."""
    text = (ROOT / f"requirements/{level}.txt").read_text("utf-8")
    return sorted(Package(normalized(name), version) for name, version in _PIN.findall(text))


def normalized(name: str) -> str:
    """The name of a package as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def installed(name: str) -> Distribution | None:
    """The package as it is installed here, of whatever version."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def licence_of(name: str) -> str:
    """The package's licence as an SPDX expression; empty if neither its metadata nor the table say it."""
    return REVIEWED[name][0] if name in REVIEWED else licence_in_metadata(name)


def licence_in_metadata(name: str) -> str:
    """What `License-Expression`, `License` or the classifiers say, if it is one known licence; else empty."""
    package = installed(name)
    if package is None:
        return ""
    fields = package.metadata
    words = fields.get("License-Expression") or fields.get("License") or ""
    if is_known(words) or words in _OF_WORDS:
        return _OF_WORDS.get(words, words)
    classifiers = [line.split(" :: ")[-1] for line in fields.get_all("Classifier") or () if line.startswith("License")]
    named = {_OF_CLASSIFIER.get(line, "") for line in classifiers}
    return named.pop() if len(named) == 1 else ""


def is_known(licence: str) -> bool:
    """Whether it is an SPDX expression of licences that SPDX knows."""
    if not licence.strip():
        return False
    try:
        return _SPDX.parse(licence, validate=True) is not None
    except ExpressionError:
        return False


def is_allowed(licence: str, allowed: frozenset[str] = ALLOWED) -> bool:
    """Whether one may choose among its alternatives so that everything is allowed."""
    return _allows(_SPDX.parse(licence), allowed)


def _allows(expression: LicenseExpression, allowed: frozenset[str]) -> bool:
    if expression.isliteral:
        return str(expression) in allowed
    choose = any if isinstance(expression, _SPDX.OR) else all
    return choose(_allows(part, allowed) for part in expression.args)
