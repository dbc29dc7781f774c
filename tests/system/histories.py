"""Random histories of a site: after every step what was built step by step equals a build from nothing, byte for byte.

Run by tests/system/test_histories.py in a process of its own, since a build forks and a test's process has threads:

    python -m tests.system.histories EXAMPLES STEPS [SEED]
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from PIL import Image

from hromada.build import pipeline
from hromada.build.content_steps import checked_snapshot, file_cache_of
from hromada.build.context import PreviewState
from hromada.build.manifest import BuildManifest
from hromada.commands import approve
from hromada.commands.approve import ApprovalRefused, Request
from hromada.console.messages import EXIT_OK
from hromada.console.options import Options
from hromada.pages.report_files import Documents
from hromada.system.scan import walk
from hromada.system.workers import WorkerFailed
from tests.conftest import ROOT, copy_golden
from tests.system.plain import tree

GOLDEN = ROOT / "tests/sites/golden"
DAYS = ["2021-06-30", "2021-07-01", "2021-09-09", "2021-12-31", "2022-01-01", "2022-02-01", "2022-02-02"]
NOWS = ["2021-12-31T23:59", "2022-01-15", "2022-01-31", "2022-02-01", "2022-02-02T12:00", "2022-07-31", "2022-08-01"]
UNITS = ["okruh", "partner", "zakryto"]
WORDS = ["Сесія ради", "Ремонт дороги", "Свято", "Їжа", "Оголошення", "Ґанок"]
PLACES = st.integers(0, 10_000)
steps = {"built": 0, "refused": 0}


class Histories(RuleBasedStateMachine):
    """A content folder, a theme and a settings file of its own, an output folder and a cache that are kept."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="історія-"))
        self.content, self.output = self.folder / "content", self.folder / "output"
        self.preview = self.folder / "preview"
        self.preview_state = None  # what `make serve` keeps in its process
        self.today = "2022-01-15"
        self.made = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        copy_golden(self.content)
        shutil.copytree(ROOT / "theme", self.folder / "theme")
        shutil.copy(GOLDEN / "conf.py", self.folder / "conf.py")
        (self.folder / "plugins").symlink_to(ROOT / "plugins")
        git(self.folder, "init", "-q")

    # --- what editors do --------------------------------------------------------------------------------------

    @rule(day=st.sampled_from(DAYS), title=st.sampled_from(WORDS), unit=st.sampled_from(["", *UNITS]), other=PLACES,
          status=st.sampled_from(["", "", "status: hidden\n", "status: draft\n"]))  # fmt: skip
    def create(self, day, title, unit, other, status):
        self.made += 1
        folder = f"units/{unit}" if unit else "news/2021"
        link = self.item(other)
        target = os.path.relpath(link, self.content / folder) if link else "https://e.example/"
        header = f"title: {title} {self.made}\ndate: {day}\ncategory: {title}\n{status}"
        self.write(f"{folder}/{day}-m{self.made}.md", f"{header}\nСлова {self.made}. [Ще]({target})\n")

    @rule(which=PLACES, words=st.sampled_from(WORDS))
    def edit_body(self, which, words):
        self.change(which, lambda text: f"{text}\n{words}.\n")

    @rule(which=PLACES, words=st.sampled_from(WORDS))
    def edit_the_beginning(self, which, words):
        self.change(which, lambda text: text.replace("\n\n", f"\n\n{words} змінено. ", 1))

    @rule(which=PLACES, key=st.sampled_from(["title", "date", "category", "tags", "status", "modified", "summary"]),
          words=st.sampled_from(WORDS), day=st.sampled_from(DAYS),
          status=st.sampled_from(["published", "hidden", "draft"]))  # fmt: skip
    def edit_the_header(self, which, key, words, day, status):
        value = {"date": day, "modified": day, "status": status}.get(key, words)

        def edited(text):
            lines = [line for line in text.split("\n") if not line.startswith(f"{key}:")]
            lines.insert(1 if lines[0] == "---" else 0, f"{key}: {value}")
            return "\n".join(lines)

        self.change(which, edited)

    @rule(which=PLACES, unit=st.sampled_from(["", *UNITS]))
    def move(self, which, unit):
        path = self.item(which)
        if path:
            target = self.content / (f"units/{unit}" if unit else "news/2022") / path.name
            target.parent.mkdir(exist_ok=True)
            if not target.exists():
                path.rename(target)

    @rule(which=PLACES)
    def rename(self, which):
        path = self.item(which)
        if path:
            self.made += 1
            path.rename(path.with_name(f"{path.stem.split('.')[0]}-{self.made}.md"))

    @rule(which=PLACES)
    def delete(self, which):
        path = self.item(which)
        if path:
            path.unlink()

    @rule(which=PLACES)
    def translate(self, which):
        path = self.item(which)
        if path and "." not in path.stem:
            path.with_suffix(".en.md").write_text("title: In English\ndate: 2021-07-05\n\nWords.\n")

    @rule(which=PLACES, colour=st.integers(0, 255), width=st.sampled_from([30, 700]), lead=st.booleans())
    def add_or_change_a_picture(self, which, colour, width, lead):
        Image.new("RGB", (width, 20), (colour, 0, 0)).save(self.content / "news/2021/kolir.png")
        line = "image: /news/2021/kolir.png\nimage-alt: Колір\n"
        if lead:
            self.change(which, lambda text: text if text.startswith(("---", "image")) else line + text)
        else:
            self.change(which, lambda text: f"{text}\n![Колір](/news/2021/kolir.png)\n")

    @rule()
    def delete_the_picture(self):
        (self.content / "news/2021/kolir.png").unlink(missing_ok=True)

    @rule(which=PLACES, words=st.sampled_from(WORDS))
    def attach_a_document(self, which, words):
        (self.content / "files").mkdir(exist_ok=True)
        (self.content / "files/plan.pdf").write_text(words)
        self.change(which, lambda text: f"{text}\n[План](/files/plan.pdf)\n")

    @rule(
        which=PLACES,
        name=st.sampled_from(["akt.pdf", "akt2.pdf"]),
        how=st.sampled_from(["link", "replace", "same", "move", "drop"]),
    )
    def change_a_document(self, which, name, how):
        path, other = self.content / "units/okruh" / name, self.content / "news/2021" / name
        if how == "link":
            self.write(f"units/okruh/{name}", f"акт {which}")
            self.change(which, lambda text: f"{text}\n[Акт](/units/okruh/{name})\n")
        elif path.exists() and how == "same":  # as long as before, and as old
            state = path.stat()
            path.write_bytes(bytes(reversed(path.read_bytes())))
            os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
        elif path.exists() and how == "replace":
            path.write_text(f"інший акт {which}")
        elif path.exists() and how == "move":
            path.rename(other)
        elif how == "drop":
            for one in (path, other):
                one.unlink(missing_ok=True)
            for item in self.content.rglob("*.md"):
                item.write_text(item.read_text("utf-8").replace(f"\n[Акт](/units/okruh/{name})\n", ""), "utf-8")

    @rule(unit=st.sampled_from(UNITS), key=st.sampled_from(["title", "closed", "phone"]), day=st.sampled_from(DAYS))
    def change_a_unit(self, unit, key, day):
        path = self.content / "units" / unit / "index.md"
        lines = [line for line in path.read_text("utf-8").split("\n") if not line.startswith(f"{key}:")]
        lines.insert(1 if lines[0] == "---" else 0, f"{key}: {day if key == 'closed' else f'Відділ {day}'}")
        path.write_text("\n".join(lines), "utf-8")

    @rule(day=st.sampled_from(DAYS), account=st.sampled_from(["rada", "okruh"]))
    def add_a_row(self, day, account):
        self.made += 1
        path = self.content / "registers/social/нові.csv"
        head = "" if path.exists() else "Дата;Сторінка;Мережа;Назва;Посилання\n"
        with path.open("a", encoding="utf-8") as file:
            file.write(
                f"{head}{day};{account};facebook;Допис {self.made};https://www.facebook.com/x/posts/{self.made}\n"
            )

    @rule(which=PLACES, name=st.sampled_from(["stara", "stara.html", "news/стара-2020-01-01", "2021/07"]))
    def redirect(self, which, name):
        path = self.item(which)
        if path:
            file = self.content / "redirects.csv"
            target = f"content/{path.relative_to(self.content).as_posix()}"
            rows = [] if not file.exists() else file.read_text("utf-8").splitlines()[1:]
            kept = [row for row in rows if not row.startswith(f"/{name};")]
            file.write_text("\n".join(["Звідки;Куди", *kept, f"/{name};{target}", ""]), "utf-8")

    @rule()
    def forget_the_old_addresses(self):
        (self.content / "redirects.csv").unlink(missing_ok=True)

    @rule()
    def drop_the_rows(self):
        (self.content / "registers/social/нові.csv").unlink(missing_ok=True)

    @rule(point=st.sampled_from(["acts", "request-reports", "reports"]), which=PLACES, words=st.sampled_from(WORDS),
          where=st.sampled_from(["item", "/news/", "/units/okruh/", "/reports/", "pages/pro-nas.md", "pages/nema.md", ""]))  # fmt: skip
    def change_who_covers_the_law(self, point, which, words, where):
        path = self.item(which)
        if where == "item" and path:
            where = path.relative_to(self.content).as_posix()
        self.write("law.toml", f'{point} = "{where}"\n[not-ours]\ndrafts = "{words}"\n')

    @rule()
    def drop_the_law(self):
        (self.content / "law.toml").unlink(missing_ok=True)

    @rule(words=st.sampled_from(WORDS))
    def edit_a_report(self, words):
        path = self.content / "reports/2021-h2.md"
        path.write_text(path.read_text("utf-8") + f"\n## {words}\n\n[[news зн. додано]].\n", "utf-8")

    @rule()
    def add_or_drop_a_report(self):
        path = self.content / "reports/2021-h1.md"
        if path.exists():
            path.unlink()
        else:
            path.write_text("---\ntitle: Попередній\nperiod: 2021-H1\n---\n\n[[news наз.]].\n", "utf-8")

    @rule()
    def approve_or_amend(self):
        if not self.content.exists():
            return
        git(self.folder, "add", "-A", "content")
        git(self.folder, "commit", "-qm", "Зміст", "--allow-empty")
        options = self.options()
        request = ("2021-H2", "секретар Ім’я", "2022-01-10", "1", "", "уточнення: так")
        how = (
            approve.new_amendment if (self.content / "reports/approved/2021-H2.json").exists() else approve.new_approval
        )
        with contextlib.suppress(ApprovalRefused):
            how(
                checked_snapshot(options),
                self.content,
                Request(*request[:5], request[5] if how is approve.new_amendment else ""),
            )

    @rule(now=st.sampled_from(NOWS))
    def let_time_pass(self, now):
        self.today = now

    # --- what maintainers and machines do -----------------------------------------------------------------------

    @rule(
        name=st.sampled_from(
            ["base", "article", "news", "unit", "figure", "components/card-list", "components/mentions"]
        )
    )
    def change_a_template(self, name):
        self.made += 1
        path = self.folder / f"theme/templates/{name}.html"
        text = path.read_text("utf-8")
        path.write_text(text.replace(' class="', f' class="x{self.made} ', 1), "utf-8")

    @rule()
    def change_the_style(self):
        path = self.folder / "theme/static/css/site.css"
        path.write_text(path.read_text("utf-8") + "\nbody { margin: 0 }\n", "utf-8")

    @rule(pair=st.sampled_from([('"page_size": 2', '"page_size": 3'), ('"page_size": 3', '"page_size": 2'),
                                ("Вигадана рада", "Інша рада"), ("example/sait", "example/inshyi"),
                                ("Зразкова адміністрація", "Нова адміністрація")]))  # fmt: skip
    def change_a_setting(self, pair):
        path = self.folder / "conf.py"
        path.write_text(path.read_text("utf-8").replace(*pair), "utf-8")
        self.preview_state = None  # `make serve` starts another process

    @rule(
        name=st.sampled_from(["news", "page", "units", "components/card-list"]), which=PLACES, colour=st.integers(0, 9)
    )
    def break_the_theme_for_a_while(self, name, which, colour):
        theme = self.folder / "theme/templates"
        before = {path: path.read_text("utf-8") for path in (theme / "base.html", theme / f"{name}.html")}
        for path, text in before.items():
            path.write_text(text.replace(' class="', f' class="c{colour} ', 1), "utf-8")
        broken = theme / f"{name}.html"
        broken.write_text(broken.read_text("utf-8").replace(' class="', ' {{ nothing.there }} class="', 1), "utf-8")
        item = self.item(which)
        text = item.read_bytes() if item else b""
        if item and colour % 2:
            item.unlink()
        self.build_both(jobs=1)
        if item and colour % 4 == 1:
            item.write_bytes(text)
        for path, text in before.items():
            path.write_text(text, "utf-8")

    @rule(after=st.floats(0.0, 0.6), jobs=st.sampled_from([1, 2]))
    def kill_a_build(self, after, jobs):
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            with contextlib.suppress(BaseException):
                run(self.options(jobs=jobs))
            os._exit(0)
        time.sleep(after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

    @rule(
        kind=st.sampled_from(["files", "output"]), how=st.sampled_from(["bytes", "cut", "text", "gone"]), place=PLACES
    )
    def damage_a_store(self, kind, how, place):
        for path in sorted((self.folder / ".cache").glob(f"{kind}-*.sqlite")):
            raw = bytearray(path.read_bytes())
            if how == "gone":
                path.unlink()
            elif how == "text":
                path.write_text("не база")
            elif how == "cut":
                path.write_bytes(raw[: len(raw) // 2])
            else:
                for number in range(40):
                    raw[(place * 7919 + number * 104_729) % len(raw)] ^= 0x55
                path.write_bytes(raw)

    @rule(which=PLACES, gone=st.booleans())
    def spoil_an_output(self, which, gone):
        files = sorted(path for path in self.output.rglob("*") if path.is_file())
        if files:
            path = files[which % len(files)]
            path.unlink() if gone else path.write_text("зіпсовано")

    # --- and what must hold after each --------------------------------------------------------------------------

    @invariant()
    def is_as_if_built_from_nothing(self):
        if not self.content.exists():
            return
        jobs = random.choice([1, 2])
        status = run(self.options(jobs=jobs))
        fresh = self.folder / "fresh"
        for path in (fresh, *(self.folder / ".clean").glob("*.sqlite"), *(self.folder / ".clean").glob("*.names")):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        wanted = run(self.options(jobs=3 - jobs, output=fresh, cache=".clean"))
        watching = self.watching()
        watched = run(
            self.options(jobs=jobs, output=self.preview, cache=".preview"),
            watching,
            saved_since(watching, self.content),
        )
        assert status == watched == wanted
        steps["built" if status == EXIT_OK else "refused"] += 1
        if status == EXIT_OK:
            clean = tree(fresh)
            for built in (tree(self.output), tree(self.preview)):
                assert sorted(built) == sorted(clean)
                assert [name for name in built if built[name] != clean[name]] == []

    # --- helpers ------------------------------------------------------------------------------------------------

    def watching(self):
        """What `make serve` knows now."""
        if self.preview_state is None:
            options = self.options(output=self.preview, cache=".preview")
            self.preview_state = PreviewState(file_cache_of(options), BuildManifest(options.output, options.cache))
        return self.preview_state

    def build_both(self, jobs):
        """Builds that may fail, as those of a broken theme do."""
        with contextlib.suppress(WorkerFailed):
            run(self.options(jobs=jobs))
        try:
            run(self.options(jobs=jobs, output=self.preview, cache=".preview"), self.watching())
        except WorkerFailed:  # as build_process.py does
            self.preview_state.manifest = BuildManifest(
                self.preview_state.manifest.folder, self.preview_state.manifest.cache
            )

    def options(self, jobs=1, output=None, cache=".cache"):
        base = Options.from_environment(self.folder, {"TODAY": self.today})
        place = {"content": self.content, "output": output or self.output, "settings_file": "conf.py", "jobs": jobs}
        return base.with_changes(**place, cache_name=cache)

    def write(self, name, text):
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def item(self, which):
        items = sorted(path for part in ("news", "units") for path in (self.content / part).rglob("*.md"))
        items = [path for path in items if path.name != "index.md"]
        return items[which % len(items)] if items else None

    def change(self, which, how):
        path = self.item(which)
        if path:
            path.write_text(how(path.read_text("utf-8")), "utf-8")


def run(options, preview=None, saved=()):
    """Build; what is said is kept out of the way."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return pipeline.build(options, preview, saved).status


def saved_since(preview, content):
    """What the watch of `make serve` would tell of the content since the last build: files changed, come and gone."""
    before, now = preview.scanned, walk(content)
    return [Path((now.get(name) or before[name]).file) for name in before | now if before.get(name) != now.get(name)]


def git(folder, *arguments):
    who = {f"GIT_{one}_{what}": "x@hromada.invalid" for one in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=os.environ | who)


def cheap_documents(self, report_document):
    """Documents take most of a second each; what they are made of has tests of its own."""
    words = hashlib.sha256(repr(report_document).encode()).hexdigest().encode()
    return dict.fromkeys(("report.docx", "report.pdf", "report.xlsx"), words)


def main(examples, length, number=0):
    Documents._made = cheap_documents
    random.seed(number)
    profile = settings(
        max_examples=examples, stateful_step_count=length, deadline=None, database=None,
        suppress_health_check=list(HealthCheck), print_blob=True,
    )  # fmt: skip
    run_state_machine_as_test(seed(number)(Histories), settings=profile)
    print(f"{steps['built']} steps built, {steps['refused']} refused")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
