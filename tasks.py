"""Every command of the site, and the entry that makes its own environment.

`python3 tasks.py X` needs only the standard library of Python 3.11+: it makes `.venv` from the locked requirements
when it is missing or stale and runs itself there, where Invoke takes over. `make X` and `.venv/bin/invoke X` do the
same.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import hashlib
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "hromada-stamp.txt"
LEVELS = ("runtime", "dev", "bench")  # each holds the one before
COMMANDS = {  # name: level, what it does
    "html": ("runtime", "перевірити зміст і побудувати сайт у output/"),
    "serve": ("runtime", "побудувати, показати на http://localhost:8000 і перебудовувати після змін"),
    "check": ("runtime", "усі зауваження до змісту; нічого не будує: ALL=1"),
    "fix": (
        "runtime",
        "виправити те, що має одну правильну форму, і показати зміни: FILE=… DRY_RUN=1; STAGED=1 – світлини майбутнього коміту",
    ),
    "figures": ("runtime", "показники за період: PERIOD=2021-H2"),
    "new": ("runtime", 'створити новину, повідомлення, подію, сторінку: KIND=news TITLE="…" або запитає сама'),
    "new-report": ("runtime", "почати текст звіту: PERIOD=2022-H1"),
    "approve": ("runtime", 'затвердити звіт: PERIOD=2021-H2 BY="посада, ім’я" ON=2022-01-15 NUMBER=…'),
    "amend": ("runtime", 'затвердити звіт знову, з приміткою: те саме і NOTE="уточнення: …"'),
    "import-social": ("runtime", "перенести вивантаження соцмережі в журнал: FILE=… [ACCOUNT=…] [DRY_RUN=1]"),
    "import-site": ("runtime", "перенести колишній сайт (WordPress, RSS, Atom, Pelican): FILE=… DRY_RUN=1"),
    "hooks": ("runtime", "перевіряти зміст перед кожним комітом"),
    "publish": ("runtime", "перевірити, побудувати й опублікувати сайт"),
    "demo": ("runtime", "зразковий архів зі звітом у demo/output"),
    "test": ("dev", "усі перевірки коду й тести"),
    "lint": ("dev", "перевірки коду без тестів"),
    "bench": ("bench", 'вимірювання швидкості поряд із Pelican і Hugo: SIZES="631 5000" ROUNDS=3 FULL=1'),
    "update-golden": ("dev", "переписати еталонний сайт тестів і схему заголовка"),
    "lock": ("dev", "оновити закріплені версії бібліотек"),
}
SETTINGS = (
    "CONTENT", "OUTPUT", "CACHE", "TODAY", "FORMAT", "PERIOD", "BY", "ON", "NUMBER", "REASON", "NOTE", "KIND", "TITLE", "UNIT", "FILE",
    "ACCOUNT", "DRY_RUN", "STAGED", "ALL", "SCALE", "PORT", "JOBS", "SITEURL", "DOMAIN", "ARGS", "SIZES", "ROUNDS", "FULL",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Run one command in the project's own environment; the exit status is the command's."""
    _speak_utf8()
    if not arguments or arguments[0] in ("-h", "--help", "-l", "--list", "help"):
        print(_help())
        return 0
    name, *settings = arguments
    for setting in settings:  # as make takes them: CONTENT=… TODAY=…
        key, equals, value = setting.partition("=")
        if not equals or key not in SETTINGS:
            known = ", ".join(SETTINGS)
            print(
                f"Незрозуміло: «{setting}». Налаштування пишуть так: TODAY=2022-01-15. Є такі: {known}.",
                file=sys.stderr,
            )
            return 1
        os.environ[key] = value
    if name not in COMMANDS:
        print(f"Немає команди «{name}».\n\n{_help()}", file=sys.stderr)
        return 1
    try:
        python = ensure_environment(COMMANDS[name][0])
    except SetupFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Перервано; наступний виклик почне підготовку знову.", file=sys.stderr)
        return 1
    if _is_inside():
        _settle()
        return _perform(name)
    return _follow([python, "-X", "utf8", str(ROOT / "tasks.py"), name])


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
    lines = [f"  {name:<14} {words}" for name, (_, words) in COMMANDS.items()]
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
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    for name in ("CONTENT", "OUTPUT", "CACHE"):
        if kept.get(name):
            kept[name] = os.path.abspath(os.path.expanduser(kept[name]))
    file = os.path.expanduser(kept.get("FILE", ""))
    if os.access(file, os.F_OK):  # else it starts at the content or at the project; a name may be too long to ask Path
        kept["FILE"] = os.path.abspath(file)
    # Compiled modules are kept beside our own cache: compiling Pelican anew costs 0.4 s a call (measured).
    bytecode = {"PYTHONPYCACHEPREFIX": str(ROOT / ".cache" / "pycache")}
    return kept | bytecode | {"PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8:replace"}


