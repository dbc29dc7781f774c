"""The checks of `make doctor`: facts about the computer, the clone, the remote and the site to findings in Ukrainian.

A fault stops publishing or publishes something wrong; a note does neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from msgspec import Struct, field

from hromada.checks.site_rules import REVIEW_ADVICE
from hromada.domain.file_names import LARGEST_SITE
from hromada.domain.numerals import NOUNS, grouped

OLDEST_PYTHON, OLDEST_GIT = (3, 11), (2, 38)  # merge-tree --write-tree
LEAST_SPACE, LITTLE_SPACE = 500_000_000, 2_000_000_000  # bytes
MOST_SKEW = 120  # seconds between this clock and the host's
SCHEDULE_ENDS = 60  # days without a commit until GitHub stops a schedule
_SCHEDULE_WARNING = 45
_NEAR_PER_CENT = 80
_SHOWN = 5

F = TypeVar("F")


class Level(StrEnum):
    """How much a finding matters, as it is printed."""

    GOOD = "гаразд"
    NOTE = "увага"
    FAULT = "вада"


class Group(StrEnum):
    """What a check is about."""

    MACHINE = "Комп’ютер"
    CLONE = "Сховище на цьому комп’ютері"
    REMOTE = "Сховище origin"
    SITE = "Сайт"


class MachineFacts(Struct, frozen=True):
    """What the computer has."""

    python: tuple[int, int]
    git: tuple[int, ...]  # empty: not installed
    free_bytes: int
    kyiv_hours: tuple[int, int]  # ahead of UTC in January and July of 2022
    other_libraries: tuple[str, ...] = ()  # installed in another version than the lock file's
    unwritable: tuple[str, ...] = ()  # folders of the project


class CloneFacts(Struct, frozen=True):
    """The state of the clone; `stops` are refusals of a publication by code."""

    stops: Mapping[str, str] = field(default_factory=dict)
    identity: tuple[str, str] = ("", "")  # name, mailbox
    hooks: str = ""  # core.hooksPath
    own_hooks: tuple[str, ...] = ()  # of git's default folder
    upstream: str = ""
    has_origin: bool = False
    system: str = "posix"  # posix, nt, darwin
    autocrlf: str = ""
    longpaths: str = ""
    precompose: str = ""
    leftovers: tuple[str, ...] = ()  # temporary branches of killed publications
    locks: tuple[str, ...] = ()  # old lock files of git
    ignored: tuple[str, ...] = ()  # content that git ignores
    open_tables: tuple[str, ...] = ()  # tables that an office program has open


class RemoteFacts(Struct, frozen=True):
    """The state of the remote; `stops` are refusals of a publication by code."""

    stops: Mapping[str, str] = field(default_factory=dict)
    push_fault: str = ""  # what git says to a push that changes nothing
    is_published: bool = False
    idle_days: int | None = None  # since the last commit, where the host would stop a schedule


class SiteFacts(Struct, frozen=True):
    """The site's settings, its size and what its address answers."""

    address: str = ""  # empty: unknown or a sample
    settings_fault: str = ""
    stops: Mapping[str, str] = field(default_factory=dict)
    has_store: bool = False
    store_fault: str = ""
    published_bytes: int | None = None
    answer_fault: str = ""  # why the address does not show the last publication, and what to do
    is_asked: bool = False
    skew: float | None = None  # seconds that this clock is ahead of the host's
    reviews: tuple[str, ...] | None = None  # the items that are due to be looked at again; None: the content is unread


class Verdict(Struct, frozen=True):
    """What is wrong and what to do."""

    level: Level
    words: str
    advice: str = ""


class Check(Struct, Generic[F], frozen=True):
    """One check: `judge` returns what is wrong, or None; `applies` tells whether there is anything to judge."""

    code: str
    good: Callable[[F], str]
    judge: Callable[[F], Verdict | None]
    applies: Callable[[F], bool] = lambda _: True


