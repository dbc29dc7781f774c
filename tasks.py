"""Every command of the site, and the entry that makes its own environment.

`python3 tasks.py X` needs only the standard library of Python 3.11+: it makes `.venv` from the locked requirements
when it is missing or stale and runs itself there, where Invoke takes over. `make X` and `.venv/bin/invoke X` do the
same.
"""

from __future__ import annotations

import ast
import contextlib
import errno
import gc
import hashlib
import os
import platform
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from hromada.console.options import Options

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "hromada-stamp.txt"
LEVELS = ("runtime", "store", "dev", "bench")  # each includes the one before
SEEDS = ("pip", "setuptools")  # what venv brings along is as old as Python: uv installs, and they go
_BUCKET = "s3://"
GIVEN = "HROMADA_GIVEN"  # the names of the variables on make's own command line
_OF_MAKE = (GIVEN, "MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "MAKELEVEL")  # a make that a command starts has its own


_NO_GIT = (
    "Немає git: писати й переглядати можна, опублікувати – ні. Завантажте його з https://git-scm.com/downloads, "
    "встановіть, нічого не змінюючи в запитаннях, і запустіть це ще раз."
)


class Command(NamedTuple):
    """A command's environment level, help text, settings and formats; help, README and settings' checks use this table."""

    level: str
    words: str
    settings: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("text", "json")  # what FORMAT may be, where it is taken


_CONTENT = ("CONTENT", "OUTPUT", "TODAY", "CACHE", "JOBS")
_ADDRESS = ("SITEURL", "DOMAIN")
_APPROVAL = (*_CONTENT, *_ADDRESS, "PERIOD", "BY", "ON", "NUMBER", "UNCONFIRMED")
COMMANDS = {
    "html": Command("runtime", "перевірити зміст і побудувати сайт у output/", _CONTENT),
    "clean": Command("runtime", "видалити побудований сайт; кеш лишається, без нього: ALL=1", (*_CONTENT, "ALL")),
    "serve": Command(
        "runtime", "побудувати, показати на http://127.0.0.1:8000 і перебудовувати після змін", (*_CONTENT, "PORT")
    ),
    "check": Command(
        "runtime", "усі зауваження до змісту; нічого не будує: ALL=1", (*_CONTENT, "FORMAT", "ALL"),
        formats=("text", "json", "github"),
    ),
    "links": Command(
        "runtime", "чи відкриваються посилання на інші сайти; по одному запиту до сайту за раз: ALL=1 MINUTES=20 STRICT=1",
        (*_CONTENT, "FORMAT", "ALL", "MINUTES", "STRICT"),
    ),
    "fix": Command(
        "runtime",
        "виправити те, що має одну правильну форму, і показати зміни: FILE=… DRY_RUN=1; STAGED=1 – світлини майбутнього коміту",
        (*_CONTENT, "FILE", "DRY_RUN", "STAGED"),
    ),
    "figures": Command("runtime", "показники за період: PERIOD=2021-H2", (*_CONTENT, "PERIOD", "FORMAT")),
    "new": Command(
        "runtime", 'створити новину, повідомлення, подію, сторінку, послугу: KIND=news TITLE="…" або запитає сама',
        (*_CONTENT, "KIND", "TITLE", "UNIT", "PERIOD"),
    ),
    "new-report": Command("runtime", "почати текст звіту: PERIOD=2022-H1", (*_CONTENT, "PERIOD")),
    "approve": Command(
        "runtime", 'затвердити звіт: PERIOD=2021-H2 BY="посада, ім’я" ON=2022-01-15 NUMBER=… [UNCONFIRMED=1]', _APPROVAL
    ),
    "amend": Command(
        "runtime", 'затвердити звіт знову, з приміткою: те саме і NOTE="уточнення: …"', (*_APPROVAL, "NOTE", "REASON")
    ),
    "import-social": Command(
        "runtime", "перенести вивантаження соцмережі в журнал: FILE=… [ACCOUNT=…] [ZONE=…] [DRY_RUN=1]",
        (*_CONTENT, "FILE", "ACCOUNT", "ZONE", "DRY_RUN"),
    ),
    "import-site": Command(
        "runtime", "перенести колишній сайт (WordPress, RSS, Atom, Pelican): FILE=… [ZONE=…] DRY_RUN=1",
        (*_CONTENT, "FILE", "ZONE", "DRY_RUN"),
    ),
    "photos": Command(
        "runtime", "узяти світлини з картки до матеріалу: ITEM=… FROM=тека; розмити обличчя: BLUR='файл:x,y,ширина,висота'",
        (*_CONTENT, "ITEM", "FROM", "BLUR", "DRY_RUN"),
    ),
    "alert": Command(
        "runtime", 'написати оголошення й перевірити: TEXT="…" UNTIL=18:00 [FROM=…] [SEVERITY=попередження] [LINK=…]; одразу на сайт: PUBLISH=1',
        (*_CONTENT, "TEXT", "UNTIL", "FROM", "SEVERITY", "LINK", "PUBLISH"),
    ),
    "post": Command(
        "runtime", "текст матеріалу для Facebook, Instagram і Telegram: ITEM=…; записати розміщене до журналу: POSTED=https://…",
        (*_CONTENT, *_ADDRESS, "ITEM", "POSTED", "ACCOUNT", "FORMAT"),
    ),
    "hooks": Command("runtime", "перевіряти зміст перед кожним комітом, а світлини в комітах – перед надсиланням"),
    "check-commits": Command(
        "runtime", "чи нові коміти не кажуть, де знято світлини: BASE=origin/main TIP=HEAD; STAGED=1 – майбутній коміт",
        ("BASE", "TIP", "STAGED", "CACHE", "JOBS", "FORMAT"), formats=("text", "json", "github"),
    ),
    "publish": Command(
        "runtime", "перевірити, побудувати й опублікувати сайт; що зміниться, покаже DRY_RUN=1; на власний сервер: TO=тека",
        (*_ADDRESS, "CACHE", "JOBS", "DRY_RUN", "FORMAT", "FORCE", "AUTOMATIC", "RESUME", "TO"), formats=("text", "json", "github"),
    ),
    "preview": Command(
        "runtime", "перевірити зміст запиту й показати його за окремою адресою: REQUEST=гілка TO=сховище PREVIEWS=https://…; прибрати: DELETE=1",
        (*_CONTENT, *_ADDRESS, "REQUEST", "TIP", "TO", "PREVIEWS", "DELETE", "FORMAT"), formats=("text", "github"),
    ),
    "undo": Command("runtime", "скасувати свою останню зміну змісту; лише показати: DRY_RUN=1; повернути один файл: FILE=…", ("FILE", "DRY_RUN")),
    "history": Command("runtime", "що і коли опубліковано", ("FORMAT",)),
    "rollback": Command("runtime", "повернути на сайт ранішу публікацію: TO=<номер або версія>", ("TO", "FORCE")),
    "history-trim": Command(
        "runtime", "лишити в історії гілки сайту останні публікації: KEEP=50; без DELETE=1 спитає або лише покаже", ("KEEP", "DELETE")
    ),
    "online": Command(
        "runtime", "чи показує сайт останню публікацію, а якщо ні – чому; чекати довше: LIMIT=600",
        (*_ADDRESS, "LIMIT", "AUTOMATIC"),
    ),
    "doctor": Command(
        "runtime", "чого бракує цьому комп’ютеру, сховищу й налаштуванням, щоб публікувати; лише показати: DRY_RUN=1",
        (*_ADDRESS, "DRY_RUN"),
    ),
    "photos-gc": Command(
        "store", "світлини сховища, не потрібні останнім десяти публікаціям; прибрати їх: DELETE=1", ("DELETE",)
    ),
    "demo": Command("runtime", "зразковий архів зі звітом у demo/output", ("SCALE", "CACHE", "JOBS")),
    "test": Command("dev", "усі перевірки коду й тести", ("ARGS",)),
    "test-fast": Command("dev", "швидкі тести під час роботи, близько півхвилини: без браузера й побудов", ("ARGS",)),
    "soak": Command(
        "dev", "довгі випробування: перервані публікації, пошкоджений зміст, випадкові історії: MINUTES=60 SEED=1",
        ("MINUTES", "SEED"),
    ),
    "mutants": Command("dev", "чи помітять тести змінений підрахунок: мутації report/count і domain/period"),
    "lint": Command("dev", "перевірки коду без тестів"),
    "bench": Command(
        "bench", 'вимірювання швидкості поряд із Pelican і Hugo: SIZES="631 5000" ROUNDS=3 FULL=1',
        ("SIZES", "ROUNDS", "FULL", "SCALE"),
    ),
    "bench-photos": Command(
        "bench", "вимірювання швидкості й пам’яті для світлин поряд із libvips: SIZE=200 ROUNDS=3", ("SIZE", "ROUNDS")
    ),
    "bench-publish": Command(
        "bench", "вимірювання публікації поряд із Hugo й ghp-import: SIZE=15000 ROUNDS=1", ("SIZE", "ROUNDS")
    ),
    "bench-search": Command(
        "bench", 'вимірювання пошуку поряд із Pagefind і MiniSearch: SIZE=1000 SIZES="631 5000 15000"', ("SIZE", "SIZES")
    ),
    "accessibility": Command(
        "dev", "перевірити доступність сторінок зразка й записати результати для заяви: content/accessibility.toml",
    ),
    "update-golden": Command("dev", "переписати еталонний сайт тестів і схему заголовка"),
    "lock": Command("dev", "оновити закріплені версії бібліотек і їх перелік sbom.cdx.json"),
}  # fmt: skip
SETTINGS = tuple(dict.fromkeys(name for command in COMMANDS.values() for name in command.settings))


def main(arguments: list[str]) -> int:
    """Run one command in the project's own environment; the exit status is the command's."""
    _speak_utf8()
    if not arguments or arguments[0] in ("-h", "--help", "-l", "--list", "help"):
        print(_help())
        return 0
    if sys.version_info < (3, 11):  # noqa: UP036  # the caller's Python is not ours to choose
        print(
            f"Потрібен Python 3.11 або новіший, а це {platform.python_version()}. "
            "Завантажте новіший з https://www.python.org/downloads/ і встановіть.",
            file=sys.stderr,
        )
        return 1
    name, *settings = arguments
    if name not in COMMANDS:
        print(f"Немає команди «{name}».\n\n{_help()}", file=sys.stderr)
        return 1
    if faults := _accept(name, settings):
        print(*faults, sep="\n", file=sys.stderr)
        return 2
    try:
        python = ensure_environment(
            "store" if name in ("publish", "rollback") and needs_store() else COMMANDS[name].level
        )
    except SetupFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Перервано; наступний виклик почне підготовку знову.", file=sys.stderr)
        return 1
    if _is_inside():
        _settle()
        return _perform(name)
    if name == "serve" and shutil.which("git") is None:
        print(_NO_GIT, file=sys.stderr)
    return _follow([python, "-X", "utf8", str(ROOT / "tasks.py"), name])


def _accept(name: str, arguments: Sequence[str] = ()) -> list[str]:
    """Faults of a call's settings; if there are none, the environment is left with the command's own settings only."""
    unclear = [
        f"Незрозуміло: «{argument}». Налаштування пишуть так: DRY_RUN=1"
        for argument in arguments
        if "=" not in argument
    ]
    written = {key: value for key, equals, value in (argument.partition("=") for argument in arguments) if equals}
    names = [*os.environ.get(GIVEN, "").split(), *written]
    if str(ROOT / "plugins") not in sys.path:
        sys.path[:0] = [str(ROOT / "plugins"), str(ROOT)]
    from hromada.domain.command_settings import refused_settings

    settings_by_command = {command: entry.settings for command, entry in COMMANDS.items()}
    if faults := unclear + refused_settings(name, settings_by_command, names, os.environ | written):
        return faults
    os.environ.update(written)
    to = os.environ.get("TO", "").strip()
    if (
        name == "publish" and to and "://" not in to
    ):  # a folder starts where the caller is; of `rollback` it is a number
        os.environ["TO"] = os.path.abspath(os.path.expanduser(to))
    unused = {
        setting
        for setting in SETTINGS
        if setting not in settings_by_command[name] or not os.environ.get(setting, "").strip()
    }
    for setting in unused.union(_OF_MAKE):
        os.environ.pop(setting, None)
    return []


def _is_inside() -> bool:
    """Whether this is the environment's own Python, started without another project's settings."""
    foreign = any(os.environ.get(name) for name in ("PYTHONPATH", "PYTHONHOME"))
    return bool(sys.flags.utf8_mode) and not foreign and os.path.realpath(sys.prefix) == os.path.realpath(VENV)


def _settle() -> None:
    """Make this process and those it starts what `_environment` says."""
    environment = _environment()
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    os.environ.update(environment)
    sys.pycache_prefix = environment["PYTHONPYCACHEPREFIX"]
    os.chdir(ROOT)


def _follow(command: list[str | Path]) -> int:
    """Become the command; where a process can't (Windows), run it to its own end.

    `subprocess.run` would kill it a quarter of a second after Ctrl-C.
    """
    if os.name != "nt":
        environment = _environment()  # it makes the caller's relative folders absolute
        os.chdir(ROOT)
        os.execve(command[0], [str(word) for word in command], environment)
    child = subprocess.Popen(command, cwd=ROOT, env=_environment())
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())  # else the command would outlive this process
    while True:
        try:
            return max(child.wait(), 0) or int(child.returncode != 0)  # ended by a signal: 1
        except KeyboardInterrupt:  # the terminal has told the command too; a signal to this process alone has not
            with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
                child.wait(timeout=5)
            child.terminate()