# --- the environment ----------------------------------------------------------------------------------------------


class SetupFailed(Exception):
    """The environment can't be made; the message is Ukrainian and says what to do."""


def _base_python() -> str:
    """The Python that an environment is made with, also when the stale one's own asks for it."""
    return str(getattr(sys, "_base_executable", sys.executable) or sys.executable)


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_text(level: str) -> str:
    """What an environment is made of: its level, a digest of Python and place, a digest of the locks.

    Neither the kernel nor Python's patch release counts: an update of them must not need a network.
    """
    python = f"{sys.implementation.name} {sys.version_info[:2]} {sys.platform} {platform.machine()}"
    place = hashlib.sha256(f"{python} {ROOT}".encode())
    locks = hashlib.sha256()
    for name in ("bootstrap", *LEVELS[: LEVELS.index(level) + 1]):
        locks.update((ROOT / "requirements" / f"{name}.txt").read_bytes())
    return f"{level} {place.hexdigest()} {locks.hexdigest()}"


def read_stamp() -> list[str]:
    """The words of the present environment's stamp; none when it is absent or was not finished."""
    try:
        return STAMP.read_text("utf-8").split()
    except (OSError, ValueError):
        return []


def is_ready(level: str) -> bool:
    """Whether `.venv` is whole and holds at least this level."""
    stamp = " ".join(read_stamp())
    return venv_python().exists() and stamp in {stamp_text(one) for one in LEVELS[LEVELS.index(level) :]}