class Finding(Struct, frozen=True):
    """A line of the command's output."""

    group: Group
    code: str
    level: Level
    words: str
    advice: str = ""

    def as_lines(self) -> list[str]:
        first, *more = self.words.split("\n")
        advice = [f"          Що робити: {self.advice}"] if self.advice else []
        return [f"  {self.level:<6}  {first} [{self.code}]", *(f"          {line.strip()}" for line in more), *advice]


def findings(
    machine: MachineFacts, clone: CloneFacts | None, remote: RemoteFacts | None, site: SiteFacts | None
) -> list[Finding]:
    """One finding of each check whose facts are known."""
    found = list(_judged(Group.MACHINE, MACHINE_CHECKS, machine))
    if clone:
        found += _judged(Group.CLONE, CLONE_CHECKS, clone)
    if remote:
        found += _judged(Group.REMOTE, REMOTE_CHECKS, remote)
    if site:
        found += _judged(Group.SITE, SITE_CHECKS, site)
    return found


def _judged(group: Group, checks: tuple[Check[F], ...], facts: F) -> Iterator[Finding]:
    for check in checks:
        if not check.applies(facts):
            continue
        verdict = check.judge(facts)
        if verdict:
            yield Finding(group, check.code, verdict.level, verdict.words, verdict.advice)
        else:
            yield Finding(group, check.code, Level.GOOD, check.good(facts))


def schedule_note(idle_days: int) -> str:
    """Why the host's schedule stops, or has stopped, for want of commits, and what to click; empty while it runs."""
    if idle_days < _SCHEDULE_WARNING:
        return ""
    idle = f"останньому коміту {NOUNS['день'].counted(idle_days)}"
    enable = "Actions → site → Enable workflow"
    if idle_days < SCHEDULE_ENDS:
        return (
            f"{idle}: після {SCHEDULE_ENDS} днів без комітів GitHub вимикає запуски за розкладом, і заплановане не вийде саме."
            f" Новий коміт відсуне цей день; потім: {enable}"
        )
    return (
        f"{idle}: GitHub уже міг вимкнути запуски за розкладом, тоді заплановане саме не виходить. Увімкніть: {enable}"
    )


def _fault(words: str, advice: str = "") -> Verdict:
    return Verdict(Level.FAULT, words, advice)


def _note(words: str, advice: str = "") -> Verdict:
    return Verdict(Level.NOTE, words, advice)


def _listed(names: tuple[str, ...]) -> str:
    more = f" і ще {len(names) - _SHOWN}" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


# --- the computer ---------------------------------------------------------------------------------------------------


def _python(facts: MachineFacts) -> Verdict | None:
    if facts.python >= OLDEST_PYTHON:
        return None
    return _fault(
        f"Python {_dotted(facts.python)} застарий, потрібен {_dotted(OLDEST_PYTHON)} або новіший",
        "встановіть новий Python (https://www.python.org/), видаліть теку .venv і повторіть",
    )


def _libraries(facts: MachineFacts) -> Verdict | None:
    if not facts.other_libraries:
        return None
    return _fault(
        f"бібліотеки не тих версій, що закріплено: {_listed(facts.other_libraries)}",
        "видаліть теку .venv: наступна команда зробить її знову",
    )


def _git(facts: MachineFacts) -> Verdict | None:
    if not facts.git:
        return _fault("немає програми git", "встановіть її: https://git-scm.com/")
    if facts.git[:2] < OLDEST_GIT:
        return _fault(
            f"git {_dotted(facts.git)} застарий, потрібен {_dotted(OLDEST_GIT)} або новіший",
            "оновіть його: https://git-scm.com/",
        )
    return None


def _time_zone(facts: MachineFacts) -> Verdict | None:
    if facts.kyiv_hours == (2, 3):
        return None
    return _fault(
        "дані часових поясів хибні: дати публікацій зсунулися б",
        "оновіть їх (Debian: apt install --reinstall tzdata) або видаліть теку .venv і повторіть",
    )


