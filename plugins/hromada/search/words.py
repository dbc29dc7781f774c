"""Words of a text as the index has them. theme/static/js/search-engine.js reads queries by the same rules (a test compares)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import filterfalse
from typing import NamedTuple

from hromada.domain.lazy_regex import lazy_compile

LONGEST_WORD = 40  # letters: longer ones are addresses and garbage, which nobody types
_TEXT_TIMES = 6  # a word that stands more often in a text is as good as one that stands so often
_IN_LEAD, _IN_TITLE = _TEXT_TIMES + 1, 2 * (_TEXT_TIMES + 1)
USUAL = 1  # the code of a word that stands once in the text: by far the most, so it is not written

# Signs inside a word that people leave out or type in another way: apostrophes, the stress mark, the soft hyphen.
_DROPPED = lazy_compile("['’ʼ`´‘′\u0301\u00ad\u200b-\u200d\u2060\ufeff]")
_WORD = lazy_compile(r"[^\W_]+")
# «12/01-05», «№ 3.14»: a number of a document is one word beside its parts.
_NUMBER = lazy_compile(r"(?<![^\W_])[^\W_]++(?:[/.:\-‐‑–][^\W_]++)++")
_DIGIT = lazy_compile(r"\d")
_SIGN_INSIDE = lazy_compile(
    r"[/.:\-‐‑–](?<=[^\W_].)[^\W_]"
)  # most texts have none: found seven times faster than a number
_PUNCTUATION = '.,:;!?…()«»„“”"–—-'
_DASHES = str.maketrans("‐‑–", "---")
# Letters that are taken for each other (typing slips, Russian keyboards, transliteration): a key of a word has one for all.
_FOLDED = str.maketrans({"і": "и", "ї": "и", "й": "и", "ы": "и", "ъ": "и", "є": "е", "э": "е", "ё": "е", "ь": None})
KEY_LENGTH = 6  # letters of a key: where a word is filed depends on them alone

# Latin letters that look like Ukrainian ones, inside a Ukrainian word.
_ALIKE = str.maketrans("abcehikmoptxy", "авсенікмортху")
_BORDER = lazy_compile("[a-z](?:(?=[а-яіїє])|(?<=[а-яіїє].))")  # begins with the letter that most texts lack
_TWO_SCRIPTS = lazy_compile("[a-zа-яіїє]+")

# Words without a subject: not indexed, and left out of a query.
STOP_WORDS = frozenset(
    """а або абож адже аж але б без би бо був буде будемо будуть була були було бути в ви вам вами вас ваш ваша ваше ваші
    вже ви від він вона вони воно все всі всіх та так така таке такий такі також там те ти то тобто того тоді той тому ту
    тут у усе усі усіх уже хоч хоча це цей ця ці цього цьому цим цих цією цю чи чого чому що щоб щодо як яка яке який яких
    якого якому яким якими якою яку якщо які де для до є ж з за зі зо й його йому із і інколи її їй їм їх їхній коли крім
    куди лише мене мені ми мій мною моя моє мої на над нам нами нас наш наша наше наші не него неї ні ніж них об один однак
    ось от перед під після по при про проте раз разом с сам саме свій своя своє свої своїх своєї себе собі т також теж тим
    тих того чим чий через який""".split()  # noqa: SIM905  # a hundred words are read as a text
)


class WordCounts(NamedTuple):
    """The words of a text with their codes: in the title, in the lead, how often in the text, a number below 28, and how many words it has in all."""

    codes: dict[str, int]
    length: int


def normalized(text: str) -> str:
    """The text in lower case, without apostrophes and marks inside words, with «г» for «ґ»."""
    lowered = _DROPPED.sub("", unicodedata.normalize("NFC", text).lower()).replace("ґ", "г")
    return _TWO_SCRIPTS.sub(_in_one_script, lowered) if _BORDER.search(lowered) else lowered


def _in_one_script(match: re.Match[str]) -> str:
    word = match[0]
    return word.translate(_ALIKE) if _BORDER.search(word) else word


def words_of(text: str) -> list[str]:
    """The words of a normalised text; a number with signs inside comes as a whole and in parts."""
    words, numbers = list[str](), list[str]()
    # Most parts between spaces are a word with a sign of punctuation at most: 0.7 s instead of 1.9 s for 15,000 texts (measured).
    for part in text.split():
        if part.isalnum() or (part := part.strip(_PUNCTUATION)).isalnum():  # the same letters and digits as `[^\W_]`
            words.append(part)
        elif part:
            words += _WORD.findall(part)
            if _SIGN_INSIDE.search(part):
                numbers += [number.translate(_DASHES) for number in _NUMBER.findall(part) if _DIGIT.search(number)]
    return words + numbers


def is_indexed(word: str) -> bool:
    """Whether a word is looked for: no word without a subject, no single letter, nothing without an end."""
    return word not in STOP_WORDS and (1 < len(word) <= LONGEST_WORD or word.isdigit())


def filing_key(word: str) -> str:
    """The letters by which a word is filed: the same for words that slips of typing turn into each other."""
    return word.translate(_FOLDED)[:KEY_LENGTH]


def count_words(title: str, lead: str, text: str) -> WordCounts:
    """The words of title, lead and text; the lead is counted in the text, too, where it stands there."""
    words = words_of(normalized(text))
    # Stop words are left out before the others are counted, which takes half the time (measured).
    codes = Counter(filterfalse(STOP_WORDS.__contains__, words))
    if max(codes.values(), default=0) > _TEXT_TIMES:
        codes = Counter({word: min(times, _TEXT_TIMES) for word, times in codes.items()})
    for weight, place in ((_IN_LEAD, lead), (_IN_TITLE, title)):
        for word in {*words_of(normalized(place))}:
            if word in codes or is_indexed(word):
                codes[word] += weight
    for word in [one for one in codes if not 1 < len(one) <= LONGEST_WORD and not is_indexed(one)]:
        del codes[word]
    return WordCounts(codes, len(words))