def ensure_environment(level: str) -> Path:
    """The environment's Python; made or renewed first when needed. An interrupted making starts over."""
    if sys.version_info < (3, 11):  # noqa: UP036  # the caller's Python is not ours to choose
        raise SetupFailed(f"Потрібен Python 3.11 або новіший, а це {platform.python_version()}.")
    if is_ready(level):
        return venv_python()
    try:
        with _alone():
            if not is_ready(level):  # else another call has made it meanwhile
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
    # Scripts in .venv/bin hold the path: in a moved or copied clone they would start the other one's Python.
    elsewhere = len(old) == 3 and old[1] != stamp_text(level).split()[1]
    STAMP.unlink(missing_ok=True)
    bootstrap, wanted = (ROOT / "requirements" / f"{name}.txt" for name in ("bootstrap", level))
    if elsewhere or not _works([venv_python(), "-m", "uv", "--version"]):
        _run(
            [_base_python(), "-m", "venv", "--clear", VENV],
            "не вдалося створити .venv; у Debian: apt install python3-venv",
        )
        pip: list[str | Path] = [venv_python(), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        _run([*pip, "--require-hashes", "-r", bootstrap], "не вдалося завантажити uv; перевірте мережу")
    sync: list[str | Path] = [venv_python(), "-m", "uv", "--quiet", "pip", "sync", "--python", venv_python()]
    _run([*sync, "--require-hashes", bootstrap, wanted], "не вдалося встановити бібліотеки; перевірте мережу")
    STAMP.write_text(stamp_text(level), "utf-8")
    print(f"Середовище готове за {time.monotonic() - start:.0f} с.", file=sys.stderr, flush=True)


def _works(command: list[str | Path]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, env=_environment(), check=False).returncode == 0
    except OSError:
        return False


def _run(command: list[str | Path], failure: str) -> None:
    """One step of the set-up; its own words are shown only when it fails."""
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", errors="replace", env=_environment(), check=False
    )
    if done.returncode:
        raise SetupFailed(f"{done.stdout}{done.stderr}\nСередовище не готове: {failure}.")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One set-up at a time in one clone; the lock goes with its process, however it ends."""
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
    sys.path[:0] = [str(ROOT / "plugins"), str(ROOT)]
    gc.disable()  # looking for garbage in what a command holds to its end takes a quarter of its time (measured)
    from hromada.shell import commands
    from hromada.shell.call import Call, CallRefused

    try:
        call = Call.from_environment(ROOT, os.environ)
    except CallRefused as refused:
        print(refused, file=sys.stderr)
        return 2
    from hromada.domain.settings import SettingsRefused
    from hromada.shell.disk_errors import Hindered

    try:
        done: int = getattr(commands, name.replace("-", "_"))(call)
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
    except Hindered as hindered:
        print(hindered, file=sys.stderr)
        return 1
    except OSError as error:
        return _name_the_file(error) or _apologise(call.cache)
    except Exception:
        return _apologise(call.cache)
    return done


def _name_the_file(error: OSError) -> int:
    """What the disk does not let us do is no fault of the program; 0 for every other error."""
    from hromada.shell.disk_errors import is_of_the_disk, why

    if not (error.filename and is_of_the_disk(error)):
        return 0
    print(f"{error.filename}: {why(error)}. Перевірте права та диск.", file=sys.stderr)
    return 1


def _apologise(cache: Path) -> int:
    """A fault of ours: the editor reads one line, the maintainer finds the traceback in a file."""
    import traceback

    log = cache / "traceback.txt"
    told = traceback.format_exc()
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(told, "utf-8")
    except OSError:  # a full disk, a foreign folder
        print(f"Внутрішня помилка програми. Передайте розробникам ці рядки:\n{told}", file=sys.stderr)
        return 1
    print(f"Внутрішня помилка програми. Передайте розробникам файл {log}", file=sys.stderr)
    return 1


def _tool(*arguments: str) -> int:
    paths = os.pathsep.join([str(ROOT / "plugins"), str(ROOT)])
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=_environment() | {"PYTHONPATH": paths}, check=False
    ).returncode


LINTERS = (
    ("-m", "ruff", "check", "."),
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "mypy"),
    # import-linter has no module to run, only this script.
    ("-c", "from importlinter.cli import lint_imports_command as lint; lint()"),
)


def _lint() -> int:
    """Every linter runs, even when an earlier one finds something."""
    return int(sum(_tool(*linter) for linter in LINTERS) > 0)


def _test() -> int:
    linted = _lint()
    tested = _tool("-m", "pytest", *os.environ.get("ARGS", "").split())
    return int(bool(linted or tested))


def _lock() -> int:
    """Resolve the requirements anew; neither a registry's host nor a path is written down."""
    done = 0
    below = {"dev": "runtime", "bench": "dev"}  # a level holds the very versions of the one before
    for name in ("bootstrap", *LEVELS):
        constraint = ["-c", f"requirements/{below[name]}.txt"] if name in below else []
        done |= _tool(
            "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version", "3.11",
            "--no-emit-index-url", "--no-header", "--no-annotate", "--upgrade", *constraint,
            f"requirements/{name}.in", "-o", f"requirements/{name}.txt",
        )  # fmt: skip
    return done


_OWN = {"test": _test, "lint": _lint, "lock": _lock}

if __name__ == "__main__":  # Invoke is left to `invoke X`: importing it takes 80 ms
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
            status = _perform(name)
            if status:
                raise Exit(code=status)

        run.__doc__ = words
        return task(run, name=name)

    namespace = Collection(*(_make_task(name, words) for name, (_, words) in COMMANDS.items()))