def _space(facts: MachineFacts) -> Verdict | None:
    free = _megabytes(facts.free_bytes)
    if facts.free_bytes < LEAST_SPACE:
        return _fault(
            f"на диску лише {free}: побудова може обірватися", "звільніть місце або приберіть кеш: make clean ALL=1"
        )
    if facts.free_bytes < LITTLE_SPACE:
        return _note(f"на диску лишилося {free}", "звільніть місце")
    return None


def _rights(facts: MachineFacts) -> Verdict | None:
    if not facts.unwritable:
        return None
    return _fault(
        f"немає права писати до {_listed(facts.unwritable)}",
        "зробіть себе власником теки сховища: її створено від імені іншого користувача (часто sudo)",
    )


MACHINE_CHECKS: tuple[Check[MachineFacts], ...] = (
    Check("python", lambda facts: f"Python {_dotted(facts.python)}", _python),
    Check("libraries", lambda _: "бібліотеки тих версій, що закріплено", _libraries),
    Check("git", lambda facts: f"git {_dotted(facts.git)}", _git),
    Check("time-zone", lambda _: "час Києва відомий", _time_zone),
    Check("disk-space", lambda facts: f"на диску вільно {_megabytes(facts.free_bytes)}", _space),
    Check("rights", lambda _: "до тек сховища можна писати", _rights),
)

# --- the clone ------------------------------------------------------------------------------------------------------

_STOPS_OF_PLACE = (
    "unsafe-owner", "no-repository", "not-the-root", "unfinished", "no-commit", "no-branch", "on-pages", "pages-open", "git-failed",
)  # fmt: skip


def _place(facts: CloneFacts) -> Verdict | None:
    words = next((facts.stops[code] for code in _STOPS_OF_PLACE if code in facts.stops), "")
    return _fault(words) if words else None


def _uncommitted(facts: CloneFacts) -> Verdict | None:
    return _fault(facts.stops["uncommitted"]) if "uncommitted" in facts.stops else None


def _ignored(facts: CloneFacts) -> Verdict | None:
    if not facts.ignored:
        return None
    return _fault(
        f"git не бачить файлів змісту: {_listed(facts.ignored)}",
        "приберіть зайвий рядок із .gitignore або з .git/info/exclude, чи сам файл із теки content",
    )


def _identity(facts: CloneFacts) -> Verdict | None:
    if all(facts.identity):
        return None
    return _note(
        "git не знає, хто робить коміти: немає імені або пошти",
        'git config user.name "Ім’я Прізвище"; git config user.email "пошта@приклад" – їх видно в історії сховища',
    )


def _hooks(facts: CloneFacts) -> Verdict | None:
    if facts.hooks == "hooks":
        return None
    if facts.hooks:
        return _note(
            f"гачки git беруться з теки «{facts.hooks}»: перевірки перед комітом немає",
            "make hooks підкаже, які рядки додати туди",
        )
    if facts.own_hooks:
        return _note(
            f"перевірки перед комітом немає, бо є власні гачки: {_listed(facts.own_hooks)}", "make hooks підкаже"
        )
    return _note("перевірки перед комітом немає", "make hooks")


def _upstream(facts: CloneFacts) -> Verdict | None:
    if facts.upstream:
        return None
    return _note(
        "гілка не пов’язана з гілкою origin: git pull не знатиме, звідки брати",
        "make publish зробить її там, тоді make doctor",
    )


def _line_endings(facts: CloneFacts) -> Verdict | None:
    if facts.system == "nt" or facts.autocrlf.casefold() not in ("true", "1", "yes", "on"):
        return None
    return _note(
        "git міняє кінці рядків (core.autocrlf), хоча це не Windows: файли здаватимуться зміненими",
        "git config core.autocrlf false",
    )


