"""Figures: what reports count and how it is called; the standard ones and those that figures.toml adds."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from hromada.domain.entry import PHOTOS, SourceLocation
from hromada.domain.numerals import NOUNS, Noun
from hromada.domain.period import Period

BUILT_IN_IDS = (
    "news", "unit-pages", "unit-messages", "social", "social-main", "social-other", "reposts", "newspaper", PHOTOS,
)  # fmt: skip
VERSIONS = "versions"
RESERVED_IDS = (VERSIONS, "period")  # a folder under a report's address; a placeholder
_FOLLOWS = {"social-main": "social", "social-other": "social", "reposts": "social"}
_TRAITS_OF = {
    "news": ("category",),
    "unit-messages": ("unit",),
    "unit-pages": ("kind", "unit"),
    PHOTOS: ("section", "category", "unit"),
    "register:social": ("account", "network", "group", "kind"),
    "register:newspaper": ("newspaper", "kind"),
}


def traits_of(source: str) -> tuple[str, ...]:
    """The traits that entries of a source have; selecting by any other would always give zero."""
    return _TRAITS_OF.get(source, ("kind",))


class FigureSpec(Struct, frozen=True):
    """One figure: `where` selects entries of `source` by their traits; a sum has `total_of` instead.

    `where_not` excludes entries, which «social-other» needs; figures.toml has no key for it. `excluded`: counts the
    entries of Visibility.EXCLUDED (reposts). `split` is the trait whose values are the figure's parts.
    """

    id: str
    title: str
    source: str = ""
    noun: str = "публікація"
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    where_not: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    total_of: tuple[str, ...] = ()
    excluded: bool = False
    place: SourceLocation = SourceLocation("content/reports/figures.toml")

    @property
    def definition(self) -> tuple[object, ...]:
        """What the figure counts, without its id, title and noun."""
        return self.source, dict(self.where), dict(self.where_not), self.total_of

    @property
    def register(self) -> str:
        """The register's name, empty for a figure of the site."""
        return self.source.removeprefix("register:") if self.source.startswith("register:") else ""

    @property
    def split(self) -> str:
        """The trait that the figure is split by."""
        by_source = {"news": "category", "unit-pages": "kind", "unit-messages": "unit", PHOTOS: "section"}
        by_register = {"social": "account", "newspaper": "newspaper"}
        return by_source.get(self.source) or by_register.get(self.register, "kind")


def window_of(id: str, period: Period, windows: Mapping[str, Period]) -> Period:
    """The period of a figure: its own window, that of `social` for `social-main` and the like, else the report's period."""
    return windows.get(id) or windows.get(_FOLLOWS.get(id, ""), period)


def takes_window(spec: FigureSpec) -> bool:
    """Whether a report may set the figure's window: of a sum only where all addends follow it."""
    return all(_FOLLOWS.get(part) == spec.id for part in spec.total_of)


_SITE_FIGURES = (
    FigureSpec("news", "Публікації у розділі «Новини»", "news"),
    FigureSpec("unit-pages", "Сторінки підрозділів та організацій", "unit-pages", "сторінка"),
    FigureSpec("unit-messages", "Повідомлення на сторінках підрозділів", "unit-messages",
               "інформаційне повідомлення"),
    FigureSpec("social", "Публікації у соціальних мережах", "register:social"),
    FigureSpec("social-main", "Публікації на сторінці ради", "register:social",
               where={"group": ("main",)}),
    FigureSpec("social-other", "Публікації на інших сторінках", "register:social",
               where_not={"group": ("main",)}),
    FigureSpec("reposts", "Репости", "register:social", "репост", where={"kind": ("репост",)}, excluded=True),
    FigureSpec("newspaper", "Матеріали, передані до газети", "register:newspaper",
               "інформаційне повідомлення"),
    FigureSpec(PHOTOS, "Світлини в новинах і повідомленнях", PHOTOS, "світлина"),
)  # fmt: skip
_REGISTER_TITLES = {
    "monitoring": ("Моніторинг засобів масової інформації", "запис"),
    "requests": ("Звернення громадян", "звернення"),
    "coverage": ("Висвітлені заходи", "захід"),
}


def standard_figures(registers: tuple[str, ...]) -> tuple[FigureSpec, ...]:
    """The figures that exist without being declared: nine of the site and one for each further register."""
    further = tuple(name for name in registers if name not in ("social", "newspaper"))
    return _SITE_FIGURES + tuple(_of_register(name) for name in further)


def _of_register(name: str) -> FigureSpec:
    title, noun = _REGISTER_TITLES.get(name, (f"Журнал «{name}»", "запис"))
    return FigureSpec(name, title, f"register:{name}", noun)


class Figures(Struct, frozen=True):
    """All figures in their order, and the nouns they are counted with."""

    specs: tuple[FigureSpec, ...]
    nouns: Mapping[str, Noun] = field(default_factory=lambda: NOUNS)

    def get(self, id: str) -> FigureSpec | None:
        return next((spec for spec in self.specs if spec.id == id), None)

    def noun(self, spec: FigureSpec) -> Noun:
        return self.nouns.get(spec.noun) or Noun(spec.noun)

    def with_nouns(self, nouns: Mapping[str, Noun]) -> Figures:
        return replace(self, nouns={**self.nouns, **nouns})
