"""The pictures of the editors' handbook, renewed: `PYTHONPATH=plugins:. python -m tests.browser.handbook_pictures`.

Pages are those of the sample archive in Debian's Chromium; what stands in a terminal is what the commands have said. The
editor is that of `make serve`, its login and the state of the site stand over the git host of the tests. No name of a
person is on any of them: the sample archive has none.
"""

from __future__ import annotations

import html
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from PIL import Image

from hromada.demo.recipe import SOURCE_REPORT, archive
from hromada.demo.sample_files import pictures
from hromada.domain.law import POINTS
from hromada.reading.text_decoding import decode_table
from tests import needs
from tests.browser.test_status_page import NOW, Desk, error, news
from tests.chromium import launch_chromium
from tests.cms_login import login_script
from tests.editor.bare_repository import BareRepository
from tests.editor.conftest import build_site, served
from tests.editor.git_host_server import GitHostServer

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = ROOT / "docs" / "img"
TODAY = "2022-01-15"
WIDTH, HEIGHT, SCALE = 1000, 660, 1.2  # 1,200 pixels wide: the site's larger copy
EDITOR_WIDTH, EDITOR_HEIGHT = 1280, 800
PATIENCE = 180_000  # milliseconds: the check reads the whole sample archive
NEWS = """---
Заголовок: "Рада: зустріч із мешканцями"
Дата: "14.01.2022 14:30"
Рубрика: Громада
Зображення: zrazok-ranok.png
Опис зображення: Сонце над зеленими пагорбами
---

Говорили про дороги, освітлення та графік автобусів. Схема нового маршруту – нижче.

## Що вирішили

- додати ранковий рейс;
- оновити зупинки.
"""
EVENT = """---
Заголовок: Бібліотека запрошує на день відкритих дверей
Дата: "10.01.2022"
Дата події: "22.01.2022 11:00"
Кінець події: "22.01.2022 15:00"
Місце: Центральна бібліотека, читальна зала
Рубрика: Громада
---

Покажемо нові книжки, запишемо до бібліотеки дітей і дорослих. Вхід вільний.
"""
UNIT = """---
title: Відділ житлово-комунального господарства
phone: (05763) 0-00-00
email: zrazok@hromada.example
address: площа Перемоги, 5
map: https://www.openstreetmap.org/search?query=Derhachi
hours: пн–чт 8:00–17:15, пт 8:00–16:00, перерва 12:00–12:45
head: начальник відділу
---

Чим займається відділ, з чим до нього звертатися.
"""
FAULTY = 'Заголовок: Зустріч із мешканцями\nДата: 15/01/22\n\nЗапрошуємо до зали "Зевс".\n'
_TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #14202e; color: #e6ecf3; }}
pre {{ margin: 0; padding: 22px 26px; font: 17px/1.55 "DejaVu Sans Mono", "Liberation Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }}
b {{ color: #8cc1ff; font-weight: 400; }}
</style><pre>{}</pre>"""
_SHEET = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; font: 14px/1.3 "Liberation Sans", sans-serif; color: #14202e; background: #fff; }}
table {{ border-collapse: collapse; inline-size: 100%; }}
td, th {{ border: 1px solid #d3dbe4; padding: 6px 8px; text-align: start; font-weight: 400; max-inline-size: 190px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }}
th {{ background: #f2f5f9; color: #4c5a69; text-align: center; }} tr:nth-child(3) td {{ font-weight: 700; }}
</style><table>{}</table>"""


def main() -> None:
    """Write every picture, or say why not."""
    if not needs.CHROMIUM.exists():
        sys.exit("немає Chromium: apt install chromium")
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SCALE)
        page.clock.install(
            time="2022-01-14T10:00:00+02:00"
        )  # a Friday: «відчинено», events and alerts are judged by it
        _draw(page, Path(folder))
        for draw in (_login, _status):
            draw(_editor_page(browser), Path(folder) / draw.__name__)
        browser.close()
    sizes = {path.name: path.stat().st_size for path in sorted(PICTURES.iterdir())}
    print(*(f"{size:>7} {name}" for name, size in sizes.items()), f"{sum(sizes.values()):>7}", sep="\n")


def _draw(page, folder: Path) -> None:
    content = _sample(folder / "content")
    with _served(content, folder / "output") as (address, said):
        _draw_editor(_editor_page(page.context.browser), said)
        shown = re.sub(r"127\.0\.0\.1:876(\d)", r"127.0.0.1:800\1", re.sub("token=.*", "token=…", said)).replace(
            f"{folder}/", ""
        )
        _save(page, "serve", _terminal(f"make serve\n{shown}"), height=125)
        for name, path in {
            "home": "/", "news": "/news/zustrich-2022-01-14/", "event": "/news/biblioteka-2022-01-10/",
            "unit": "/units/viddil-zhkh/", "law": "/opryliudnennia/",
        }.items():  # fmt: skip
            _go(page, address + path)
            _keep(page, name, {"event": 720, "unit": 600}.get(name, HEIGHT))
        page.set_viewport_size({"width": WIDTH, "height": 1080})
        page.goto(f"{address}/services/reiestratsiia-mistsia-prozhyvannia/")
        _keep(page, "service", 1080)
        page.set_viewport_size({"width": 1200, "height": 1300})  # all figures stand in one row
        page.goto(f"{address}/reports/2021-h2/")
        _keep(page, "report", 1300, width=1200)
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        (content / "law.toml").write_text(_whole_law(), "utf-8")  # what it lacks would fill the picture
        (content / "news/2022/2022-01-15-zustrich.md").write_text(FAULTY, "utf-8")
        page.goto(address)
        page.get_by_text("виправте зауваження").wait_for()
        _keep(page, "trouble", 310)
    checked = _said("check", CONTENT=str(content))
    _save(page, "check", _terminal(f"make check\n{_about(checked, 'zustrich')}"), height=200)
    _save(page, "register", _sheet(content / "registers/social"), height=330)


def _editor_page(browser):
    context = browser.new_context(
        viewport={"width": EDITOR_WIDTH, "height": EDITOR_HEIGHT}, device_scale_factor=SCALE, locale="uk-UA"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.clock.install(time="2022-01-15T10:00:00+02:00")
    return page


def _draw_editor(page, said: str) -> None:
    """A news item with photos, from the list to a finding, and a row of a register."""
    editor = re.search(r"Редактор: (\S+)", said)
    assert editor is not None
    page.goto(editor[1])
    page.locator("[role=row]").first.wait_for()
    page.get_by_text("Видалити").first.wait_for()
    _keep_editor(page, "editor", height=620)
    page.locator("button", has_text="Створити").last.click()
    title = _field(page, "title").locator("input")
    title.fill("Зразок: у парку відкрили дитячий майданчик")
    _field(page, "category").get_by_role("combobox").click()
    page.get_by_role("option", name="Благоустрій").click()
    _field(page, "status").get_by_role("radio", name="опубліковано").click()
    _field(page, "body").locator("[contenteditable]").click()
    page.keyboard.insert_text("Це зразок новини. Майданчик працює щодня з 8:00 до 21:00.")
    _field(page, "title").scroll_into_view_if_needed()
    _keep_editor(page, "form")
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.png" for number in range(3)]
        for file, (_, data) in zip(files, pictures(), strict=False):
            file.write_bytes(data)
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Додати кілька фото").click()
        chooser.value.set_files([str(file) for file in files])
        page.get_by_text("Опишіть кожне фото").wait_for()
    _field(page, "gallery.0.alt").locator("input").fill("Сонце над зеленими пагорбами")
    page.wait_for_timeout(500)  # until the small picture is drawn
    _keep_editor(page, "photos")
    for number in (1, 2):
        _field(page, f"gallery.{number}.alt").locator("input").fill("Пагорби ввечері")
    title.fill("Зразок: у парку відкрили\u200b дитячий майданчик")  # as pasted texts have it
    page.get_by_role("button", name="Зберегти", exact=True).click()
    page.get_by_text("У збереженому тексті:").wait_for()
    page.get_by_text("Збережено 1 запис").wait_for(state="hidden")
    _keep_editor(page, "finding")
    page.set_viewport_size({"width": EDITOR_WIDTH, "height": 1100})  # the form and the first rows of the table
    page.goto(f"{editor[1].split('#')[0]}registers/")
    page.get_by_role("link", name="Матеріали, передані до газети").click()
    page.get_by_role("button", name="Додати рядок").wait_for()
    page.locator("table tbody tr").first.wait_for()
    _keep_editor(page, "row", height=880)


def _field(page, key: str):
    return page.locator(f'section[data-key-path="{key}"]')


def _login(page, folder: Path) -> None:
    """The first page of the editor of a site that is online, asking for a token."""
    host = GitHostServer(
        BareRepository.holding(folder / "sait.git", {"content/news/2022/2022-01-10-a.md": news("Зразок")})
    )
    with served(build_site(folder / "site", host, "github")) as address:
        page.goto(f"{address}/admin/")
        page.get_by_role("button", name="Увійти за допомогою токена").click()
        page.get_by_role("textbox").first.wait_for()
        _keep_editor(page, "login", height=560)
    host.close()


def _status(page, folder: Path) -> None:
    """The page of the site's state with an item in each state that an editor meets often."""
    desk = Desk(folder, "gitea")
    online = _saved(desk, 300, "content/news/2022/2022-01-11-zrazok.md", news("Зразок: амбулаторію відкрито"))
    desk.publish(online)
    path = "content/news/2022/2022-01-14-toloka.md"
    refused = _saved(desk, 100, path, news("Зразок: толока в парку", "14/13/22"))
    desk.tell({"commit": refused, "outcome": "refused", "problems": [error(path, 3)]})
    _saved(desk, 2, "content/units/tsnap/2022-01-15-hrafik.md", news("Зразок: ЦНАП працює довше", "2022-01-15"))
    page.clock.set_fixed_time(NOW)
    page.add_init_script(login_script("gitea", desk.host.token))
    page.goto(f"{desk.address}/admin/status/")
    page.get_by_text("Сайт не оновлюється").first.wait_for()
    _keep_editor(page, "status", height=740)
    desk.close()


def _saved(desk: Desk, minutes: int, path: str, text: bytes) -> str:
    """A commit some minutes ago, by a department: pictures name no person."""
    when = (NOW - timedelta(minutes=minutes)).isoformat()
    given = {"NAME": "Відділ інформації", "EMAIL": "zrazok@hromada.example", "DATE": when}
    author = {f"GIT_{who}_{key}": value for who in ("AUTHOR", "COMMITTER") for key, value in given.items()}
    return desk.repository.commit("main", "Зразок", changed={path: text}, environment=author)


def _keep_editor(page, name: str, height: int = EDITOR_HEIGHT) -> None:
    _keep(page, name, height, width=EDITOR_WIDTH)


def _go(page, address: str) -> None:
    """Open a page of the preview, which may be loading anew by itself."""
    from playwright.sync_api import Error

    try:
        page.goto(address)
    except Error:
        page.goto(address)


def _sample(content: Path) -> Path:
    due = {
        name: data
        for name, data in archive(SOURCE_REPORT)
        if "/2022-" not in name or name.split("/2022-")[1] < TODAY[5:]
    }
    files = {**due, "news/2022/2022-01-14-zustrich.md": NEWS.encode()}
    files |= {"news/2022/2022-01-10-biblioteka.md": EVENT.encode(), "units/viddil-zhkh/index.md": UNIT.encode()}
    files |= {f"news/2022/{Path(name).name}": data for name, data in pictures()}
    files["law.toml"] = (ROOT / "content/law.toml").read_bytes()
    files |= {f"pages/{path.name}": path.read_bytes() for path in (ROOT / "content/pages").glob("*.md")}
    for name, data in files.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_bytes(data)
    return content


def _whole_law() -> str:
    return "".join(f'{point} = "https://hromada.example/"\n' for point in POINTS)


@contextmanager
def _served(content: Path, output: Path) -> Iterator[tuple[str, str]]:
    """`make serve` of the content: its address, and what it has said until it served."""
    environ = os.environ | {"CONTENT": str(content), "OUTPUT": str(output), "PORT": "8760", "TODAY": TODAY}
    command = [sys.executable, "-X", "utf8", str(ROOT / "tasks.py"), "serve"]
    process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    said: list[str] = []
    while not said or "Перегляд: http://127.0.0.1" not in said[-1]:
        said.append(process.stdout.readline())
        assert said[-1], "".join(said)
    try:
        kept = [line for line in said if ".md:" not in line and ".toml:" not in line and not line.startswith("…")]
        yield "http://127.0.0.1:8760", "".join(kept)
    finally:
        process.terminate()
        process.wait()


def _said(command: str, **settings: str) -> str:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(ROOT / "tasks.py"), command], env=os.environ | {"TODAY": TODAY} | settings,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


def _about(said: str, word: str) -> str:
    """The lines of a check that are about one file, and how it ends."""
    lines = said.splitlines()
    return "\n".join([*(line for line in lines if word in line), lines[-1]])


def _terminal(said: str) -> str:
    """What was typed and said, the first line being a command."""
    lines = [html.escape(line) for line in f"$ {said}".strip().split("\n")]
    return _TERMINAL.format("\n".join(f"<b>{line}</b>" if line.startswith("$ ") else line for line in lines))


def _sheet(folder: Path) -> str:
    """The first rows of a register as a program for tables shows them."""
    rows = [line.split(";") for line in decode_table((folder / "rada.csv").read_bytes()).splitlines()[:9]]
    cells = [f"<tr><th></th>{''.join(f'<th>{chr(65 + number)}</th>' for number in range(len(rows[0])))}</tr>"]
    for number, row in enumerate(rows, 1):
        inner = "".join(f"<td>{html.escape(one)}</td>" for one in row)
        cells.append(f"<tr><th>{number}</th>{inner}</tr>")
    return _SHEET.format("".join(cells))


def _save(page, name: str, source: str, *, height: int) -> None:
    page.set_content(source)
    _keep(page, name, height)


def _keep(page, name: str, height: int, width: int = WIDTH) -> None:
    taken = page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": height})
    image = Image.open(io.BytesIO(taken)).convert("RGB")
    image.thumbnail((1_200, height))
    image.save(PICTURES / f"handbook-{name}.webp", quality=72, method=6)


if __name__ == "__main__":
    main()
