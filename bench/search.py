"""How well and how cheaply the search finds: `make bench-search`, beside Pagefind and MiniSearch on the same real texts in one run.

The queries are forms that no text has. Two thirds are judged by the dictionary of the index, one third by another lemmatiser
(simplemma), which the index does not know. Bytes are counted as a host sends them (gzip), with script and index. A first
answer is timed from nothing loaded to ten results with their titles, on the throttled phone of Lighthouse (150 ms, 1.6
Mbit/s, a fourth of the processor), by both in turns. What the index costs a build is the same build without it.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import math
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from bench.project_copy import put_aside
from bench.rounds import SETTLED
from bench.search_corpus import real_items, write_real_site
from hromada.search.morphology import UNKNOWN, Dictionary
from hromada.search.words import is_indexed, normalized, words_of
from hromada.storage.lexeme_store import load_dictionary

_ROOT = Path(__file__).resolve().parent.parent
_FOLDER = _ROOT / "build" / "bench-search"
_ASIDE = _FOLDER / "aside"  # former sites, deleted at the end: see `put_aside`
_CHROMIUM = "/usr/lib/chromium/chromium"
_MINISEARCH = "minisearch@7.2.0"
_QUERIES, _JUDGED_OTHERWISE = 300, 100
_FIRST_SEARCH, _FURTHER_WORD, _WHOLE_INDEX = 300_000, 60_000, 20_000_000  # bytes
_EDIT_FILES, _EDIT_BYTES = 12, 400_000
_RECALL, _PRECISION = 0.98, 0.95
_LOADED = 100  # milliseconds
_FIRST_ANSWER = 1.5  # seconds, of a quiet machine
_CLEAN, _EDIT = 1.20, 1.15  # of a build without the search
_LARGE = 15_000  # items
_MOST_OF_PAGEFIND = 1_000  # items: given 15,000 records its service stopped answering
_ROUNDS, _EDITS = 3, 12
_PHONE = {"offline": False, "latency": 150, "downloadThroughput": 1638.4 * 1024 / 8, "uploadThroughput": 750 * 1024 / 8}


@dataclass(frozen=True, slots=True)
class Query:
    """A word that no text has in this form, with the numbers of the texts that have another form of it."""

    word: str
    wanted: frozenset[int]


@dataclass(frozen=True, slots=True)
class Quality:
    recall: float
    precision: float
    ndcg: float

    def __str__(self) -> str:
        return f"recall {self.recall:6.1%}  precision {self.precision:6.1%}  nDCG@10 {self.ndcg:.3f}"


def queries_of(texts: Sequence[str]) -> list[Query]:
    """The queries: words of one to fifty texts, in a form that is in none."""
    dictionary, dice = load_dictionary(), random.Random(1)
    by_word: dict[str, set[int]] = {}
    for number, text in enumerate(texts):
        for word in {*words_of(normalized(text))}:
            if is_indexed(word) and word.isalpha():
                by_word.setdefault(word, set()).add(number)
    by_lexeme: dict[tuple[str, str], set[int]] = {}
    for word, numbers in by_word.items():
        for lexeme in dictionary.lexemes(word):
            if lexeme.endings != UNKNOWN:
                by_lexeme.setdefault((lexeme.base, lexeme.endings), set()).update(numbers)
    candidates = sorted(key for key, numbers in by_lexeme.items() if 1 <= len(numbers) <= 50 and len(key[0]) > 2)
    dice.shuffle(candidates)
    queries = list(_by_dictionary(candidates, by_word, by_lexeme, dictionary, dice, _QUERIES - _JUDGED_OTHERWISE))
    queries += _by_another(candidates, by_word, dice, _JUDGED_OTHERWISE, {query.word for query in queries})
    return queries


def _by_dictionary(
    candidates: Sequence[tuple[str, str]], by_word: dict[str, set[int]], by_lexeme: dict[tuple[str, str], set[int]],
    dictionary: Dictionary, dice: random.Random, count: int,
) -> Iterator[Query]:  # fmt: skip
    for base, endings in candidates:
        forms = [base + ending for ending in endings.split(",") if base + ending not in by_word]
        if forms and count:
            word = dice.choice(forms)
            meant = {lexeme[:2] for lexeme in dictionary.lexemes(word)} & by_lexeme.keys()
            if meant:
                count -= 1
                yield Query(word, frozenset().union(*(by_lexeme[lexeme] for lexeme in meant)))


def _by_another(
    candidates: Sequence[tuple[str, str]],
    by_word: dict[str, set[int]],
    dice: random.Random,
    count: int,
    taken: set[str],
) -> Iterator[Query]:
    """Queries whose texts are named by simplemma; forms that it can't reduce are none of them."""
    from simplemma import lemmatize

    by_lemma: dict[str, set[int]] = {}
    for word, numbers in by_word.items():
        by_lemma.setdefault(lemmatize(word, "uk"), set()).update(numbers)
    for base, endings in reversed(candidates):
        written = [base + ending for ending in endings.split(",")]
        forms = [word for word in written if word not in by_word and word not in taken]
        word = dice.choice(forms) if forms else ""
        lemma = lemmatize(word, "uk") if word else ""
        if count and lemma != word and lemma in by_lemma:
            count -= 1
            yield Query(word, frozenset(by_lemma[lemma]))