def _file_names(facts: CloneFacts) -> Verdict | None:
    if facts.system == "nt" and facts.longpaths.casefold() != "true":
        return _note("git не бере довгих імен файлів", "git config core.longpaths true")
    if facts.system == "darwin" and facts.precompose.casefold() == "false":
        return _note("git плутає букви «й» та «ї» в іменах файлів", "git config core.precomposeunicode true")
    return None


def _leftovers(facts: CloneFacts) -> Verdict | None:
    if not facts.leftovers:
        return None
    return _note(
        f"лишилися тимчасові гілки перерваної публікації: {_listed(facts.leftovers)}", "приберуться самі: make doctor"
    )


def _locks(facts: CloneFacts) -> Verdict | None:
    if not facts.locks:
        return None
    return _fault(
        f"git колись перервали, лишилися файли: {_listed(facts.locks)}",
        "якщо жодна програма git зараз не працює, видаліть їх",
    )


def _open_tables(facts: CloneFacts) -> Verdict | None:
    if not facts.open_tables:
        return None
    return _note(
        f"таблиці відкрито в офісній програмі, незбережене не опублікується: {_listed(facts.open_tables)}",
        "збережіть і закрийте їх; якщо їх закрито, видаліть файли .~lock",
    )


CLONE_CHECKS: tuple[Check[CloneFacts], ...] = (
    Check("clone", lambda _: "сховище відкривається, гілка готова", _place),
    Check("identity", lambda facts: f"коміти підписує {facts.identity[0]} <{facts.identity[1]}>", _identity),
    Check("uncommitted", lambda _: "усе збережено в комітах", _uncommitted),
    Check("ignored-content", lambda _: "git бачить увесь зміст", _ignored),
    Check("hooks", lambda _: "перевірку перед комітом увімкнено", _hooks),
    Check("upstream", lambda facts: f"гілка йде за {facts.upstream}", _upstream, lambda facts: facts.has_origin),
    Check("line-endings", lambda _: "кінці рядків не змінюються", _line_endings),
    Check("file-names", lambda _: "імена файлів git бере, як є", _file_names),
    Check("leftovers", lambda _: "перерваних публікацій немає", _leftovers),
    Check("locks", lambda _: "git вільний", _locks),
    Check("open-tables", lambda _: "таблиць у роботі немає", _open_tables),
)

# --- the remote -----------------------------------------------------------------------------------------------------

_STOPS_OF_HISTORY = ("behind", "shallow-history", "foreign-pages", "online-newer")


def _origin(facts: RemoteFacts) -> Verdict | None:
    if "no-origin" in facts.stops:
        return _fault(facts.stops["no-origin"], "git remote add origin <адреса сховища>")
    return _fault(facts.stops["origin-unreachable"]) if "origin-unreachable" in facts.stops else None


def _push(facts: RemoteFacts) -> Verdict | None:
    if not facts.push_fault:
        return None
    return _fault(
        f"сховище origin не дає права надсилати:\n{facts.push_fault}",
        "попросіть того, хто веде сховище, додати вас, або увійдіть під своїм іменем: git push",
    )


def _history(facts: RemoteFacts) -> Verdict | None:
    words = next((facts.stops[code] for code in _STOPS_OF_HISTORY if code in facts.stops), "")
    return _fault(words) if words else None


def _published(facts: RemoteFacts) -> Verdict | None:
    return None if facts.is_published else _note("сайту ще не опубліковано", "make publish")


def _schedule(facts: RemoteFacts) -> Verdict | None:
    words = schedule_note(facts.idle_days or 0)
    return _note(words) if words else None


def _is_reached(facts: RemoteFacts) -> bool:
    return not facts.stops.keys() & {"no-origin", "origin-unreachable"}


