"""Random sites with drafts, scheduled and hidden items: no byte of `output/` may tell of what is not published.

Everything unpublished is written in random words that stand nowhere else. A trial builds a site twice, with other such
words: the two outputs must be the same, byte for byte, documents too. It looks for the words in every file, unpacked;
lets the scheduled items fall due, when their words must be there; and goes back. Run by test_unpublished.py; as many
trials as one likes by hand, with PYTHONPATH=plugins:.

    python -m tests.system.unpublished TRIALS [SEED]
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import random
import re
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pypdf
from PIL import Image

from hromada.build import pipeline
from hromada.build.content_steps import checked_snapshot
from hromada.commands import approve
from hromada.commands.approve import Request
from hromada.console.options import Options
from hromada.domain.days_in_words import day_in_words, short_day
from hromada.pages.report_files import Documents
from tests.conftest import ROOT, cache_in, copy_golden
from tests.system.clones import git
from tests.system.plain import tree
from tests.verifying import GOLDEN as ADDRESS
from tests.verifying import output_faults

GOLDEN = ROOT / "tests/sites/golden"
TODAY, LATER = "2022-01-15", "2022-03-31"
DRAFT, SCHEDULED, HIDDEN = "draft", "scheduled", "hidden"
STATES = (DRAFT, SCHEDULED, HIDDEN)
KINDS = ("news", "message", "unit", "page", "report", "translation", "translated")
APPROVED = 6  # items that were counted in an approved report and are unpublished since
_WORD = re.compile(rb"zq[a-z]{12}")
REAL_DOCUMENTS = Documents._made


def cheap_documents(_, report_document):
    """Documents take most of a second each: here is all that they print."""
    return dict.fromkeys(("report.docx", "report.pdf", "report.xlsx"), repr(report_document).encode())


def foundation(folder: Path) -> None:
    """The golden content with items that are approved, for trials to unpublish; a report that is open, free files."""
    content = folder / "content"
    copy_golden(content)
    report = content / "reports/2021-h2.md"
    report.write_text(re.sub(r"(?m)^complete: no\n", "", report.read_text("utf-8")), "utf-8")
    (content / "reports/2022-h1.md").write_text("title: Звіт, що триває\nperiod: 2022-H1\n\n[[news наз.]].\n", "utf-8")
    for number in range(APPROVED):
        text = f"title: Затверджено {number}\ndate: 2021-10-0{number + 1}\ncategory: Події\n\nСлова {number}.\n"
        (content / approved_file(number)).write_text(text, "utf-8")
    rows = (
        "Дата;Сторінка;Мережа;Назва;Посилання\n2021-11-01;okruh;facebook;Рядок;https://www.facebook.com/x/posts/777\n"
    )
    (content / "registers/social/zatverdzheno.csv").write_text(rows, "utf-8")
    (content / "files/vilnyi.pdf").write_text("на нього посилаються з інших сайтів", "utf-8")
    (content / "files/spilnyi.pdf").write_text("спільний", "utf-8")
    (content / "files/adresoiu.pdf").write_text("за повною адресою", "utf-8")
    (content / "news/2021/spilnyi.md").write_text(
        "title: Спільний документ\ndate: 2021-08-08\n\n[Документ](/files/spilnyi.pdf),"
        " [ще](https://zrazkova.example/sait/files/adresoiu.pdf)\n", "utf-8",
    )  # fmt: skip
    cache_in(folder)
    git(folder, "init", "-q")
    git(folder, "add", "-A", "content")
    git(folder, "commit", "-qm", "Зміст")
    signed = Request("2021-H2", "секретар Ім’я", "2022-01-10", "1", "", "")
    approve.new_approval(checked_snapshot(call_of(folder, content, folder / "output", TODAY)), content, signed)


def approved_file(number: int) -> str:
    """Of every other one the name holds the date, so that its address stays when it is given another one."""
    return f"news/2021/{f'2021-10-0{number + 1}-' if number % 2 else ''}zatverdzheno-{number}.md"


def call_of(folder: Path, content: Path, output: Path, today: str) -> Options:
    """One process: the tests' own workers have threads."""
    return Options.from_environment(ROOT, {"TODAY": today, "JOBS": "1"}).with_changes(
        content=content, output=output, settings_file="tests/sites/golden/conf.py", cache_name=str(folder / ".cache")
    )