def _help() -> str:
    lines = [f"  {name:<14} {command.words}" for name, command in COMMANDS.items()]
    return "Команди (make X або python3 tasks.py X):\n" + "\n".join(lines)


def _speak_utf8() -> None:
    """Ukrainian must not fail on a cp1251 or C console."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _environment() -> dict[str, str]:
    """The caller's environment without another project's Python, with UTF-8 everywhere.

    The caller's folder is kept: CONTENT, OUTPUT and CACHE start there.
    """
    dropped = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__", "PYTHONDONTWRITEBYTECODE")
    environment = {name: value for name, value in os.environ.items() if name not in dropped}
    for name in ("CONTENT", "OUTPUT", "CACHE"):
        if environment.get(name):
            environment[name] = os.path.abspath(os.path.expanduser(environment[name]))
    for name in ("FILE", "ITEM", "FROM"):
        file = os.path.expanduser(environment.get(name, ""))
        # Else it is relative to the content or the project. Not Path.exists, which raises for a long name.
        if os.access(file, os.F_OK):
            environment[name] = os.path.abspath(file)
    # Compiling Pelican again takes 0.4 s a call (measured). Bytecode is code, so it is kept in the environment, not in the
    # cache, which may come from another machine.
    bytecode = {"PYTHONPYCACHEPREFIX": str(VENV / "pycache")}
    return environment | bytecode | {"PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8:replace"}


# --- the environment ----------------------------------------------------------------------------------------------


class SetupFailed(Exception):
    """The environment can't be made; the message is Ukrainian and says what to do."""