def judge(queries: Iterable[Query], found: Sequence[Sequence[int]]) -> Quality:
    """The means over all queries."""
    recalls, precisions, gains = [], [], []
    for query, numbers in zip(queries, found, strict=True):
        right = [number in query.wanted for number in numbers]
        recalls.append(sum(right) / len(query.wanted))
        precisions.append(sum(right) / len(right) if right else 0.0)
        best = sum(1 / math.log2(place + 2) for place in range(min(10, len(query.wanted))))
        gains.append(sum(is_right / math.log2(place + 2) for place, is_right in enumerate(right[:10])) / best)
    count = len(recalls)
    return Quality(sum(recalls) / count, sum(precisions) / count, sum(gains) / count)


# --- the built site in a browser ------------------------------------------------------------------------------------


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Files as a host sends them: text packed by gzip."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        kind = self.guess_type(str(path))
        if not path.is_file() or not kind.startswith(("text/", "application/json", "application/javascript")):
            super().do_GET()
            return
        packed = gzip.compress(path.read_bytes())
        self.send_response(200)
        for name, value in (("Content-Type", kind), ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(packed)


def _built(size: int) -> Path:
    """The site of so many real items, built from nothing."""
    folder = _FOLDER / str(size)
    put_aside(folder, _ASIDE)
    write_real_site(size, folder / "content")
    _build(folder)
    return folder


def _build(folder: Path, *, has_search: bool = True) -> float:
    """Build the site in the folder, or beside it the one without a search; the seconds that it took."""
    part = "" if has_search else "plain-"
    environment = os.environ | {
        "CONTENT": str(folder / "content"), "OUTPUT": str(folder / f"{part}output"), "CACHE": str(folder / f"{part}cache"),
        "TODAY": "2022-01-15",
    }  # fmt: skip
    for name in ("SIZES", "SIZE", "ROUNDS", "HROMADA_GIVEN", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"):
        environment.pop(name, None)
    command = [sys.executable, "-X", "utf8", "-m", "bench.build_once", *([] if has_search else ["without-search"])]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=_ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return time.perf_counter() - start


class Shares(NamedTuple):
    """How much longer than without a search builds take: 1.2 is a fifth longer."""

    clean: float  # with nothing but the lexemes of the words that were looked up before
    first: float  # from nothing
    edit: float


def _shares(folder: Path) -> Shares:
    path, lexemes = _edited_item(folder), folder / "cache/lexemes.sqlite"
    text, remembered = path.read_text("utf-8"), lexemes.read_bytes()
    clean: dict[str, list[float]] = {"clean": [], "first": [], "plain": []}
    edited: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(_ROUNDS):
        for kind, seconds in clean.items():
            part = "plain-" if kind == "plain" else ""
            for name in ("output", "cache"):
                put_aside(folder / f"{part}{name}", _ASIDE)
            if kind == "clean":
                lexemes.parent.mkdir()
                lexemes.write_bytes(remembered)
            os.sync()  # else the disk is busy with what the build before has written
            time.sleep(SETTLED)
            seconds.append(_build(folder, has_search=kind != "plain"))
    for round in range(_EDITS):  # a second each: the noise of three would be as large as the share
        path.write_text(f"{text}\nПравка {round} про вивезення сміття.\n", "utf-8", newline="\n")
        time.sleep(SETTLED)
        for has_search in edited:
            edited[has_search].append(_build(folder, has_search=has_search))
    path.write_text(text, "utf-8", newline="\n")
    time.sleep(SETTLED)
    _build(folder)
    plain = median(clean["plain"])
    return Shares(
        median(clean["clean"]) / plain, median(clean["first"]) / plain, median(edited[True]) / median(edited[False])
    )


def _edited_item(folder: Path) -> Path:
    items = sorted((folder / "content/news").rglob("*.md"))
    return items[len(items) // 2]


def _index_files(folder: Path) -> dict[str, bytes]:
    index = folder / "output/search"
    return {path.relative_to(index).as_posix(): path.read_bytes() for path in index.rglob("*") if path.is_file()}


def _edit_cost(folder: Path) -> tuple[int, int]:
    """How many files of the index, and bytes, an edit of a sentence in an old item redraws."""
    before = _index_files(folder)
    path = _edited_item(folder)
    text = path.read_text("utf-8")
    path.write_text(text.replace("\n\n", "\n\nПравка про вивезення сміття. ", 1), "utf-8", newline="\n")
    _build(folder)
    after = _index_files(folder)
    path.write_text(text, "utf-8", newline="\n")
    changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    return len(changed), sum(len(after.get(name, b"")) for name in changed)


_ASK = """async ([engine, words]) => {
  const { Engine } = await import(engine);
  const one = new Engine("/search/");
  const found = [];
  for (const word of words) {
    const { indexes } = await one.search(word, { isOpen: false });
    const cards = await one.cards(indexes.slice(0, 200));
    found.push(cards.map(([, address]) => Number(/r(\\d{5})/.exec(address)[1])));
  }
  return found;
}"""
_ASK_PAGEFIND = """async (words) => {
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  const found = [];
  for (const word of words) {
    const { results } = await pagefind.search(word);
    const data = await Promise.all(results.slice(0, 200).map((one) => one.data()));
    found.push(data.map((one) => Number(/r(\\d{5})/.exec(one.raw_url || one.url)[1])));
  }
  return found;
}"""
_ANSWER = """async ([engine, word]) => {
  const start = performance.now();
  // As the head of the search page has it.
  const hint = { rel: "preload", href: "/search/index.json", as: "fetch", crossOrigin: "anonymous" };
  document.head.append(Object.assign(document.createElement("link"), hint));
  const { Engine } = await import(engine);
  const one = new Engine("/search/");
  const { indexes } = await one.search(word, { isOpen: false });
  await one.cards(indexes.slice(0, 10));
  return performance.now() - start;
}"""
_ANSWER_OF_PAGEFIND = """async (word) => {
  const start = performance.now();
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  const { results } = await pagefind.search(word);
  await Promise.all(results.slice(0, 10).map((one) => one.data()));
  return performance.now() - start;
}"""
_ASK_MINISEARCH = """([texts, words]) => {
  const index = new MiniSearch({ fields: ["title", "text"], tokenize: (text) => text.toLowerCase().match(/[\\p{L}\\p{N}]+/gu) || [] });
  index.addAll(texts.map(([title, text], id) => ({ id, title, text })));
  const options = { prefix: true, fuzzy: 0.2, boost: { title: 3 } };
  return words.map((word) => index.search(word, options).slice(0, 200).map(({ id }) => id));
}"""


def _pagefind_index(texts: Sequence[tuple[str, str]], folder: Path) -> None:
    import asyncio

    from pagefind.index import IndexConfig, PagefindIndex

    async def make() -> None:
        async with PagefindIndex(config=IndexConfig(output_path=str(folder / "output/pagefind"))) as index:
            for number, (title, text) in enumerate(texts):
                await index.add_custom_record(
                    url=f"/r{number:05d}/", content=f"{title}. {text}", language="uk", meta={"title": title}
                )

    with ThreadPoolExecutor(1) as threads:  # this thread has the loop of the browser
        threads.submit(asyncio.run, make()).result()


def _minisearch() -> str:
    """The script of MiniSearch from npm; empty without npm."""
    folder = _FOLDER / "npm"
    if shutil.which("npm") is None:
        return ""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), _MINISEARCH], check=True
    )
    return (folder / "node_modules/minisearch/dist/umd/index.js").read_text("utf-8")


