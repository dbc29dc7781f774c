"""The page of registers in Debian's Chromium, as an editor uses it: a row by the form, paste from Excel, conflicts, by keyboard."""

import re
import threading

import pytest
from playwright.sync_api import expect

from hromada.editor.git_host import git_host
from tests import needs
from tests.browser.admin_modules import served, site_of_registers
from tests.browser.axe import violations
from tests.cms_login import login_script
from tests.editor.bare_repository import BareRepository, identity
from tests.editor.git_host_server import NAME, OWNER, Answer, GitHostServer

pytestmark = [pytest.mark.browser, needs.chromium]
PAPER, SOCIAL = "content/registers/newspaper/2021-h2.csv", "content/registers/social/2021-h2.csv"
FILES = {
    PAPER: (
        "\ufeffДата;Видання;Номер;Назва;Посилання\r\n05.07.2021;Вісті;26;Про транспорт;\r\n12.07.2021;Вісті;27;«Зевс; спорт»;\r\n"
        '19.07.2021;Вісті;28;"Про ""воду""";https://visti.example/1\r\n'
    ).encode(),
    SOCIAL: "Дата;Сторінка;Мережа;Вид;Назва;Посилання\n05.07.2021;ДМР;Фейсбук;допис;Свято;https://www.facebook.com/rada/posts/1\n".encode(),
    "content/registers/social/sichen.xlsx": b"PK",
    "content/registers/accounts.toml": b"",
}  # fmt: skip
FIRST_LINES = FILES[PAPER].decode()
COLLEAGUE = identity("Колега", "koleha@rada.example")


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    server = GitHostServer(BareRepository.holding(tmp_path_factory.mktemp("host") / "sait.git", FILES))
    yield server
    server.close()


@pytest.fixture(scope="module")
def address(host, tmp_path_factory):
    folder = site_of_registers(tmp_path_factory.mktemp("registers"), git_host(host.setting("github")))
    with served(folder) as address:
        yield address