def _base_python() -> str:
    """The base Python for an environment, also when called from the stale environment's own Python."""
    return str(getattr(sys, "_base_executable", sys.executable) or sys.executable)


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_text(level: str) -> str:
    """The stamp of an environment: its level, a digest of Python and the path, a digest of the lock files.

    Neither the kernel nor Python's patch release counts: an update of them must not need a network.
    """
    python = f"{sys.implementation.name} {sys.version_info[:2]} {sys.platform} {platform.machine()}"
    location = hashlib.sha256(f"{python} {ROOT}".encode())
    locks = hashlib.sha256(" ".join(SEEDS).encode())
    for name in ("bootstrap", *LEVELS[: LEVELS.index(level) + 1]):
        locks.update((ROOT / "requirements" / f"{name}.txt").read_bytes())
    return f"{level} {location.hexdigest()} {locks.hexdigest()}"


def read_stamp() -> list[str]:
    """The stamp of the present environment; empty if there is none, or it was not finished."""
    try:
        return STAMP.read_text("utf-8").split()
    except (OSError, ValueError):
        return []


def is_ready(level: str) -> bool:
    """Whether `.venv` is complete, no link, and has at least this level."""
    if any(_is_link(path) for path in (VENV, venv_python().parent, VENV / "lib", VENV / "pycache")):
        return False
    stamp = " ".join(read_stamp())
    return venv_python().exists() and stamp in {stamp_text(higher) for higher in LEVELS[LEVELS.index(level) :]}