def _transfer(browser: Any, address: str, output: Path, query: str, more: str) -> tuple[int, int, float]:
    """The bytes of the first search and of a further word, and the milliseconds of one that is loaded, at a fourth of the speed."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    sizes: list[int] = []

    def count(request: Any) -> None:
        path = unquote(urlsplit(request.url).path).strip("/")
        if path.startswith("search/") or ("search" in path and path.endswith(".js")):
            sizes.append(len(gzip.compress((output / (path if "." in path else f"{path}/index.html")).read_bytes())))

    page.on("request", count)
    page.goto(f"{address}/search/?q={query}")
    page.wait_for_selector("#main[data-search=done]")
    page.wait_for_load_state("networkidle")
    first = sum(sizes)
    sizes.clear()
    script = page.locator("form[data-engine]").get_attribute("data-engine")
    page.evaluate(
        "async ([source, word]) => { const { Engine } = await import(source); window.one = new Engine('/search/');"
        " await one.search('громада'); performance.mark('a'); }",
        [script, query],
    )
    sizes.clear()
    page.evaluate("async (word) => { await one.search(word, { isOpen: false }); }", more)
    page.wait_for_load_state("networkidle")
    further = sum(sizes)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    took = page.evaluate(
        "async (word) => { const start = performance.now(); await one.search(word, { isOpen: false }); return performance.now() - start; }",
        more,
    )
    context.close()
    return first, further, took


def _first_answers(browser: Any, address: str, word: str, *, is_beside: bool) -> tuple[float, float]:
    """The seconds to a first answer on a phone: ours, and Pagefind's with the same word, infinite if it is not beside."""
    engine = ""
    seconds: tuple[list[float], list[float]] = [], []
    for _ in range(_ROUNDS):
        for is_pagefind in (False, True)[: 1 + is_beside]:
            context = browser.new_context(viewport={"width": 360, "height": 740})
            page = context.new_page()
            page.route("**/blank", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
            if not engine:
                page.goto(f"{address}/search/")
                engine = page.locator("form[data-engine]").get_attribute("data-engine")
            page.goto(f"{address}/blank")  # where neither has loaded anything, and nothing forbids WebAssembly
            session = context.new_cdp_session(page)
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", _PHONE)
            session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            took = page.evaluate(_ANSWER_OF_PAGEFIND, word) if is_pagefind else page.evaluate(_ANSWER, [engine, word])
            seconds[is_pagefind].append(took / 1000)
            context.close()
    return median(seconds[0]), median(seconds[1]) if is_beside else math.inf


def main() -> int:
    from playwright.sync_api import sync_playwright

    sizes = [int(size) for size in os.environ.get("SIZES", "631 5000 15000").split()]
    tested = int(os.environ.get("SIZE", "1000"))
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM)
        faults += _measure_quality(browser, tested)
        for size in sizes:
            faults += _measure_cost(browser, size)
        browser.close()
    shutil.rmtree(_ASIDE, ignore_errors=True)
    for fault in faults:
        print(f"missed: {fault}")
    return 1 if faults else 0