@pytest.fixture
def visit(browser, host, address):
    """Opens the page, signed in; a request to a third host or an error in the console fails the test."""
    host.repository.move_branch("main", first_commit(host))
    host.before = lambda method, path: None
    host.requests.clear()
    contexts, strange, tokens = [], [], set()

    def open_(place="", *, signed_in=True, moment="2021-12-20T10:00:00+02:00", **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        own = (address, host.address)
        context.on("request", lambda request: strange.append(request.url) if not request.url.startswith(own) else None)
        context.on("request", lambda request: tokens.add(request.headers.get("authorization", "")))
        page = context.new_page()
        page.clock.set_fixed_time(moment)
        page.on("console", lambda message: strange.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: strange.append(str(error)))
        if signed_in:
            context.add_init_script(login_script("github", host.token))
        page.goto(f"{address}/admin/registers/{place}")
        if signed_in:
            page.wait_for_selector("[data-registers] a")
            if place:
                page.wait_for_selector("[data-rows] tr")
        return page

    open_.strange, open_.tokens = strange, tokens
    yield open_
    for context in contexts:
        context.close()
    assert strange == []


def first_commit(host):
    return host.repository.commits("main")[-1].sha


def written(host, path=PAPER):
    return host.repository.files()[path].decode()


def put(host, data, path=PAPER):
    """A colleague saves a file."""
    host.repository.commit("main", "Зміна колеги", changed={path: data}, environment=COLLEAGUE)


def refuse_all(host):
    """The token has expired."""

    def refuse(_method, _path):
        raise Answer(401, {"message": "Bad credentials"})

    host.before = refuse


def commits(host):
    """The commits of the editor: what they say and which files they change."""
    made = host.repository.commits("main")[:-1]  # without the first one, that of the repository
    return [
        (one.message, [path for _, path in host.repository.changed(one.parents[0], one.sha)])
        for one in reversed(made)
        if one.name == host.user["name"]
    ]


def cells(page, row=0):
    return [
        " ".join(cell.split()) for cell in page.locator("[data-rows] tr").nth(row).locator("td").all_inner_texts()[:-1]
    ]


def status(page):
    return page.locator("[data-status]").inner_text()


def until(page, words):
    expect(page.locator("[data-status]")).to_contain_text(words)


class Hands:
    """A person's actions, counted: a click, a filled field, a key that does something."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def click(self, name):
        self.actions += 1
        self.page.get_by_role("link", name=name).or_(self.page.get_by_role("button", name=name)).first.click()

    def fill(self, label, text):
        self.actions += 1
        self.page.get_by_label(label, exact=True).first.fill(text)

    def press(self, key):
        self.actions += 1
        self.page.keyboard.press(key)


def test_a_newspaper_row_takes_at_most_eight_actions(visit, host):
    hands = Hands(visit())
    hands.click("Матеріали, передані до газети")
    hands.page.wait_for_selector("[data-rows] tr")
    hands.fill("Дата", "26.07.2021")
    hands.fill("Номер", "29")
    hands.fill("Назва", "Про ремонт; дорога")
    hands.press("Enter")
    hands.click("Зберегти")
    until(hands.page, "Збережено")

    assert hands.actions <= 8
    assert written(host) == FIRST_LINES + '26.07.2021;Вісті;29;"Про ремонт; дорога";\r\n'
    assert commits(host) == [("Журнал «Матеріали, передані до газети»: додано 1 рядок", [PAPER])]
    assert visit.tokens == {f"Bearer {host.token}", ""}


def test_the_keyboard_alone_adds_and_saves_a_row(visit, host):
    page = visit()
    keyboard = page.keyboard

    def tab_to(selector):
        for _ in range(40):
            keyboard.press("Tab")
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(selector)

    tab_to("[data-registers] a[href='#newspaper']")
    keyboard.press("Enter")
    page.wait_for_selector("[data-rows] tr")
    tab_to("[data-new-row] input")
    keyboard.press("Control+A")
    keyboard.type("26.07.2021")
    for text in ("", "29", "З клавіатури"):
        keyboard.press("Tab")
        if text:
            keyboard.press("Control+A")
            keyboard.type(text)
    keyboard.press("Enter")
    tab_to("[data-save]")
    keyboard.press("Enter")
    until(page, "Збережено")

    assert written(host) == FIRST_LINES + "26.07.2021;Вісті;29;З клавіатури;\r\n"


def test_a_row_with_an_error_is_not_added_and_the_field_says_why(visit, host):
    page = visit("#newspaper")
    hands = Hands(page)
    hands.fill("Дата", "31.06.2021")
    hands.click("Додати рядок")
    field = page.get_by_label("Дата", exact=True).first

    assert field.get_attribute("aria-invalid") == "true"
    assert page.evaluate("document.activeElement === document.querySelector('[aria-invalid]')")
    described = field.get_attribute("aria-describedby").split()
    assert "дати «31.06.2021» не існує" in " ".join(page.locator(f"#{name}").inner_text() for name in described)
    assert "не додано" in status(page)
    hands.fill("Дата", "30.06.2021")
    hands.click("Додати рядок")
    assert cells(page)[0] == "30.06.2021"


def test_a_row_is_changed_and_every_other_byte_stays(visit, host):
    page = visit("#newspaper")
    page.get_by_role("button", name="Змінити рядок 3").click()
    page.locator("dialog[open]").get_by_label("Номер").fill("27а")
    page.keyboard.press("Enter")
    assert cells(page, 1)[2] == "27а"
    page.get_by_role("button", name="Зберегти").click()
    until(page, "Збережено")

    assert written(host) == FIRST_LINES.replace(";27;", ";27а;")


def test_a_removed_row_comes_back_by_one_button(visit, host):
    page = visit("#newspaper")
    page.get_by_role("button", name="Прибрати рядок 3").click()
    assert page.locator("[data-rows] tr").count() == 2
    assert "Скасувати" in status(page)
    assert page.evaluate("document.activeElement.textContent.includes('рядок 2')")
    page.get_by_role("button", name="Скасувати останню дію").click()
    assert page.locator("[data-rows] tr").count() == 3
    assert page.locator("[data-save]").is_disabled()
    page.get_by_role("button", name="Прибрати рядок 3").click()
    page.get_by_role("button", name="Зберегти").click()
    until(page, "Збережено")

    assert written(host) == FIRST_LINES.replace("12.07.2021;Вісті;27;«Зевс; спорт»;\r\n", "")


PASTE = """([html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData('text/html', html);
  data.setData('text/plain', text);
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_rows_from_excel_are_shown_before_they_are_taken(visit, host):
    page = visit("#newspaper")
    page.evaluate(
        PASTE, ["", 'Назва\tДата виходу\tАвтор\n"Два\nрядки"\t5.8.2021\tОлена\nДруга\t06.08.2021\t\nРазом\t2\t\n']
    )
    dialog = page.locator("dialog[open]")

    assert dialog.locator(".paste__notes li").all_inner_texts() == [
        "Розпізнано: 2\u00a0рядки.", "Підсумкові рядки не взято: 1.", "Стовпець «Автор» не взято: у журналі такого немає.",
    ]  # fmt: skip
    assert dialog.locator("tbody tr").first.locator("td").all_inner_texts() == ["Два рядки", "05.08.2021", "Олена"]
    assert page.locator("[data-rows] tr").count() == 3
    dialog.get_by_label("Стовпець 3").select_option("Видання")
    dialog.get_by_role("button", name="Додати 2").click()
    page.keyboard.press("Enter")  # the button that saves has the focus
    until(page, "Збережено")

    assert written(host) == FIRST_LINES + "05.08.2021;Олена;;Два рядки;\r\n06.08.2021;;;Друга;\r\n"


def test_a_word_pasted_into_a_field_stays_a_word(visit):
    page = visit("#newspaper")
    field = page.get_by_label("Назва", exact=True).first
    field.focus()
    page.evaluate(PASTE, ["", "Одне слово"])

    assert page.locator("dialog[open]").count() == 0


def test_a_faulty_pasted_row_is_saved_only_when_it_is_right(visit, host):
    page = visit("#newspaper")
    page.evaluate(PASTE, ["", "99.08.2021\tВісті\t30\tПомилка\n06.08.2021\tВісті\t30\tДобре\n"])
    assert "Із помилками: 1" in page.locator("dialog[open] .paste__notes").inner_text()
    page.get_by_role("button", name="Додати 2").click()
    page.get_by_role("button", name="Зберегти").click()
    assert "є помилка" in status(page)
    assert commits(host) == []
    assert page.evaluate("document.activeElement.textContent.startsWith('Змінити')")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("09.08.2021")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Зберегти").click()
    until(page, "Збережено")

    assert written(host).endswith("09.08.2021;Вісті;30;Помилка;\r\n06.08.2021;Вісті;30;Добре;\r\n")


def test_a_colleagues_rows_are_kept_beside_ours(visit, host):
    page = visit("#newspaper")
    put(host, (FIRST_LINES.replace("Про транспорт", "Про автобуси") + "20.07.2021;Вісті;28;Колеги;\r\n").encode())
    page.get_by_label("Дата", exact=True).first.fill("26.07.2021")
    page.get_by_label("Назва", exact=True).first.fill("Моя")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Зберегти").click()
    until(page, "разом зі змінами колеги")

    assert (
        written(host)
        == FIRST_LINES.replace("Про транспорт", "Про автобуси")
        + "20.07.2021;Вісті;28;Колеги;\r\n26.07.2021;Вісті;28;Моя;\r\n"
    )
    assert commits(host) == [("Журнал «Матеріали, передані до газети»: додано 1 рядок", [PAPER])]


def test_one_row_changed_by_both_is_kept_twice_until_a_person_decides(visit, host):
    page = visit("#newspaper")
    put(host, FIRST_LINES.replace("Про транспорт", "Про автобуси").encode())
    page.get_by_role("button", name="Змінити рядок 2").click()
    page.locator("dialog[open]").get_by_label("Назва").fill("Про тролейбуси")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Зберегти").click()
    until(page, "обидві версії")

    assert commits(host) == []
    texts = page.locator("[data-rows]").inner_text()
    assert "Про автобуси" in texts
    assert "Про тролейбуси" in texts
    assert page.locator(".cell-note--error", has_text="і ви, і колега").count() == 2
    theirs = page.locator("[data-rows] tr", has_text="Про автобуси")
    theirs.get_by_role("button", name="Прибрати").click()
    assert page.locator(".cell-note--error").count() == 0
    page.get_by_role("button", name="Зберегти").click()
    until(page, "Збережено")

    assert written(host) == FIRST_LINES.replace("Про транспорт", "Про тролейбуси")


def add(page, title, date="26.07.2021"):
    page.get_by_label("Дата", exact=True).first.fill(date)
    page.get_by_label("Назва", exact=True).first.fill(title)
    page.get_by_role("button", name="Додати рядок").click()


def test_a_row_that_is_added_while_a_save_is_under_way_stays(visit, host):
    page = visit("#newspaper")
    answer = threading.Event()
    host.before_write(lambda: answer.wait(20))
    add(page, "Перша")
    page.get_by_role("button", name="Зберегти").click()
    until(page, "Зберігаємо")
    add(page, "Друга")
    assert page.locator("[data-save]").is_disabled()
    answer.set()
    until(page, "Збережено")

    assert written(host) == FIRST_LINES + "26.07.2021;Вісті;28;Перша;\r\n"
    assert cells(page)[3] == "Друга"
    assert page.locator("[data-summary]").inner_text() == "Не збережено: додано 1\u00a0рядок."
    page.get_by_role("button", name="Зберегти").click()
    expect(page.locator("[data-save]")).to_be_disabled()
    until(page, "Збережено")
    assert written(host) == FIRST_LINES + "26.07.2021;Вісті;28;Перша;\r\n26.07.2021;Вісті;28;Друга;\r\n"


def test_a_file_opened_while_another_one_is_saved_keeps_its_own_rows(visit, host):
    page = visit("#newspaper")
    page.on("dialog", lambda dialog: dialog.accept())
    answer = threading.Event()
    host.before_write(lambda: answer.wait(20))
    add(page, "Моя")
    page.get_by_role("button", name="Зберегти").click()
    until(page, "Зберігаємо")
    page.evaluate("location.hash = '#social'")
    until(page, "Відкрито")
    answer.set()
    until(page, "Збережено")

    assert written(host).endswith("Моя;\r\n")
    assert page.locator("[data-rows]").inner_text().count("ДМР") == 1
    assert page.locator("[data-rows] tr").count() == 1
    assert page.locator("[data-saving]").is_hidden()


def test_a_save_whose_answer_was_lost_is_known_as_ours(visit, host):
    page = visit("#newspaper")
    page.route("**/graphql", lambda route: (route.fetch(), route.abort()), times=1)
    add(page, "Моя")
    page.get_by_role("button", name="Зберегти").click()
    page.wait_for_selector("[data-fault]:not([hidden])")
    page.get_by_role("button", name="Зберегти").click()
    until(page, "Збережено")

    assert written(host) == FIRST_LINES + "26.07.2021;Вісті;28;Моя;\r\n"
    assert len(commits(host)) == 1
    assert page.locator(".cell-note--error").count() == 0
    visit.strange.clear()  # the browser notes the lost answer


def test_a_row_that_both_have_added_waits_for_a_decision(visit, host):
    page = visit("#newspaper")
    theirs = FIRST_LINES + "26.07.2021;Вісті;28;Та сама;\r\n"
    put(host, theirs.encode())
    add(page, "Та сама")
    page.get_by_role("button", name="Зберегти").click()
    until(page, "записав такий самий рядок")
    assert page.locator(".cell-note--error", has_text="такий самий рядок записали").count() == 2
    assert commits(host) == []
    page.get_by_role("button", name="Лишити як є").click()
    page.get_by_role("button", name="Зберегти").click()
    until(page, "Збережено")

    assert written(host) == theirs + "26.07.2021;Вісті;28;Та сама;\r\n"


def test_rows_are_checked_again_beside_a_colleagues(visit, host):
    page = visit("#newspaper")
    theirs = FIRST_LINES + "20.07.2021;Вісті;28;Колеги;https://visti.example/7\r\n"
    put(host, theirs.encode())
    page.get_by_label("Посилання", exact=True).first.fill("https://visti.example/7")
    add(page, "Моя")
    page.get_by_role("button", name="Зберегти").click()
    until(page, "є помилка")

    assert page.locator("[data-code=duplicate-publication]").count() == 1
    assert commits(host) == []
    assert written(host) == theirs


def test_a_correction_that_both_have_made_is_no_conflict(visit, host):
    page = visit("#newspaper")
    theirs = FIRST_LINES.replace("Про транспорт", "Про автобуси")
    put(host, theirs.encode())
    page.get_by_role("button", name="Змінити рядок 2").click()
    page.locator("dialog[open]").get_by_label("Назва").fill("Про автобуси")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Зберегти").click()
    until(page, "таку саму зміну")

    assert (commits(host), written(host)) == ([], theirs)
    assert page.locator("[data-save]").is_disabled()


def test_a_row_that_we_changed_and_a_colleague_removed_waits_for_a_decision(visit, host):
    page = visit("#newspaper")
    put(host, FIRST_LINES.replace("05.07.2021;Вісті;26;Про транспорт;\r\n", "").encode())
    page.get_by_role("button", name="Змінити рядок 2").click()
    page.locator("dialog[open]").get_by_label("Назва").fill("Про автобуси")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Зберегти").click()
    until(page, "Поки ви працювали")

    assert "ви змінили цей рядок, а колега його прибрав" in page.locator("[data-rows]").inner_text()


def test_a_late_answer_replaces_nothing_that_was_entered_meanwhile(visit, host):
    page = visit("#newspaper")
    asked, held = [], []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.route("**/contents/**/social/2021-h2.csv*", lambda route: held.append(route))
    with page.expect_request("**/contents/**/social/2021-h2.csv*"):
        page.evaluate("location.hash = '#social'")
    add(page, "Моя")
    for route in held:
        route.continue_()
    page.wait_for_url("**/#newspaper/2021-h2.csv")

    assert cells(page)[3] == "Моя"
    assert asked == ["Незбережені зміни буде втрачено. Відкрити інший файл?"]


def test_of_two_files_the_one_that_was_asked_for_last_is_opened(visit, host):
    put(host, FIRST_LINES.encode(), "content/registers/newspaper/2021-h1.csv")
    page = visit("#newspaper")
    held = []
    page.route("**/contents/**/social/2021-h2.csv*", lambda route: held.append(route))
    with page.expect_request("**/contents/**/social/2021-h2.csv*"):
        page.evaluate("location.hash = '#social'")
    page.evaluate("location.hash = '#newspaper/2021-h1.csv'")
    until(page, "Відкрито 2021-h1.csv")
    with page.expect_response("**/contents/**/social/2021-h2.csv*"):
        for route in held:
            route.continue_()
    page.wait_for_selector("body:not([aria-busy])")

    assert page.evaluate("location.hash") == "#newspaper/2021-h1.csv"
    assert page.locator("[data-rows] tr").count() == 3


@pytest.mark.parametrize("place", ["#social", "#"])
def test_a_row_that_is_typed_and_not_added_is_asked_about(visit, host, place):
    page = visit("#newspaper")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_label("Назва", exact=True).first.fill("Ще не додано")
    page.evaluate("(place) => { location.hash = place; }", place)
    page.wait_for_url("**/#newspaper/2021-h2.csv")

    assert page.get_by_label("Назва", exact=True).first.input_value() == "Ще не додано"
    assert len(asked) == 1


@pytest.mark.parametrize("fault", ["abort", "missing"])
def test_a_page_whose_rules_did_not_come_says_so(visit, host, fault):
    page = visit(signed_in=False)
    page.route(
        "**/admin/registers.json", lambda route: route.abort() if fault == "abort" else route.fulfill(status=404)
    )
    page.get_by_label("Токен", exact=True).fill(host.token)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-fault]:not([hidden])")

    assert "Перевірте інтернет" in page.locator("[data-fault]").inner_text()
    visit.strange.clear()  # the browser notes the refused request


def test_other_columns_by_a_colleague_are_told_with_our_rows_to_copy(visit, host):
    page = visit("#newspaper")
    put(host, FIRST_LINES.replace("Посилання\r\n", "Посилання;Автор\r\n").encode())
    page.get_by_label("Назва", exact=True).first.fill("Моя")
    page.get_by_label("Дата", exact=True).first.fill("26.07.2021")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Зберегти").click()
    page.wait_for_selector("[data-fault]:not([hidden])")

    assert page.get_by_label("Ваші рядки").input_value() == "26.07.2021;Вісті;28;Моя;"
    assert commits(host) == []
    assert cells(page)[3] == "Моя"


def test_a_social_row_offers_the_sites_accounts_and_their_networks(visit, host):
    page = visit("#social")
    page.get_by_label("Сторінка", exact=True).first.select_option("Прудянський старостинський округ")
    assert page.get_by_label("Мережа", exact=True).first.input_value() == "Facebook"
    assert page.get_by_label("Вид", exact=True).first.locator("option").all_inner_texts()[1:4] == [
        "допис",
        "фото",
        "відео",
    ]
    page.get_by_label("Сторінка", exact=True).first.select_option("Дергачівська міська рада")
    page.get_by_label("Дата", exact=True).first.fill("06.07.2021")
    page.get_by_label("Посилання", exact=True).first.fill("https://www.instagram.com/p/x1/")
    page.get_by_label("Мережа", exact=True).first.select_option("Instagram")
    page.get_by_role("button", name="Додати рядок").click()
    page.get_by_role("button", name="Зберегти").click()
    until(page, "Збережено")

    assert (
        written(host, SOCIAL).splitlines()[-1]
        == "06.07.2021;Дергачівська міська рада;Instagram;допис;;https://www.instagram.com/p/x1/"
    )


def test_a_repeated_publication_is_told_with_its_first_place(visit):
    page = visit("#social")
    page.get_by_label("Дата", exact=True).first.fill("06.07.2021")
    page.get_by_label("Посилання", exact=True).first.fill("http://facebook.com/rada/posts/1?fbclid=x")
    page.get_by_role("button", name="Додати рядок").click()

    assert (
        page.locator("[data-code=duplicate-publication]")
        .inner_text()
        .endswith(f"ця публікація вже є: {SOCIAL}:2: приберіть один із двох рядків")
    )


def test_a_spreadsheet_is_not_edited_here_and_the_page_says_where(visit, host):
    page = visit("#social")
    note = page.locator("[data-spreadsheets]")

    assert "тут не редагують" in note.inner_text()
    assert (
        note.get_by_role("link").get_attribute("href")
        == f"{host.address}/{OWNER}/{NAME}/blob/main/content/registers/social/sichen.xlsx"
    )


@pytest.mark.parametrize(
    ("moment", "names", "opened"),
    [
        ("2021-12-31T23:59:00+02:00", ["2021-h1.csv", "2021-h2.csv", "2022-h1.csv"], "2021-h2.csv"),
        ("2021-12-31T22:30:00Z", ["2021-h1.csv", "2021-h2.csv", "2022-h1.csv"], "2022-h1.csv"),
        ("2022-03-01T10:00:00+02:00", ["2021-h2.csv", "zvedennya.csv"], "2022-h1.csv"),
        ("2022-03-01T10:00:00+02:00", ["2020.csv", "vsi.csv"], "vsi.csv"),
    ],
)
def test_the_file_of_the_current_half_year_in_kyiv_is_opened(visit, host, moment, names, opened):
    page = visit(moment=moment)
    files = {f"content/registers/newspaper/{name}": FILES[PAPER] for name in names}
    host.repository.commit(
        "main", "Інші файли", changed=files, removed=tuple(FILES.keys() - files.keys()), environment=COLLEAGUE
    )
    page.reload()
    page.get_by_role("link", name="Матеріали, передані до газети").click()

    page.wait_for_url(f"**/#newspaper/{opened}")


def test_a_new_file_is_named_by_its_half_year_and_begins_with_the_columns(visit, host):
    page = visit("#newspaper")
    page.clock.install(time="2022-03-01T10:00:00+02:00")
    page.goto(page.url.split("#")[0])
    page.wait_for_selector("[data-registers] a")
    page.get_by_role("link", name="Матеріали, передані до газети").click()
    until(page, "Новий файл 2022-h1.csv")  # the current half-year's, though a former one's is there
    assert page.get_by_role("button", name="Новий файл").count() == 0
    assert page.get_by_label("Дата", exact=True).first.input_value() == "01.03.2022"
    page.get_by_label("Видання").first.fill("Вісті")
    page.get_by_label("Назва", exact=True).first.fill("Перша")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Зберегти").click()
    page.clock.run_for(1000)
    until(page, "Збережено")

    new = "content/registers/newspaper/2022-h1.csv"
    assert written(host, new) == "\ufeffДата;Видання;Номер;Назва;Посилання\n01.03.2022;Вісті;;Перша;\n"
    assert page.get_by_label("Файл").locator("option").all_inner_texts() == ["2021-h2.csv", "2022-h1.csv"]
    visit.strange.clear()  # the browser notes that the host has no such file yet


def test_an_expired_token_is_asked_for_again_and_nothing_entered_is_lost(visit, host):
    page = visit("#newspaper")
    page.get_by_label("Дата", exact=True).first.fill("26.07.2021")
    page.get_by_label("Назва", exact=True).first.fill("Моя")
    page.keyboard.press("Enter")
    refuse_all(host)
    page.get_by_role("button", name="Зберегти").click()
    page.wait_for_selector("#sign-in-token")
    assert "не впізнало ваш токен" in page.locator(".sign-in__fault").inner_text()
    host.before = lambda method, path: None
    page.get_by_label("Токен", exact=True).fill(host.token)
    page.keyboard.press("Enter")
    until(page, "Збережено")

    assert written(host).endswith("26.07.2021;Вісті;28;Моя;\r\n")
    visit.strange.clear()  # the browser itself notes the refused request


def test_a_wrong_token_is_told_and_stays_out_of_every_address(visit, host):
    page = visit(signed_in=False)
    page.get_by_label("Токен", exact=True).fill("secret-of-mine")
    page.get_by_role("button", name="Увійти").click()
    expect(page.locator(".sign-in__fault")).not_to_be_empty()

    assert "не впізнало ваш токен" in page.locator(".sign-in__fault").inner_text()
    assert host.requests
    assert not [one for one in host.requests if "secret-of-mine" in f"{one.path} {one.query}"]
    assert "secret-of-mine" not in page.url
    assert page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])") == "[{},{}]"
    visit.strange.clear()