def needs_store() -> bool:
    """Whether the call or publishconf.py names a bucket. The latter is not run: what it imports may need the environment."""
    if os.environ.get("TO", "").startswith(_BUCKET):
        return True
    try:
        tree = ast.parse((ROOT / "publishconf.py").read_text("utf-8"))
    except (OSError, SyntaxError, ValueError):
        return False
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return any(text == "picture_store" or text.startswith(_BUCKET) for text in texts)


def ensure_environment(level: str) -> Path:
    """The environment's Python; made or renewed first when needed. An interrupted making starts over."""
    if is_ready(level):
        return venv_python()
    try:
        with _alone():
            if not is_ready(level):  # else another call has made it meanwhile
                _remove_link()
                _make(level)
    except OSError as error:  # a full disk, a folder that may not be written to
        raise SetupFailed(f"Середовище не готове: {error}.") from error
    return venv_python()


def _make(level: str) -> None:
    start = time.monotonic()
    print("Готую середовище (лише першого разу або після оновлення бібліотек)…", file=sys.stderr, flush=True)
    old = read_stamp()
    if old and old[0] in LEVELS:  # what has the tests' libraries keeps them
        level = max(level, old[0], key=LEVELS.index)
    # Scripts in .venv/bin have the path: in a moved or copied clone they would start the other clone's Python.
    elsewhere = len(old) == 3 and old[1] != stamp_text(level).split()[1]
    STAMP.unlink(missing_ok=True)
    bootstrap, libraries = (ROOT / "requirements" / f"{name}.txt" for name in ("bootstrap", level))
    if elsewhere or _leads_elsewhere() or not _installs_here():
        _run(
            [_base_python(), "-m", "venv", "--clear", VENV],
            "не вдалося створити .venv; у Debian: apt install python3-venv",
        )
        pip: list[str | Path] = [venv_python(), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        _run([*pip, "--require-hashes", "-r", bootstrap], "не вдалося завантажити uv; перевірте мережу")
    sync: list[str | Path] = [venv_python(), "-m", "uv", "--quiet", "pip", "sync", "--python", venv_python()]
    _run([*sync, "--require-hashes", bootstrap, libraries], "не вдалося встановити бібліотеки; перевірте мережу")
    remove: list[str | Path] = [venv_python(), "-m", "uv", "--quiet", "pip", "uninstall", "--python", venv_python()]
    _run([*remove, *SEEDS], "не вдалося прибрати старі програми встановлення")
    STAMP.write_text(stamp_text(level), "utf-8")
    print(f"Середовище готове за {time.monotonic() - start:.0f} с.", file=sys.stderr, flush=True)


def _remove_link() -> None:
    """Remove a link at `.venv`, but not its target; a file there may be somebody's, so a person has to remove it."""
    if _is_link(VENV):
        print(f".venv був посиланням на «{os.path.realpath(VENV)}»: прибираю саме посилання, там нічого не змінюю.", file=sys.stderr)  # fmt: skip
        VENV.unlink()
    elif os.path.lexists(VENV) and not VENV.is_dir():
        raise SetupFailed(f"Середовище не готове: {VENV} – файл, а тут має бути тека. Приберіть його або перейменуйте.")


def _is_link(path: Path) -> bool:
    """A symbolic link or a junction of Windows."""
    try:
        state = path.lstat()
    except OSError:
        return False
    return stat.S_ISLNK(state.st_mode) or bool(getattr(state, "st_reparse_tag", 0) & 0x2000_0000)  # a name surrogate


def _leads_elsewhere() -> bool:
    """Whether a folder of the environment is a link to one outside, where libraries would be installed."""
    own = Path(os.path.realpath(VENV))
    return any(
        _is_link(path) and not Path(os.path.realpath(path)).is_relative_to(own)
        for parent, folders, _ in os.walk(VENV)
        for path in (Path(parent, folder) for folder in folders)
    )


def _installs_here() -> bool:
    """Whether the environment's Python has uv and is this environment's: without its settings it may be the system's."""
    code = "import sys, uv; print(sys.prefix)"
    try:
        done = subprocess.run([venv_python(), "-c", code], capture_output=True, env=_environment(), check=False)
    except OSError:
        return False
    return not done.returncode and os.path.realpath(os.fsdecode(done.stdout).strip()) == os.path.realpath(VENV)


def _run(command: list[str | Path], failure: str) -> None:
    """Run one step of the set-up; its output is shown only when it fails."""
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", errors="replace", env=_environment(), check=False
    )
    if done.returncode:
        raise SetupFailed(f"{done.stdout}{done.stderr}\nСередовище не готове: {failure}.")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One set-up at a time in one clone; the system releases the lock when its process ends."""
    with (ROOT / ".venv.lock").open("a+b") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        except ImportError:
            _lock_on_windows(file.fileno())
        yield


def _lock_on_windows(file: int) -> None:
    """`LK_LOCK` gives up after ten seconds; an installation may take longer."""
    import msvcrt

    while True:
        try:
            getattr(msvcrt, "locking")(file, getattr(msvcrt, "LK_LOCK"), 1)  # noqa: B009  # absent on POSIX
            return
        except OSError as error:
            if error.errno != errno.EDEADLK:
                raise


# --- the commands, once inside ------------------------------------------------------------------------------------


def _perform(name: str) -> int:
    """Run a command here; the exit status is its own."""
    return _OWN[name]() if name in _OWN else _content_command(name)


def _content_command(name: str) -> int:
    """A command of the site: its environment variables become a call."""
    gc.disable()  # looking for garbage in what a command holds to its end takes a quarter of its time (measured)
    from hromada.console.options import Options, OptionsError

    try:
        options = Options.from_environment(ROOT, os.environ, COMMANDS[name].formats)
    except OptionsError as refused:
        print(refused, file=sys.stderr)
        return 2
    from hromada.domain.settings import SettingsRefused
    from hromada.system.disk_errors import DiskError

    try:
        done = _performer(name)(options)
        sys.stdout.flush()
    except BrokenPipeError:  # `figures | head`: the reader has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("Перервано.", file=sys.stderr)
        return 1
    except SettingsRefused as refused:
        print(refused, file=sys.stderr)
        return 2
    except DiskError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        return _name_the_file(error) or _report_bug(options.cache)
    except Exception:
        return _report_bug(options.cache)
    return done


def _performer(name: str) -> Callable[[Options], int]:
    """The function of a command; what is for developers alone is no part of the package."""
    if name == "bench":
        from bench.run import main as measure

        return lambda options: measure(options.root)
    if name == "bench-photos":
        from bench.photos import main as measure_photos

        return lambda options: measure_photos(options.root)
    if name == "bench-publish":
        from bench.publishing import main as measure_publishing

        return lambda options: measure_publishing(options.root)
    if name == "bench-search":
        from bench.search import main as measure_search

        return lambda _: measure_search()
    if name == "update-golden":
        from tests.golden_site import update_golden

        return lambda options: update_golden(options.root)
    if name == "accessibility":
        from tests.browser.accessibility import write_results

        return write_results
    from hromada.commands import dispatch

    function: Callable[[Options], int] = getattr(dispatch, name.replace("-", "_"))
    return function


def _name_the_file(error: OSError) -> int:
    """What the disk does not let us do is no fault of the program; 0 for every other error."""
    from hromada.system.disk_errors import describe_error, is_disk_fault

    if not (error.filename and is_disk_fault(error)):
        return 0
    print(f"{error.filename}: {describe_error(error)}. Перевірте права та диск.", file=sys.stderr)
    return 1


def _report_bug(cache: Path) -> int:
    """Report a bug: one line for the editor, the traceback in a file for the maintainer."""
    import traceback

    from hromada.system.atomic_files import atomic_write

    log = cache / "traceback.txt"
    text = traceback.format_exc()
    try:
        atomic_write(log, text.encode("utf-8", "replace"))
    except OSError:  # a full disk, a foreign folder
        print(f"Внутрішня помилка програми. Передайте розробникам ці рядки:\n{text}", file=sys.stderr)
        return 1
    print(f"Внутрішня помилка програми. Передайте розробникам файл {log}", file=sys.stderr)
    return 1


def _tool(*arguments: str, program: Path | None = None) -> int:
    """Run a module of the environment's Python, or a program of the environment, on the project."""
    paths = os.pathsep.join([str(ROOT / "plugins"), str(ROOT)])
    return subprocess.run(
        [program or sys.executable, *arguments], cwd=ROOT, env=_environment() | {"PYTHONPATH": paths}, check=False
    ).returncode


