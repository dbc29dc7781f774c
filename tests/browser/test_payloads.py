"""No payload of a public list runs or asks for anything, whichever way it comes in: looked at by a real browser.

The pages are served without their Content-Security-Policy: what the sanitiser and the templates do must be enough.
"""

import csv
import http.server
import io
import re
import threading

import pytest

from hromada.build.content_steps import checked_snapshot
from hromada.console.options import Options
from hromada.reading.header import parse_document
from hromada.render.html import Markup
from tests import needs
from tests.browser import payloads
from tests.conftest import ROOT, cache_in
from tests.shared import quietly_built
from tests.unit.making import item

pytestmark = [pytest.mark.browser, needs.chromium]
ALL = payloads.every()
FRAMES = 60  # pages that one page of the test holds
HOOKS = """
(() => {
  const ran = what => { try { top.ran(location.href + ' ' + what) } catch { } };
  for (const name of ['alert', 'prompt', 'confirm', 'print', 'open'])
    window[name] = words => ran(name + ' ' + words);
  addEventListener('error', event => { if (event.message) ran('script ' + event.message) });
  addEventListener('securitypolicyviolation', () => ran('policy'));
})();
"""
SHOW = """
addresses => {
  const frames = addresses.map(address => Object.assign(document.createElement('iframe'), {src: address}));
  const loaded = frames.map(frame => new Promise(resolve => frame.addEventListener('load', resolve, {once: true})));
  document.body.replaceChildren(...frames);
  return Promise.all(loaded).then(() => {});
}
"""
SOON = ["mouseover", "mouseenter", "pointerover", "focusin", "keydown", "animationstart", "transitionend", "toggle", "error", "load"]  # fmt: skip
PROVOKE = """
kinds => {
  const known = /^(https?|mailto|tel|viber):$/;  // viber: shares the page
  const found = [];
  let elements = 0;
  const shown = window.shown ||= new Set();  // what stands on many pages (menu, foot, rows of lists) is provoked once
  for (const frame of document.querySelectorAll('iframe')) {
    const inside = frame.contentDocument, own = inside.defaultView;
    if (!inside.body) { found.push('no page in ' + frame.src); continue; }
    inside.addEventListener('click', event => {
      const link = event.target.closest('a');
      if (link && link.protocol !== 'javascript:') event.preventDefault();
    }, true);
    const place = frame.src;
    // The theme's own controls, where no words of an author stand: the search and the panel of the page's look.
    const controls = new Set(['body > header > .top > .top__inner > .top__search > form', 'main > form.search-box--large', 'body > header > form[role=search]', 'body > #view-panel']
      .flatMap(place => [...inside.querySelectorAll(place), ...inside.querySelectorAll(`${place} *`)]));
    const known_before = new Set();
    for (const part of inside.querySelectorAll('body > *, head > *, li, tr, article, section')) {
      const bytes = part.outerHTML;
      if (shown.has(bytes)) for (const one of [part, ...part.querySelectorAll('*')]) known_before.add(one);
      shown.add(bytes);
    }
    for (const one of inside.querySelectorAll('*')) {
      if (known_before.has(one)) continue;
      elements++;
      for (const {name, value} of one.attributes) {
        if (/^on/.test(name) || ['style', 'srcdoc', 'formaction', 'ping', 'background', 'name'].includes(name) && one.localName !== 'meta' && !controls.has(one))
          found.push(`${place} ${one.localName} ${name}=${value}`);
        if (['href', 'src', 'action', 'data', 'xlink:href'].includes(name) && !known.test(new URL(value, own.location.href).protocol))
          found.push(`${place} ${one.localName} ${name}=${value}`);
      }
      if (['iframe', 'object', 'embed', 'form', 'input', 'base', 'style', 'math', 'video', 'audio'].includes(one.localName) && one.id !== 'list-filter' && !controls.has(one))
        found.push(`${place} <${one.localName}>`);
      if (one.localName === 'script' && !one.getAttribute('src') && one.type !== 'application/ld+json') found.push(`${place} <script>`);
      for (const kind of kinds)
        one.dispatchEvent(new own.Event(kind, {bubbles: false, cancelable: true}));
      if (one.focus) one.focus({preventScroll: true});
      if (one.click) one.click();
    }
  }
  return {found, elements};
}
"""


