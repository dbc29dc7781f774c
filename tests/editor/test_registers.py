"""A row of a register on its way from the page of a built site into a real repository."""

import re

import pytest
from playwright.sync_api import expect

from hromada.reading.registers import read_register_file
from tests import needs
from tests.browser.admin_modules import ACCOUNTS
from tests.editor.bare_repository import BareRepository
from tests.editor.conftest import build_site, served
from tests.editor.git_host_server import GitHostServer

pytestmark = [pytest.mark.browser, needs.chromium]
PAPER = "content/registers/newspaper/2021-h2.csv"
BEFORE = "\ufeffДата;Видання;Номер;Назва\r\n05.07.2021;Вісті;26;«Зевс; спорт»\r\n".replace(
    "«Зевс; спорт»", '"Зевс; спорт"'
)
FILES = {
    "content/news/2022/2022-01-10-persha-novyna.md": "title: Перша\ndate: 2022-01-10\n\nТекст.\n".encode(),
    "content/registers/accounts.toml": '[[account]]\nid = "rada"\nname = "Рада"\nnetworks = ["facebook"]\ngroup = "main"\n'.encode(),
    PAPER: BEFORE.encode(),
}  # fmt: skip


@pytest.mark.parametrize("backend", ["gitea", "github"])
def test_a_row_of_the_newspaper_arrives_as_one_commit(browser, tmp_path, backend):
    host = GitHostServer(BareRepository.holding(tmp_path / "sait.git", FILES))
    context = browser.new_context()
    strange = []
    with served(build_site(tmp_path / "site", host, backend)) as address:
        page = context.new_page()
        page.clock.set_fixed_time("2021-12-20T10:00:00+02:00")
        page.on("console", lambda message: strange.append(message.text) if message.type == "error" else None)
        context.on(
            "request",
            lambda request: None if request.url.startswith((address, host.address)) else strange.append(request.url),
        )
        page.goto(f"{address}/admin/registers/#newspaper")
        page.get_by_label("Токен", exact=True).fill(host.token)
        page.keyboard.press("Enter")
        page.get_by_label("Дата", exact=True).first.fill("12.07.2021")
        page.get_by_label("Назва", exact=True).first.fill("Про воду")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Зберегти").click()
        expect(page.locator("[data-status]")).to_contain_text(re.compile("^Збережено"))
    context.close()
    host.close()
    after = host.repository.files()

    assert after == FILES | {PAPER: (BEFORE + "12.07.2021;Вісті;26;Про воду\r\n").encode()}
    entries, problems = read_register_file("newspaper", PAPER, after[PAPER], ACCOUNTS)
    assert ([entry.title for entry in entries], problems) == (["Зевс; спорт", "Про воду"], [])
    assert strange == []