_FORGEJO = (".forgejo/workflows/pull-request.yml", ".forgejo/workflows/site.yml")
LINTERS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
    ("zizmor", "--offline", "--quiet", "--no-progress", "--persona=pedantic", ".github", *_FORGEJO),
    ("check-jsonschema", "--builtin-schema=vendor.github-workflows", *_FORGEJO),
    ("check-jsonschema", "--builtin-schema=vendor.gitlab-ci", ".gitlab-ci.yml"),
)


def _lint() -> int:
    """Every linter runs, even when an earlier one finds something."""
    return int(sum(_tool(*arguments, program=venv_python().with_name(name)) for name, *arguments in LINTERS) > 0)


def _test() -> int:
    linted = _lint()
    tested = _tool("-m", "pytest", *os.environ.get("ARGS", "").split())
    return int(bool(linted or tested))


def _test_fast() -> int:
    fewer = "--hypothesis-profile=fast"  # examples of each property
    return _tool("-m", "pytest", "tests/unit", "-m", "not long", fewer, *os.environ.get("ARGS", "").split())


def _soak() -> int:
    return _tool("-m", "tests.soak", *(os.environ.get(name, "").strip() for name in ("MINUTES", "SEED")))


def _mutants() -> int:
    return _tool("-m", "tests.mutants")


