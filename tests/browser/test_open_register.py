"""A register's file that is open for changes, and how it is saved: without a page, with a git host that is three functions."""

import pytest

from tests import needs
from tests.browser.admin_modules import module_page, rules

pytestmark = [pytest.mark.browser, needs.chromium]
HEADER = "Дата;Видання;Номер;Назва;Посилання\n"
TEXT = HEADER + "05.07.2021;Вісті;26;Про транспорт;\n12.07.2021;Вісті;27;Про воду;\n"
PREPARED = """async (rules) => {
  const { OpenRegister } = await import('/open_register.js');
  const { bytesOf, newRow, openTable, withRowChanged, withRowsAdded, withValues } = await import('/register_table.js');
  const { saveRegister } = await import('/register_saving.js');
  const bytes = (text) => new TextEncoder().encode(text);
  const now = { day: '2021-12-31', time: '12:00:00' };
  const open = (text) => new OpenRegister({ rules, now, register: 'newspaper', path: 'content/registers/newspaper/2021-h2.csv', sha: '1', table: openTable(rules, bytes(text)) });
  const add = (opened, ...cells) => opened.change(withRowsAdded(opened.table, [newRow(rules, opened.table, new Map(cells.map((cell, index) => [index, cell])))]), 'Додано рядок.');
  const change = (opened, row, title) => opened.change(withRowChanged(opened.table, { ...withValues(rules, opened.table, row, new Map([[3, title]])), isChanged: true }), 'Змінено рядок.');
  const textOf = (opened) => new TextDecoder().decode(opened.bytes);
  // A git host with one file. `answers` are how the requests to save end, one after the other; when there is none left it takes.
  const hostOf = (text, answers = []) => {
    const host = { text, version: 1, messages: [] };
    host.readFile = async () => (host.text === null ? null : { bytes: bytes(host.text), sha: String(host.version) });
    host.commit = async ({ message, files: [{ path, bytes: sent, sha }] }) => {
      const answer = answers.shift();
      if (answer) answer(host, new TextDecoder().decode(sent));
      if (sha !== String(host.version)) throw Object.assign(new Error('conflict'), { kind: 'conflict' });
      host.text = new TextDecoder().decode(sent);
      host.version += 1;
      host.messages.push(message);
      return { shas: { [path]: String(host.version) } };
    };
    return host;
  };
  const save = (host, opened, isOpen = () => true) => saveRegister(host, opened, { title: 'Газета', isOpen, shown: () => {} });
  Object.assign(window, { open, add, change, textOf, hostOf, save });
}"""


@pytest.fixture(scope="module")
def page(browser):
    with module_page(browser) as page:
        page.evaluate(PREPARED, rules())
        yield page


def test_what_was_done_is_summed_up_and_undone_step_by_step(page):
    told = page.evaluate("""(text) => {
      const opened = open(text);
      const said = [opened.hasChanges, opened.canUndo, opened.summary];
      add(opened, '19.07.2021', 'Вісті', '28', 'Про школу', '');
      change(opened, opened.rows[0], 'Про автобуси');
      opened.remove(opened.rows[1].id);
      said.push(opened.summary, opened.undo(), opened.undo(), opened.summary, opened.undo(), opened.undo(), opened.hasChanges, textOf(opened) === text);
      return said;
    }""", TEXT)  # fmt: skip

    assert told == [
        False, False, "", "додано 1\u00a0рядок, змінено 1\u00a0рядок, прибрано 1\u00a0рядок", "прибрано рядок 3", "Змінено рядок.",
        "додано 1\u00a0рядок", "Додано рядок.", None, False, True,
    ]  # fmt: skip


def test_rows_are_found_by_words_newest_first_and_by_their_findings(page):
    found = page.evaluate("""(text) => {
      const opened = open(text);
      add(opened, '31.02.2021', 'Вісті', '28', 'Про воду й світло', '');
      const lines = (query, onlyFindings = false) => opened.chosenRows(query, onlyFindings).map(({ id }) => opened.lineOf(id));
      return [lines(''), lines('ВОДУ вісті'), lines('немає'), lines('', true), opened.wrongRows.map(({ id }) => opened.lineOf(id))];
    }""", TEXT)  # fmt: skip

    assert found == [[4, 3, 2], [4, 3], [], [4], [4]]