class Pages(http.server.ThreadingHTTPServer):
    """Pages from the memory, and those of a folder without their policy."""

    request_queue_size = 256
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages, self.folder = {}, None
        self.address = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """A browser closes connections as it likes."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # a connection and a thread for each of 10,000 requests take longer than the pages

    def log_message(self, format, *args):
        pass

    def do_GET(self):
        path = self.path.split("?")[0]
        body, kind = self.server.pages.get(path), "text/html; charset=utf-8"
        if body is None and self.server.folder is not None:
            file = self.server.folder / path.strip("/")
            file = file / "index.html" if file.is_dir() else file
            body = file.read_bytes() if file.is_file() else None
            if file.suffix == ".html" and body:
                body = re.sub(rb'<meta http-equiv="Content-Security-Policy"[^>]*>', b"", body)
            elif body:
                kind = {".css": "text/css", ".svg": "image/svg+xml", ".webp": "image/webp"}.get(
                    file.suffix, "text/plain"
                )
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body or b"")))
        if not kind.startswith("text/html"):
            self.send_header("Cache-Control", "max-age=3600")
        self.end_headers()
        self.wfile.write(body or b"")


@pytest.fixture
def pages():
    server = Pages()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def provoked(browser, pages):
    """What ran, was asked for elsewhere or stands in pages that should not, after every event on every element."""
    contexts = []

    def provoke(addresses, kinds=SOON):
        context = browser.new_context()
        contexts.append(context)
        seen, elements = [], 0

        def asked(route):
            seen.append(f"request {route.request.url}")
            route.abort()

        context.route(re.compile(f"^(?!{re.escape(pages.address)}/)"), asked)
        context.expose_function("ran", lambda words: seen.append(words))
        context.add_init_script(HOOKS)
        page = context.new_page()
        page.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("popup", lambda popup: seen.append(f"popup {popup.url}"))
        addresses = list(addresses)
        pages.pages["/frames"] = b"<!doctype html><title>x</title>"
        page.goto(f"{pages.address}/frames", wait_until="load")
        for start in range(0, len(addresses), FRAMES):
            page.evaluate(SHOW, addresses[start : start + FRAMES])
            result = page.evaluate(PROVOKE, kinds)
            seen += result["found"]
            elements += result["elements"]
        page.wait_for_timeout(300)  # what waits for a moment
        return seen, elements

    yield provoke
    for context in contexts:
        context.close()


def _document(body):
    return f'<!doctype html><html lang="uk"><title>x</title><body>{body}'.encode("utf-8", "replace")


def test_the_list_is_long_enough():
    assert len(payloads.public()) >= 300
    assert len(ALL) >= 700


def test_an_unsanitised_page_is_found_out(pages, provoked):
    """The test can fail: handlers that nobody took off run, and a picture from elsewhere is asked for."""
    control = [f"<img src=x {event}=alert(1)>" for event in payloads.EVENTS] + ["<script>alert(1)</script>"]
    control += ['<img src="//elsewhere.example/x.png">', "<a href='javascript:alert(1)'>т</a>", "<svg onload=alert(1)>"]
    for number, payload in enumerate(control):
        pages.pages[f"/c/{number}"] = _document(payload)
    seen, _ = provoked([f"/c/{number}" for number in range(len(control))], [name[2:] for name in payloads.EVENTS])

    assert (
        len({one.split()[0] for one in seen if " alert 1" in one}) >= 70
    )  # the others belong to windows, forms and films
    assert any(one.startswith("request http://elsewhere.example/") for one in seen)
    assert any("onclick=alert(1)" in one for one in seen)


def test_the_sanitiser_alone_lets_nothing_run(pages, provoked):
    """The check is passed by: what it refuses is drawn as well."""
    markup, addresses = Markup(), []
    forms = ("{}", "<div>{}</div>", "слово {} слово", '<p title="{}">т</p>', "> - {}", "## {}")
    for number, payload in enumerate(ALL):
        texts = [markup.text(item(), words.format(payload)).html for words in forms]
        pages.pages[f"/s/{number}"] = _document("".join(texts))
        addresses.append(f"/s/{number}")
    seen, elements = provoked(addresses, [name[2:] for name in payloads.EVENTS])

    assert seen == []
    assert elements > len(addresses) * 3
    print(f"\nsanitiser alone: {len(ALL)} payloads in {len(forms)} forms, {elements} elements")


@pytest.fixture(scope="session")
def built(shared):
    """A site of each `step`-th payload that the check accepts, in every way in; how many were refused."""

    def build(step):
        folder = shared.folder(f"payloads-{step}", lambda folder: _make(folder, step))
        return folder / "output", int((folder / "refused.txt").read_text("utf-8"))

    return build


def _make(folder, step):
    content = folder / "content"
    (content / "images").mkdir(parents=True)
    from PIL import Image

    Image.new("RGB", (60, 40), "#204080").save(content / "images/x.png")
    for name, text in _files(step):
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "replace"))
    options = Options.from_environment(ROOT, {"TODAY": "2022-01-15", "JOBS": "1"}).with_changes(
        content=content,
        output=folder / "output",
        settings_file="pelicanconf.py",
        cache_name=str(cache_in(folder)),
    )
    refused = _take_out_refused(options, content)
    quietly_built(options)
    (folder / "refused.txt").write_text(str(refused), "utf-8")


def _files(step):
    """A file for each `step`-th payload and each way in, so that one refusal hides no other."""
    rows = io.StringIO()
    table = csv.writer(rows, delimiter=";", lineterminator="\n")
    table.writerow(["Дата", "Назва", "Посилання", "Вид"])
    for number, payload in list(enumerate(ALL))[::step]:
        line = " ".join(payload.split()) or "x"
        day = f"2021-{7 + number % 6:02d}-{1 + number % 28:02d}"
        head = f"date: {day}\n"
        name = f"{number:04d}"
        yield f"news/a/{day}-m{name}.md", f"---\ntitle: т\n{head}---\n\n{payload}\n"
        if number % 2:
            yield f"news/b/{day}-h{name}.md", f"---\ntitle: т\n{head}---\n\n<div>{payload}</div>\n"
        keys = ("title", "summary", "category", "tags", "author", "source", "event-place", "image-alt")
        fields = "".join(f"{key}: {line}\n" for key in keys if key != "category" or number % 4 == 0)
        pictures = f"image: /images/x.png\ngallery: /images/x.png | {line}\nevent-date: {day}\n"
        yield f"news/c/{day}-t{name}.md", f"---\n{fields}{pictures}{head}---\n\n![{line}](/images/x.png)\n"
        yield (
            f"news/f/{day}-l{name}.md",
            f"---\ntitle: т\n{head}---\n\n[т]({line}) <{line}> [т](<{line}>)\n\n[д]: {line}\n\n[д]\n",
        )
        if number % 16 == 0:
            unit = "".join(f"{key}: {line}\n" for key in ("title", "phone", "email", "address", "hours", "head"))
            yield f"units/u{name}/index.md", f"---\n{unit}---\n\nтекст\n"
            yield f"units/u{name}/{day}-x.md", f"title: {line}\n{head}\nтекст\n"
        cell = re.sub("[\x00-\x1f\x7f\ufffe\uffff]", "", line)  # one such sign refuses the whole table
        table.writerow([day, cell, cell if number % 2 else "", cell[:20] if number % 20 == 0 else ""])
    yield "registers/monitoring/a.csv", rows.getvalue()
    yield "reports/2021-h2.md", "---\ntitle: Звіт\nperiod: 2021-H2\n---\n\nРозміщено [[news зн.]].\n"


def _take_out_refused(options, content):
    """Takes away the files and rows that the check refuses, again and again: one refusal may lead to another."""
    refused = 0
    for _ in range(12):
        errors = _errors(options)
        if not errors:
            return refused
        rows = {one.line for one in errors if one.path.endswith(".csv")}
        for path in {one.path for one in errors if not one.path.endswith(".csv")}:
            file = content / path.removeprefix("content/")
            if file.exists():
                file.unlink()
                refused += 1
        table = content / "registers/monitoring/a.csv"
        lines = table.read_text("utf-8").split("\n")
        table.write_text("\n".join(line for number, line in enumerate(lines, 1) if number not in rows), "utf-8")
        refused += len(rows)
    raise AssertionError(f"{len(errors)} refusals remain: {errors[:3]}")


def _errors(options):
    snapshot = checked_snapshot(options)
    snapshot.remember()  # what was read once is not read again, by the build neither
    return snapshot.errors


@pytest.mark.parametrize("step", [24, pytest.param(1, marks=pytest.mark.soak)])
def test_a_site_of_payloads_runs_nothing(built, pages, provoked, step):
    output, refused = built(step)
    pages.folder = output
    found = sorted(path.parent.relative_to(output).as_posix() for path in output.rglob("index.html"))
    found = [
        path for path in found if not path.startswith("dovidnyk-redaktora")
    ]  # our own words, and most of all elements
    seen, elements = provoked(f"/{path}/" if path != "." else "/" for path in found)

    assert seen == []
    print(
        f"\nsite: {len(ALL[::step])} payloads, {refused} files and rows refused, {len(found)} pages, {elements} elements"
    )


def test_feeds_and_the_map_are_whole_xml(built):
    from xml.etree import ElementTree

    output, _ = built(8)
    for path in [*output.rglob("*.atom"), output / "sitemap.xml"]:
        ElementTree.fromstring(path.read_bytes())


def test_headers_take_a_payload_as_it_is():
    """A payload in a header is text: none opens a second field."""
    for payload in ALL:
        line = " ".join(payload.split())
        document = parse_document("x.md", f"---\ntitle: {line}\ndate: 2021-07-05\n---\n\nтекст", ("title", "date"))
        assert (document.text("date"), document.body.strip()) == ("2021-07-05", "текст")