def _measure_quality(browser: Any, size: int) -> Iterator[str]:
    folder = _built(size)
    items = list(real_items(size))
    texts = [(item.title, " ".join(item.paragraphs)) for item in items]
    queries = queries_of([f"{title} {text}" for title, text in texts])
    words = [query.word for query in queries]
    _pagefind_index(texts, folder)
    with _served(folder / "output") as address:
        page = browser.new_page()
        page.goto(f"{address}/search/")
        engine = page.locator("form[data-engine]").get_attribute("data-engine")
        ours = page.evaluate(_ASK, [engine, words])
        blank = browser.new_page()
        blank.route("**/blank", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
        blank.goto(f"{address}/blank")  # a page without our policy, which forbids WebAssembly
        found = {"ours": ours, "Pagefind": blank.evaluate(_ASK_PAGEFIND, words)}
        if script := _minisearch():
            blank.evaluate(script)
            found["MiniSearch (prefix, fuzzy 0.2)"] = blank.evaluate(_ASK_MINISEARCH, [texts, words])
    own = _JUDGED_OTHERWISE
    print(f"{size} real texts, {len(queries)} queries in forms that no text has")
    qualities: dict[str, Quality] = {}
    for name, numbers in found.items():
        qualities[name] = judge(queries, numbers)
        print(f"  {name:32} {qualities[name]}")
        print(f"  {'  judged by the dictionary':32} {judge(queries[:-own], numbers[:-own])}")
        print(f"  {'  judged by simplemma':32} {judge(queries[-own:], numbers[-own:])}")
    (_FOLDER / "queries.json").write_text(
        json.dumps([[q.word, sorted(q.wanted), one] for q, one in zip(queries, ours, strict=True)], ensure_ascii=False),
        "utf-8",
    )
    best = qualities.pop("ours")
    if best.recall < _RECALL or best.precision < _PRECISION:
        yield f"recall {best.recall:.3f} (of {_RECALL}), precision {best.precision:.3f} (of {_PRECISION})"
    yield from (f"nDCG@10 is not above that of {name}" for name, other in qualities.items() if best.ndcg <= other.ndcg)


def _measure_cost(browser: Any, size: int) -> Iterator[str]:
    folder = _built(size)
    whole = sum(map(len, _index_files(folder).values()))
    with _served(folder / "output") as address:
        first, further, took = _transfer(browser, address, folder / "output", "людина", "вулицями")
        is_beside = size <= _MOST_OF_PAGEFIND
        if is_beside:
            _pagefind_index([(item.title, " ".join(item.paragraphs)) for item in real_items(size)], folder)
        answer, of_pagefind = _first_answers(browser, address, "людина", is_beside=is_beside)
    shutil.rmtree(folder / "output/pagefind", ignore_errors=True)
    files, changed = _edit_cost(folder)
    shares = _shares(folder)
    print(
        f"{size} items: index {whole / 1e6:.1f} MB, first search {first / 1000:.0f} kB, further word {further / 1000:.0f} kB (gzip), "
        f"loaded word {took:.0f} ms at 4x throttle, an edit redraws {files} files, {changed / 1000:.0f} kB"
    )
    print(
        f"  first answer on a throttled phone {answer:.2f} s, Pagefind {of_pagefind:.2f} s; a clean build takes {shares.clean:.2f} of one "
        f"without the search, a first one, which looks every word up, {shares.first:.2f}, one after an edit {shares.edit:.2f}"
    )
    limits = (
        (whole, _WHOLE_INDEX, "the index"), (first, _FIRST_SEARCH, "a first search"), (further, _FURTHER_WORD, "a further word"),
        (files, _EDIT_FILES, "files of an edit"), (changed, _EDIT_BYTES, "bytes of an edit"),
        (took, _LOADED, "milliseconds of a loaded word"), (answer, _FIRST_ANSWER, "seconds of a first answer"),
        (answer, of_pagefind, "seconds of a first answer beside Pagefind"), (shares.edit, _EDIT, "share of an edit"),
        (shares.clean if size >= _LARGE else 0, _CLEAN, "share of a clean build"),
    )  # fmt: skip
    yield from (f"{size} items: {what}: {value:.6g} of {most:.6g}" for value, most, what in limits if value > most)


class _served:  # noqa: N801  # used as a function
    """The address of a folder, served while the block runs."""

    def __init__(self, folder: Path) -> None:
        handler = functools.partial(_Quiet, directory=str(folder))
        self._server = _Server(("127.0.0.1", 0), handler)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()


if __name__ == "__main__":
    sys.exit(main())