def test_ten_thousand_rows_come_in_pages_and_are_found(visit, host):
    rows = "".join(f"{number % 28 + 1:02d}.07.2021;Вісті;{number};Рядок {number};\r\n" for number in range(10_000))
    put(host, (FIRST_LINES.partition("\n")[0] + "\n" + rows).encode())
    page = visit("#newspaper")

    assert page.locator("[data-rows] tr").count() == 100
    assert page.locator("[data-page-words]").inner_text() == "Сторінка 1 з 100"
    page.get_by_role("button", name="Давніші").click()
    assert cells(page)[3] == "Рядок 9899"
    page.get_by_label("Знайти рядок").fill("рядок 1234")
    assert page.locator("[data-rows] tr").count() == 1
    page.get_by_role("button", name="Прибрати рядок 1236").click()
    page.get_by_role("button", name="Зберегти").click()
    until(page, "Збережено")

    assert written(host).count("\r\n") == 10_000
    assert "Рядок 1234;" not in written(host)


def reach_fault(page):
    page.get_by_label("Дата", exact=True).first.fill("x")
    page.get_by_role("button", name="Додати рядок").click()


def reach_paste(page):
    page.evaluate(PASTE, ["", "99.07.2021\tВісті\t1\tПомилка\n06.07.2021\tВісті\t1\tДобре"])