def _lock() -> int:
    """Resolve the requirements anew and write what the tool is made of; neither a registry's host nor a path is written down."""
    done = 0
    below = {"store": "runtime", "dev": "store", "bench": "dev"}  # a level holds the very versions of the one before
    for name in ("bootstrap", *LEVELS):
        constraint = ["-c", f"requirements/{below[name]}.txt"] if name in below else []
        done |= _tool(
            "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version", "3.11",
            "--no-emit-index-url", "--no-header", "--no-annotate", "--upgrade", *constraint,
            f"requirements/{name}.in", "-o", f"requirements/{name}.txt",
        )  # fmt: skip
    if done:
        return done
    try:
        ensure_environment("dev")  # licences are read from the new versions
    except SetupFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    return _tool("-m", "tests.sbom")


_OWN = {
    "test": _test, "test-fast": _test_fast, "soak": _soak, "mutants": _mutants, "lint": _lint, "lock": _lock,
}  # fmt: skip

if __name__ == "__main__":  # Invoke is left to `invoke X`: importing it takes 80 ms
    sys.pycache_prefix = str(ROOT / ".cache" / "pycache")
    status = main(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)  # everything is on the disk; taking 15,000 items apart one by one takes 0.3 s (measured)

try:
    from invoke import Collection, Context, Exit, task
except ImportError:  # outside the environment only main() above is needed
    pass
else:

    def _make_task(name: str, words: str):  # type: ignore[no-untyped-def]  # Invoke's Task has no useful type
        def run(context: Context) -> None:
            _speak_utf8()
            if faults := _accept(name):
                print(*faults, sep="\n", file=sys.stderr)
                raise Exit(code=2)
            status = _perform(name)
            if status:
                raise Exit(code=status)

        run.__doc__ = words
        return task(run, name=name)

    namespace = Collection(*(_make_task(name, command.words) for name, command in COMMANDS.items()))