class World:
    """A content folder with unpublished items of every kind; two of one seed differ in their words alone."""

    def __init__(self, content: Path, seed: int, salt: str) -> None:
        self.content, self.dice, self._seed, self._salt = content, random.Random(seed), seed, salt
        self._made = 0
        self.words: dict[str, list[str]] = {DRAFT: [], SCHEDULED: [], HIDDEN: []}
        self.own: dict[str, str] = {}  # of hidden items: words by the page on which they may stand
        self.days: list[date] = []
        self.kept = {"files/plan.csv", "files/vilnyi.pdf", "files/spilnyi.pdf", "files/adresoiu.pdf"}
        self.law: list[str] = []
        self.redirects: list[str] = []
        for state in STATES:
            for kind in KINDS:
                if self.dice.random() < 0.75:
                    self.add(kind, state)
        self.unpublish()
        self.add_rows()
        points = ("structure", "contacts", "acts", "services")
        lines = [f'{point} = "{self.dice.choice(self.law)}"\n' for point in points if self.law]
        (content / "law.toml").write_text("".join(lines), "utf-8")
        with (content / "redirects.csv").open("a", encoding="utf-8") as file:
            file.writelines(self.redirects)

    def word(self, state: str, own: str = "") -> str:
        """A word that stands nowhere else; those of hidden items are the same in both worlds."""
        self._made += 1
        salt = "" if state == HIDDEN else self._salt
        digest = hashlib.sha256(f"{self._seed} {salt} {self._made}".encode()).digest()
        word = "zq" + "".join(chr(ord("a") + one % 26) for one in digest[:12])  # as _WORD
        self.words[state].append(word)
        if state == HIDDEN:
            self.own[word] = own
        return word

    def date(self, state: str) -> str:
        """A day of its own for what is scheduled, since a day tells something too."""
        if state != SCHEDULED:
            return "2021-09-10" if self.dice.random() < 0.5 else "2022-01-10"
        day = date(2022, 2, 3) + timedelta(len(self.days))
        self.days.append(day)
        return day.isoformat()

    def add(self, kind: str, state: str) -> None:
        """An item of which everything is unpublished: title, path, text, pictures, files, what else a header says."""
        if kind == "translated":
            return self.add_translated(state)
        name, day = self.word(state), self.date(state)
        folder, file = {
            "news": ("news/2022", f"{day}-{name}.md"),
            "message": ("units/okruh", f"{day}-{name}.md"),
            "unit": (f"units/{name}", "index.md"),
            "page": ("pages", f"{name}.md"),
            "report": ("reports", f"{name}.md"),
            "translation": ("news/2021", f"perekladeno-{state}.en.md"),
        }[kind]
        if state == HIDDEN:
            self.own[name] = name
        if kind == "translation":
            self.put(f"{folder}/perekladeno-{state}.md", f"title: Перекладено {state}\ndate: 2021-09-09\n\nСлова.\n")
            self.own |= {name: f"perekladeno-{state}"} if state == HIDDEN else {}
        own = self.own.get(name, "")
        header = [
            f"title: {self.word(state, own)}",
            f"date: {day}" if kind != "report" or state == SCHEDULED else "",
            f"status: {state}" if state != SCHEDULED else "",
            f"summary: {self.word(state, own)}",
            f"tags: {self.word(state, own)}",
            f"author: {self.word(state, own)}",
            f"source: {self.word(state, own)}",
            f"event-place: {self.word(state, own)}",
            "event-date: 2022-01-30",  # its end is no day of a scheduled item
            "modified: 2022-01-14" if self.dice.random() < 0.5 else "",
            f"category: {self.category(state, own)}" if kind == "news" else "",
            f"period: {2010 + self._made % 10}-Q{1 + STATES.index(state)}" if kind == "report" else "",
        ]
        lines = [f"# {self.word(state, own)}", "", f"Слова {self.word(state, own)}.", ""]
        if kind != "report":
            picture = self.picture(folder, state, own)
            header += [f"image: {picture}", f"image-alt: {self.word(state, own)}"]
            lines += [
                f"![{self.word(state, own)}]({picture})",
                "",
                f"[{self.word(state, own)}](#{self.word(state, own)})",
            ]
            lines[-1] = lines[-1].replace("(#", "(https://e.example/")
        lines += [self.use_of_a_file(folder, state, own), "", "[Спільний](/files/spilnyi.pdf)", ""]
        lines += ["[Той самий](/files/adresoiu.pdf)", ""]
        self.put(f"{folder}/{file}", "\n".join([*filter(None, header), "", *lines]))
        self.law.append(f"{folder}/{file}")
        if state != HIDDEN and kind != "translation":
            self.redirects.append(f"/{self.word(state)};content/{folder}/{file}\n")
        return None

    def add_translated(self, state: str) -> None:
        """An unpublished original with a translation that says itself that it is published."""
        name, day = self.word(state), self.date(state)
        if state == HIDDEN:
            self.own[name] = name
        own = self.own.get(name, "")
        status = f"status: {state}\n" if state != SCHEDULED else ""
        self.put(f"news/2022/{day}-{name}.md", f"title: {self.word(state, own)}\ndate: {day}\n{status}\nСлова.\n")
        other = f"title: {self.word(state, own)}\ndate: 2021-09-11\n\nWords {self.word(state, own)}.\n"
        self.put(f"news/2022/{day}-{name}.en.md", other)

    def category(self, state: str, own: str) -> str:
        """A category of its own, or one that published items spell otherwise."""
        return self.word(state, own) if self.dice.random() < 0.5 else "ПОДІЇ"

    def picture(self, folder: str, state: str, own: str) -> str:
        """A picture beside the item or in images/, of other colours in the other world."""
        name = f"{self.word(state, own)}.png"
        place = folder if self.dice.random() < 0.5 else "images"
        path = self.content / place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (20, 10), tuple(hashlib.sha256(name.encode()).digest()[:3])).save(path)
        return f"/{place}/{name}"

    def use_of_a_file(self, folder: str, state: str, own: str) -> str:
        """A link to a document of its own: beside the item, or in files/ in one of the ways to write that."""
        name, text = f"{self.word(state, own)}.pdf", self.word(state, own)
        if self.dice.random() < 0.3 and folder != "reports":
            self.put(f"{folder}/{name}", text)
            return f"[{self.word(state, own)}](/{folder}/{name})"
        self.put(f"files/{name}", text)
        if state == HIDDEN:
            self.kept.add(f"files/{name}")
        link = self.dice.choice([
            f"/files/{name}", f"{{static}}/files/{name}", f"/%66iles/{name}", "/".join([*[".."] * (folder.count("/") + 1), "files", name]),
            f"https://zrazkova.example/sait/files/{name}", f"/images/../files/{name}#page=2",
        ])  # fmt: skip
        form = self.dice.choice(["[{0}]({1})", '<a href="{1}">{0}</a>', "[{0}][d]\n\n[d]: {1}"])
        return form.format(self.word(state, own), link)

    def unpublish(self) -> None:
        """Items of the approved report are changed and unpublished in one go: the new words are nobody's business."""
        for number in range(APPROVED):
            path = self.content / approved_file(number)
            state = self.dice.choice([DRAFT, SCHEDULED])
            status = "status: draft\n" if state == DRAFT else ""
            text = f"title: {self.word(state)}\ndate: {self.date(state)}\ncategory: {self.word(state)}\n{status}"
            text += f"\n{self.word(state)}\n"
            if self.dice.random() < 0.5:  # a copy under another name: what was approved is gone
                path.unlink()
                path = path.with_name(f"{self.word(state)}.md")
                text = text.replace("title:", f"slug: {self.word(state)}\ntitle:", 1)
            path.write_text(text, "utf-8")

    def add_rows(self) -> None:
        """Rows of registers that are not due: one of them was approved, and uses a file now."""
        name = f"{self.word(SCHEDULED)}.pdf"
        self.put(f"files/{name}", self.word(SCHEDULED))
        rows = [f"{self.date(SCHEDULED)};okruh;facebook;{self.word(SCHEDULED)};https://www.facebook.com/x/posts/777"]
        rows += [f"{self.date(SCHEDULED)};okruh;facebook;{self.word(SCHEDULED)};/files/{name}"]
        self.put("registers/social/zatverdzheno.csv", "\n".join(["Дата;Сторінка;Мережа;Назва;Посилання", *rows, ""]))
        newspaper = (
            f"Дата;Видання;Випуск;Назва\n{self.date(SCHEDULED)};{self.word(SCHEDULED)};7;{self.word(SCHEDULED)}\n"
        )
        self.put(f"registers/newspaper/{self.word(SCHEDULED)}.csv", newspaper)

    def put(self, name: str, text: str) -> None:
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def texts_in(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Every file with its name, and what packed ones hold."""
    for name, raw in files.items():
        yield name, name.encode() + b"\0" + raw
        if raw[:4] == b"PK\3\4":
            with zipfile.ZipFile(io.BytesIO(raw)) as packed:
                for member in packed.namelist():
                    yield f"{name}!{member}", member.encode() + b"\0" + packed.read(member)
        elif raw[:5] == b"%PDF-":
            read = pypdf.PdfReader(io.BytesIO(raw))
            yield f"{name}!text", "\n".join(page.extract_text() for page in read.pages).encode()
            with pikepdf.open(io.BytesIO(raw)) as opened:
                for number, one in enumerate(opened.objects):
                    data = one.read_bytes() if isinstance(one, pikepdf.Stream) else repr(one).encode()
                    yield f"{name}!{number}", data


def places_of(words: Iterable[str], files: dict[str, bytes]) -> list[tuple[str, str]]:
    """Where in the files any of the words stands."""
    wanted = {word.encode() for word in words}
    found = {(word, name) for name, raw in texts_in(files) for word in _WORD.findall(raw.lower()) if word in wanted}
    return [(word.decode(), name) for word, name in found]


def days_in(world: World, files: dict[str, bytes]) -> list[tuple[str, str]]:
    """Where one of the scheduled items' days stands, in any form in which the site writes days."""
    forms = (date.isoformat, short_day, day_in_words)
    days = {form(day).encode() for form in forms for day in world.days}
    return [(day.decode(), name) for name, raw in texts_in(files) for day in days if day in raw]


def build(options: Options) -> dict[str, bytes]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = pipeline.build(options).status
    assert status == 0, said.getvalue()
    return tree(options.output)


def trial(base: Path, folder: Path, seed: int, *, real: bool = True) -> None:
    """One random site; `base` is what `foundation` made."""
    cache_in(folder)
    worlds, calls, built = [], [], []
    Documents._made = REAL_DOCUMENTS if real else cheap_documents
    for salt in "ab":
        content = folder / salt / "content"
        shutil.copytree(base / "content", content)
        worlds.append(World(content, seed, salt))
        calls.append(call_of(folder, content, folder / salt / "output", TODAY))
        built.append(build(calls[-1]))
    (first, second), world = built, worlds[0]
    # What is not: the process that runs many trials has no pytest to tell.
    same([name for name in first.keys() | second.keys() if first.get(name) != second.get(name)])
    same(places_of([*world.words[DRAFT], *world.words[SCHEDULED]], first))
    same(days_in(world, first))
    same([place for place in places_of(world.own, first) if not is_own(world.own[place[0]], place[1], world)])
    same({name for name in first if name.startswith("files/")} ^ world.kept)
    same(output_faults(calls[0].output, ADDRESS))

    Documents._made = cheap_documents
    options = calls[0].with_changes(clock=call_of(folder, folder, folder, LATER).clock)
    later = build(options)
    assert places_of(world.words[SCHEDULED], later), "what was scheduled is there when it is due"
    same(places_of(world.words[DRAFT], later))
    Documents._made = REAL_DOCUMENTS if real else cheap_documents
    assert build(calls[0]) == first


def same(differences: Iterable[object]) -> None:
    """What differs from what must be is nothing."""
    found = sorted(differences)
    assert not found, found[:20]


def is_own(own: str, name: str, world: World) -> bool:
    """Whether a file may have a hidden item's words: its own page, its own files, a document that it uses."""
    return (
        (bool(own) and own in name) or name in world.kept or re.match(r"(news|units|pages)/.*\.pdf", name) is not None
    )


def main(trials: int, seed: int) -> None:
    with tempfile.TemporaryDirectory(prefix="неопубліковане-") as place:
        base = Path(place) / "base"
        base.mkdir()
        foundation(base)
        for number in range(seed, seed + trials):
            folder = Path(place) / str(number)
            folder.mkdir()
            try:
                trial(base, folder, number, real=number % 10 == 0)
            except Exception:
                print(f"seed {number}", flush=True)
                raise
            shutil.rmtree(folder)
    print(f"{trials} trials")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time()))
