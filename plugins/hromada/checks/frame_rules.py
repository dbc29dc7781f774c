"""Rules for the official frame: security.txt, the accessibility results, translations beside their Ukrainian originals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from hromada.domain.accessibility import LONGEST_AGE
from hromada.domain.dates import Clock
from hromada.domain.days_in_words import day_in_words
from hromada.domain.item import UKRAINIAN, Item
from hromada.domain.numerals import NOUNS
from hromada.domain.problem import Problem, warning
from hromada.domain.settings import SECURITY_NOTICE, SiteSettings
from hromada.domain.site import Site

_SETTINGS = "pelicanconf.py"
_LONGER_BY = 1.3  # translations into English are some tenth longer or shorter by themselves
_FEWEST_LETTERS = 200  # of a difference: short texts differ by chance


def security_txt_holds(settings: SiteSettings, clock: Clock, is_publication: bool) -> Iterator[Problem]:
    """Programs must not use a security.txt that has expired, so none is published (RFC 9116)."""
    expires = settings.security_expires
    if not (settings.security_contact and expires):
        return
    fix = "перевірте контакт (security_contact) і впишіть у security_expires новий день, не далі року"
    if expires < clock.day:
        message = f"строк security.txt минув {day_in_words(expires)}"
        if is_publication:
            yield Problem(_SETTINGS, 1, "security-expired", message, fix)
        else:
            yield warning(_SETTINGS, 1, "security-expired", message, fix)
    elif expires - clock.day <= SECURITY_NOTICE:
        yield warning(_SETTINGS, 1, "security-expires", f"security.txt діє лише до {day_in_words(expires)}", fix)


def accessibility_results_are_recent(site: Site, path: str, clock: Clock, is_publication: bool) -> Iterator[Problem]:
    """Said when a site is published: whoever only writes can't run the tests."""
    results = site.accessibility
    if is_publication and results and clock.moment >= results.becomes_old():
        age = NOUNS["день"].counted(LONGEST_AGE.days)
        message = f"доступність перевіряли {day_in_words(results.day)}, понад {age} тому"
        yield warning(path, results.line, "accessibility-old", message, "запустіть make accessibility")


def translation_is_no_larger(
    items: Iterable[Item], beside: Callable[[Item], Item | None], letters: Callable[[Item], int]
) -> Iterator[Problem]:
    """The law on the state language, article 27(6): the Ukrainian version is not smaller than one in another language."""
    for item in items:
        original = beside(item) if item.lang != UKRAINIAN else None
        if original is None:
            continue
        own, first = letters(item), letters(original)
        if own > first * _LONGER_BY and own - first >= _FEWEST_LETTERS:
            message = (
                f"переклад має {NOUNS['літера'].counted(own)}, а текст українською – {NOUNS['літера'].counted(first)}"
            )
            yield warning(
                item.path, 1, "translation-larger", message, f"доповніть {original.path}: за законом він не менший"
            )