def reach_taken(page):
    reach_paste(page)
    page.locator("[data-paste-take]").click()


def reach_row(page):
    page.get_by_role("button", name=re.compile("Змінити рядок 5")).click()


WITH_FAULTS = FILES[PAPER] + "99.07.2021;Вісті;1;Помилка;tg://x\r\nРазом;;5;;\r\n".encode()
PHONE = {"viewport": {"width": 320, "height": 640}}
DARK = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}


@pytest.mark.parametrize(
    ("reach", "options"), [(reach_fault, PHONE), (reach_paste, DARK), (reach_row, PHONE), (reach_taken, DARK)]
)
def test_axe_finds_nothing(visit, host, reach, options):
    put(host, WITH_FAULTS)
    page = visit("#newspaper", bypass_csp=True, **options)  # axe puts styles into the page
    reach(page)

    assert violations(page) == []
    visit.strange.clear()  # axe asks for stylesheets at addresses of its own


def test_nothing_is_wider_than_a_small_window(visit, host):
    put(host, WITH_FAULTS)
    page = visit("#newspaper", **PHONE)
    for reach in (reach_fault, reach_taken, reach_row):
        reach(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), reach


def test_axe_finds_nothing_in_the_login(visit):
    page = visit(signed_in=False, bypass_csp=True, **PHONE)
    page.wait_for_selector("#sign-in-token")

    assert violations(page) == []
    visit.strange.clear()


