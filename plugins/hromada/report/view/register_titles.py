"""How registers are called where their rows stand beside the site's own sections."""

from __future__ import annotations

from hromada.domain.figure import Figures

_TITLES = {
    "social": "Соціальні мережі",
    "newspaper": "Газета",
    "monitoring": "Моніторинг",
    "requests": "Звернення",
    "coverage": "Супровід заходів",
}


def register_title(name: str, figures: Figures) -> str:
    """Its own title, else that of the figure that counts the whole register, else its folder in quotes."""
    spec = figures.get(name)
    return _TITLES.get(name) or (spec.title if spec and spec.register == name else f"Журнал «{name}»")