def test_a_publication_of_another_file_is_repeated(page):
    row = "26.07.2021;Вісті;30;Про каву;https://visti.example/1\n"
    codes = page.evaluate("""([text, row]) => {
      const opened = open(text + row);
      const codes = () => opened.findingsOf(opened.rows.at(-1)).map(({ code }) => code);
      const before = codes();
      opened.compareWith([{ path: 'content/registers/newspaper/2021-h1.csv', table: open(text.split('\\n')[0] + '\\n' + row).table }]);
      return [before, codes()];
    }""", [TEXT, row])  # fmt: skip

    assert codes[0] == []
    assert len(codes[1]) == 1


# How a save ends when these are the host's answers: what is said, what the file then is, how often it was written.
THEIRS = "19.07.2021;Вісті;28;Від колеги;\n"
OURS = "26.07.2021;Вісті;29;Наш;\n"
SAVES = {
    "at once": ("[]", "saved", None, TEXT + OURS, 1),
    "after a colleague's row": (
        f"[(host) => {{ host.text += `{THEIRS}`; host.version += 1; }}]", "saved", 1, TEXT + THEIRS + OURS, 1
    ),
    "after the rows of two colleagues": (
        "[0, 1].map((day) => (host) => { host.text += `2${day}.07.2021;Вісті;28;Від колеги;\\n`; host.version += 1; })",
        "saved", 2, TEXT + "20.07.2021;Вісті;28;Від колеги;\n21.07.2021;Вісті;28;Від колеги;\n" + OURS, 1,
    ),
    "beside the same row of a colleague": (
        f"[(host) => {{ host.text += `{OURS}`; host.version += 1; }}]", "conflicts", None, TEXT + OURS, 0
    ),
    "beside other columns": (
        "[(host) => { host.text = 'Дата;Назва\\n'; host.version += 1; }]", "apart", None, "Дата;Назва\n", 0
    ),
    "a file that is gone": ("[(host) => { host.text = null; host.version += 1; }]", "apart", None, None, 0),
}  # fmt: skip


@pytest.mark.parametrize("case", SAVES)
def test_a_save_ends_as_the_files_versions_say(page, case):
    answers, what, added, text, commits = SAVES[case]
    told = page.evaluate(f"""async ([text]) => {{
      const opened = open(text);
      add(opened, '26.07.2021', 'Вісті', '29', 'Наш', '');
      const host = hostOf(text, {answers});
      const {{ what, added = null }} = await save(host, opened);
      return [what, added, host.text, host.messages.length, opened.hasChanges, opened.isSaved];
    }}""", [TEXT])  # fmt: skip

    assert told == [what, added, text, commits, what != "saved", what == "saved"]


def test_what_was_written_without_an_answer_is_known_as_ours(page):
    told = page.evaluate("""async (text) => {
      const opened = open(text);
      add(opened, '26.07.2021', 'Вісті', '29', 'Наш', '');
      const lost = (host, sent) => { host.text = sent; host.version += 1; throw Object.assign(new Error('network'), { kind: 'network' }); };
      const host = hostOf(text, [lost]);
      let kind = '';
      try { await save(host, opened); } catch (error) { kind = error.kind; }
      const end = await save(host, opened);
      return [kind, end.what, host.version, opened.hasChanges, host.text];
    }""", TEXT)  # fmt: skip

    assert told == ["network", "saved", 2, False, TEXT + OURS]


def test_a_row_added_while_the_host_is_asked_stays_a_change(page):
    told = page.evaluate("""async (text) => {
      const opened = open(text);
      add(opened, '26.07.2021', 'Вісті', '29', 'Наш', '');
      const host = hostOf(text, [() => add(opened, '27.07.2021', 'Вісті', '30', 'Ще один', '')]);
      const { what } = await save(host, opened);
      return [what, opened.summary, opened.isSaved, host.text];
    }""", TEXT)  # fmt: skip

    assert told == ["saved", "додано 1\u00a0рядок", False, TEXT + OURS]


def test_a_file_that_was_left_is_neither_sent_nor_joined(page):
    told = page.evaluate("""async (text) => {
      const opened = open(text);
      add(opened, '26.07.2021', 'Вісті', '29', 'Наш', '');
      let isOpen = false;
      const host = hostOf(text, [(host) => { host.version += 1; isOpen = false; }]);
      const closed = await save(host, opened, () => isOpen);
      isOpen = true;
      const left = await save(host, opened, () => isOpen);
      return [closed.what, left.what, host.messages.length, opened.sha];
    }""", TEXT)  # fmt: skip

    assert told == ["closed", "left", 0, "1"]
