"""What the site's address answers about its version: the published one, an older one, or why it shows none; advice for each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import urlsplit

from msgspec import Struct

from hromada.domain.lazy_regex import lazy_compile

VERSION_NAME = "version.json"
_VERSION = lazy_compile("[0-9a-f]{64}")


class Fault(StrEnum):
    """Why no answer came, as the client could tell."""

    NO_NAME = "no-name"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    EXPIRED = "certificate-expired"
    OTHER_NAME = "certificate-other-name"
    UNTRUSTED = "certificate-untrusted"
    TLS = "tls"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    INSECURE_REDIRECT = "insecure-redirect"
    CUT = "cut"


class SiteAnswer(Struct, frozen=True):
    """One answer to the question for version.json: its status and first bytes, or the fault; the address where it ended."""

    status: int = 0
    body: bytes = b""
    final: str = ""
    fault: Fault | None = None
    date: str = ""  # of the answer's header


class State(StrEnum):
    """What an answer means."""

    SHOWN = "shown"
    OTHER_VERSION = "other-version"
    NO_VERSION = "no-version"
    NOT_FOUND = "not-found"
    FORBIDDEN = "forbidden"
    TOO_MANY_REQUESTS = "too-many-requests"
    SERVER_ERROR = "server-error"
    OTHER_STATUS = "other-status"
    FAULT = "fault"


class Diagnosis(Struct, frozen=True):
    """The state that an answer shows, and the version of the site, where one is shown."""

    state: State
    version: str = ""
    status: int = 0
    fault: Fault | None = None
    elsewhere: str = ""  # the host that answered, if the address led to another one


def diagnose(answer: SiteAnswer, address: str, wanted: str) -> Diagnosis:
    """What the answer says of the site that should show the version `wanted`."""
    ended, asked = (urlsplit(url).hostname or "" for url in (answer.final, address))
    elsewhere = ended if ended and _without_www(ended) != _without_www(asked) else ""
    if answer.fault:
        return Diagnosis(State.FAULT, fault=answer.fault, elsewhere=elsewhere)
    if answer.status == 200:
        version = version_in(answer.body)
        state = State.SHOWN if version == wanted else State.OTHER_VERSION if version else State.NO_VERSION
        return Diagnosis(state, version, answer.status, elsewhere=elsewhere)
    return Diagnosis(_state_of(answer.status), status=answer.status, elsewhere=elsewhere)


def _state_of(status: int) -> State:
    if status in (404, 410):
        return State.NOT_FOUND
    if status in (401, 403):
        return State.FORBIDDEN
    if status == 429:
        return State.TOO_MANY_REQUESTS
    return State.SERVER_ERROR if status >= 500 else State.OTHER_STATUS


def version_in(body: bytes) -> str:
    """The version in the bytes of a version.json; empty if they are something else."""
    try:
        version = json.loads(body)["version"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
    return version if isinstance(version, str) and _VERSION.fullmatch(version) else ""


def _without_www(host: str) -> str:
    return host.removeprefix("www.")


_PAGES_OFF = (
    "Якщо сайт показує GitHub: Settings → Pages, Source «Deploy from a branch», гілка gh-pages, тека / (root). На іншому сервері"
    " перевірте, чи він показує саме теку сайту й чи правильний шлях в адресі."
)
_CERTIFICATE = "Сертифікат видає та поновлює той, хто тримає сервер; у GitHub: Settings → Pages → Enforce HTTPS."
_FAULTS: Mapping[Fault, tuple[str, str]] = {
    Fault.NO_NAME: (
        "імені {host} немає в DNS",
        "Перевірте, чи його записано без помилки й чи сплачено домен; у реєстратора домену додайте запис CNAME або A на сервер сайту."
        " Новий запис видно за кілька годин.",
    ),
    Fault.REFUSED: (
        "сервер {host} не приймає з’єднань",
        "Він вимкнений, або ім’я вказує не на той сервер: перевірте запис DNS і спитайте того, хто тримає сервер.",
    ),
    Fault.UNREACHABLE: ("до {host} немає шляху в мережі", "Перевірте, чи є інтернет, потім запис DNS."),
    Fault.TIMEOUT: (
        "{host} не відповідає вчасно",
        "Спробуйте пізніше: немає зв’язку або світла там, де стоїть сервер. Якщо так довго, спитайте того, хто його тримає.",
    ),
    Fault.EXPIRED: ("сертифікат {host} прострочено (або неправильний годинник цього комп’ютера)", _CERTIFICATE),
    Fault.OTHER_NAME: (
        "сертифікат видано не на {host}",
        f"Сервер іще не знає цього домену, або DNS веде не на той сервер. {_CERTIFICATE}",
    ),
    Fault.UNTRUSTED: ("сертифікату {host} не довіряють браузери", _CERTIFICATE),
    Fault.TLS: ("безпечного з’єднання з {host} не вийшло", _CERTIFICATE),
    Fault.TOO_MANY_REDIRECTS: (
        "адреса пересилає по колу",
        "Приберіть зайві пересилання: часто їх додають і сервер, і служба перед ним (http ↔ https, www ↔ без www).",
    ),
    Fault.INSECURE_REDIRECT: (
        "адреса з https пересилає на незахищену http",
        "Приберіть це пересилання в налаштуваннях сервера.",
    ),
    Fault.CUT: ("відповідь {host} обірвалася", "Спробуйте ще раз; якщо так щоразу, спитайте того, хто тримає сервер."),
}
_STATES: Mapping[State, tuple[str, str]] = {
    State.OTHER_VERSION: (
        "сайт показує іншу публікацію",
        "Сервер оновлюється за кілька хвилин, кеш служби перед ним – до десяти: make online LIMIT=600. Якщо й тоді так, подивіться, чи"
        " не спинилося оновлення (GitHub: Actions → pages build and deployment) і чи за цією адресою саме цей сайт.",
    ),
    State.NO_VERSION: (
        "за адресою стоїть щось інше: файлу version.json сайту там немає",
        f"Це інший сайт, сторінка-заглушка домену або сайт, побудований давно. {_PAGES_OFF}",
    ),
    State.NOT_FOUND: ("сервер відповідає «не знайдено» ({status})", _PAGES_OFF),
    State.FORBIDDEN: (
        "сервер не пускає ({status})",
        "Читачів не питають пароля: зніміть захист сайту. У GitHub сайт приватного сховища може бути закритий; на власному сервері"
        " перевірте права на теку.",
    ),
    State.TOO_MANY_REQUESTS: (
        "сервер просить питати рідше ({status})",
        "Зачекайте кілька хвилин і повторіть: make online",
    ),
    State.SERVER_ERROR: (
        "на сервері помилка ({status})",
        "Зачекайте кілька хвилин; якщо так довго, спитайте того, хто тримає сервер, або подивіться сторінку стану служби.",
    ),
    State.OTHER_STATUS: ("сервер відповів {status} замість файлу", _PAGES_OFF),
}


def diagnosis_in_words(diagnosis: Diagnosis, address: str) -> str:
    """What is seen at the address, in Ukrainian, as a part of a sentence."""
    words = _FAULTS[diagnosis.fault][0] if diagnosis.fault else _STATES[diagnosis.state][0]
    host = diagnosis.elsewhere or urlsplit(address).hostname or address
    words = words.format(host=host, status=diagnosis.status)
    return f"{words}; адреса веде на {diagnosis.elsewhere}" if diagnosis.elsewhere else words


def advice_of(diagnosis: Diagnosis) -> str:
    """What to do about it, in Ukrainian."""
    return _FAULTS[diagnosis.fault][1] if diagnosis.fault else _STATES[diagnosis.state][1]
