"""The licences under which a site's content may be used."""

from __future__ import annotations

from typing import NamedTuple


class Licence(NamedTuple):
    """What readers and programs are told; `id` is SPDX's, `url` has the text, `summary` a page of it in Ukrainian."""

    name: str
    id: str
    title: str
    url: str

    @property
    def summary(self) -> str:
        return f"{self.url}deed.uk"


CC_BY = Licence(
    "CC BY 4.0", "CC-BY-4.0", "Creative Commons Attribution 4.0 International",
    "https://creativecommons.org/licenses/by/4.0/",
)  # fmt: skip
_CC_BY_SA = Licence(
    "CC BY-SA 4.0", "CC-BY-SA-4.0", "Creative Commons Attribution Share Alike 4.0 International",
    "https://creativecommons.org/licenses/by-sa/4.0/",
)  # fmt: skip
_CC0 = Licence(
    "CC0 1.0", "CC0-1.0", "Creative Commons Zero v1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"
)
LICENCES = {licence.name: licence for licence in (CC_BY, _CC_BY_SA, _CC0)}