REMOTE_CHECKS: tuple[Check[RemoteFacts], ...] = (
    Check("origin", lambda _: "сховище origin відповідає", _origin),
    Check("push", lambda _: "надсилати дозволено", _push, _is_reached),
    Check("history", lambda _: "ваша гілка має все, що є у сховищі й на сайті", _history, _is_reached),
    Check("published", lambda _: "гілка сайту є", _published, lambda facts: _is_reached(facts) and "foreign-pages" not in facts.stops),
    Check("schedule", lambda facts: f"розклад діє, останньому коміту {NOUNS['день'].counted(facts.idle_days or 0)}", _schedule,
          lambda facts: facts.idle_days is not None),
)  # fmt: skip

# --- the site -------------------------------------------------------------------------------------------------------


def _settings(facts: SiteFacts) -> Verdict | None:
    return _fault(facts.settings_fault) if facts.settings_fault else None


def _address(facts: SiteFacts) -> Verdict | None:
    if facts.address:
        return None
    return _note(
        "справжньої адреси сайту не вказано: стоїть зразок",
        "впишіть її до publishconf.py (DOMAIN або address) і збережіть комітом",
    )


def _location(facts: SiteFacts) -> Verdict | None:
    return _fault("\n".join(facts.stops.values())) if facts.stops else None


def _store(facts: SiteFacts) -> Verdict | None:
    return _fault(facts.store_fault) if facts.store_fault else None


def _size(facts: SiteFacts) -> Verdict | None:
    size = facts.published_bytes or 0
    if size * 100 <= LARGEST_SITE * _NEAR_PER_CENT:
        return None
    return _note(
        f"опублікований сайт займає {_megabytes(size)} з {_megabytes(LARGEST_SITE)}, які дає хостинг",
        "винесіть світлини до сховища світлин (docs/maintainers.md) або приберіть великі файли",
    )


def _answer(facts: SiteFacts) -> Verdict | None:
    return _note(facts.answer_fault) if facts.answer_fault else None


def _clock(facts: SiteFacts) -> Verdict | None:
    skew = round(facts.skew or 0)
    if abs(skew) <= MOST_SKEW:
        return None
    where = "поспішає" if skew > 0 else "відстає"
    return _fault(
        f"годинник цього комп’ютера {where} на {abs(skew) // 60} хв: заплановане вийшло б не вчасно",
        "увімкніть у налаштуваннях системи час із мережі",
    )


def _reviews(facts: SiteFacts) -> Verdict | None:
    if not facts.reviews:
        return None
    return _note(f"настав день переглянути: {_listed(facts.reviews)}", REVIEW_ADVICE)


SITE_CHECKS: tuple[Check[SiteFacts], ...] = (
    Check("settings", lambda _: "налаштування читаються", _settings),
    Check("address", lambda facts: f"адреса сайту {facts.address}/", _address, lambda facts: not facts.settings_fault),
    Check("domain", lambda _: "адреса й домен такі самі, як на сайті", _location, lambda facts: not facts.settings_fault),
    Check("store", lambda _: "сховище світлин налаштовано", _store, lambda facts: facts.has_store),
    Check("host-limit", lambda facts: f"опублікований сайт займає {_megabytes(facts.published_bytes or 0)}", _size,
          lambda facts: facts.published_bytes is not None),
    Check("online", lambda _: "сайт показує останню публікацію", _answer, lambda facts: facts.is_asked),
    Check("clock", lambda _: "годинник іде правильно", _clock, lambda facts: facts.skew is not None),
    Check("reviews", lambda _: "сторінок, які час переглянути, немає", _reviews, lambda facts: facts.reviews is not None),
)  # fmt: skip

CODES = (
    *(check.code for check in MACHINE_CHECKS),
    *(check.code for check in CLONE_CHECKS),
    *(check.code for check in REMOTE_CHECKS),
    *(check.code for check in SITE_CHECKS),
)


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _megabytes(size: int) -> str:
    return f"{grouped(size // 1_000_000)} МБ"