def test_a_row_that_we_removed_and_a_colleague_changed_waits_for_a_decision(visit, host):
    page = visit("#newspaper")
    theirs = FIRST_LINES.replace("Про транспорт", "Про автобуси")
    put(host, theirs.encode())
    page.get_by_role("button", name="Прибрати рядок 2").click()
    page.get_by_role("button", name="Прибрати рядок 2").click()
    page.get_by_role("button", name="Зберегти").click()
    until(page, "обидві версії")
    assert "ви прибрали цей рядок, а колега його змінив" in page.locator("[data-rows]").inner_text()
    page.get_by_role("button", name="Лишити як є").click()
    page.get_by_role("button", name="Зберегти").click()
    until(page, "Збережено")

    assert written(host) == theirs.replace("12.07.2021;Вісті;27;«Зевс; спорт»;\r\n", "")


@pytest.mark.parametrize("place", ["#newspaper/..%2f..%2fpages.csv", "#newspaper/nema.csv", "#newspaper/.."])
def test_an_address_opens_no_file_that_the_register_lacks(visit, host, place):
    page = visit(place)

    assert page.evaluate("location.hash") == "#newspaper/2021-h2.csv"
    assert page.locator("[data-file] option").all_inner_texts() == ["2021-h2.csv"]


def test_an_address_that_was_cut_off_shows_the_registers(visit):
    page = visit()
    page.goto(f"{page.url}#newspaper/%E0%A4%A")
    page.reload()
    page.wait_for_selector("[data-registers] a")

    assert page.locator("[data-editor]").is_hidden()


def test_a_sign_that_the_files_encoding_lacks_is_told_before_it_is_lost(visit, host):
    put(host, FIRST_LINES.removeprefix("\ufeff").encode("cp1251"))
    page = visit("#newspaper")
    page.get_by_label("Дата", exact=True).first.fill("26.07.2021")
    page.get_by_label("Назва", exact=True).first.fill("Свято 🎉")
    page.keyboard.press("Enter")
    assert "немає знаків: 🎉" in page.locator("[data-new-row]").inner_text()
    page.get_by_label("Назва", exact=True).first.fill("Свято")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Зберегти").click()
    until(page, "Збережено")

    assert host.repository.files()[PAPER] == (
        FIRST_LINES.removeprefix("\ufeff") + "26.07.2021;Вісті;28;Свято;\r\n"
    ).encode("cp1251")
