"""A half-year that is approved in a real repository, and what an editor, a reader and an auditor see of it later."""

import json
import re

import pytest

from hromada.build.content_steps import checked_snapshot
from hromada.commands import dispatch as commands
from hromada.report.approval.writer import digest_of_version
from hromada.system.disk_errors import DiskError
from tests.conftest import Site
from tests.system.clones import git

SIGNED = {"by": "начальник відділу, Ім’я ПРІЗВИЩЕ", "on": "2022-01-15", "number": "12/01-05"}
APPROVAL = "reports/approved/2021-H2.json"
PARTNER = "units/partner/index.md"


@pytest.fixture
def archive(golden):
    """The golden site's content in a repository of its own, its report's archive declared complete."""
    report = golden.content / "reports/2021-h2.md"
    report.write_text(re.sub(r"(?m)^complete: no\n", "", report.read_text("utf-8")), "utf-8")
    git(golden.folder, "init", "-q")
    commit(golden)
    return golden


def commit(archive, words="Зміни"):
    git(archive.folder, "add", "-A", "content")
    git(archive.folder, "commit", "-qm", words)


def approve(archive, command=commands.approve, **changes):
    return archive.run(command, **({"period": "2021-H2"} | SIGNED | changes))


def approved(archive):
    assert approve(archive)[0] == 0
    commit(archive, "Затверджено")


def figures(archive):
    return json.loads(archive.run(commands.figures, period="2021-H2", format="json")[1])


def warnings(archive):
    status, out, _ = archive.run(commands.check, format="json")
    return status, [(one["path"], one["code"], one["message"]) for one in json.loads(out)]


def news(archive):
    return next(iter(sorted((archive.content / "news/2021").glob("2021-0[789]*.md"))))


def page(archive, name="reports/2021-h2/index.html"):
    assert archive.html()[0] == 0
    return (archive.output / name).read_text("utf-8")


def test_an_approved_report_says_who_and_when(archive):
    before = figures(archive)
    status, out, _ = approve(archive)
    commit(archive)
    after = figures(archive)

    assert (status, "Затверджено звіт за II півріччя 2021 року, редакція 1" in out) == (0, True)
    assert (before["status"], after["status"], before["figures"]) == ("open", "approved", after["figures"])
    assert after["approved"]["commit"] == git(archive.folder, "rev-parse", "HEAD~1")
    assert warnings(archive) == (0, [])
    assert re.search(r"Затверджено</strong> <time[^>]*>15\u00a0січня 2022 року", page(archive))


def test_an_approval_changed_meanwhile_is_not_taken_for_the_one_that_was_read(archive):
    approved(archive)
    archive.html()
    snapshot = checked_snapshot(archive.options())  # which remembers what the check said of the report
    (archive.content / APPROVAL).write_text("{}", "utf-8")

    with pytest.raises(DiskError, match=rf"content/{APPROVAL}: файл щойно змінено"):
        snapshot.content.approvals["2021-H2"]


def test_a_sample_address_is_said_with_what_to_set(archive, monkeypatch):
    said = approve(archive)[1]
    commit(archive)
    later = approve(archive, commands.amend, note="уточнення: без змін", siteurl="https://hromada.gov.ua")

    assert "стоїть зразок https://hromada.example" in said
    assert "SITEURL=https://" in said
    assert (later[0], "зразок" in later[1]) == (0, False)


def test_a_deleted_item_changes_nothing_on_the_page_but_is_said(archive):
    approved(archive)
    path = news(archive)
    name = f"content/news/2021/{path.name}"
    before = figures(archive)["figures"]
    path.unlink()
    after = figures(archive)
    status, found = warnings(archive)

    assert (after["status"], [one["value"] for one in after["figures"]]) == (
        "changed", [one["value"] for one in before],
    )  # fmt: skip
    assert after["figures"][0]["counted"] == after["figures"][0]["value"] - 1
    assert [(one["what"], one["source"]) for one in after["changes"]] == [("вибуло", f"{name}:1")]
    assert (status, [(path, code) for path, code, _ in found]) == (0, [(name, "approved-changed")])
    assert "Зміст сайту відтоді змінився" in page(archive)
    assert "сторінки вже немає" in page(archive, "reports/2021-h2/news/index.html")


def test_an_edited_text_is_listed_and_the_report_stays_approved(archive):
    approved(archive)
    path = news(archive)
    path.write_text(path.read_text("utf-8") + "\nДописано.\n", "utf-8")

    assert figures(archive)["status"] == "approved"
    assert [code for _, code, _ in warnings(archive)[1]] == ["approved-edited"]


def test_the_approved_text_stays_on_the_page(archive):
    approved(archive)
    report = archive.content / "reports/2021-h2.md"
    report.write_text(report.read_text("utf-8") + "\nПізніше речення.\n", "utf-8")

    assert "Пізніше речення" not in page(archive)
    assert [code for _, code, _ in warnings(archive)[1]] == ["approved-text"]


def test_an_amendment_keeps_the_former_version_and_shows_old_and_new(archive):
    approved(archive)
    news(archive).unlink()
    commit(archive)
    old = figures(archive)["figures"][0]["value"]
    status, out, _ = approve(archive, commands.amend, on="2022-01-15", note="виправлення помилки: вилучено повтор")
    commit(archive)
    now = figures(archive)

    assert (status, now["status"], now["figures"][0]["value"]) == (0, "approved", old - 1)
    assert (now["approved"]["version"], now["approved"]["reason"], now["approved"]["note"]) == (
        2, "виправлення помилки", "вилучено повтор",
    )  # fmt: skip
    assert f"{old} → {old - 1}" in out
    text = page(archive)
    assert "Вилучено повтор" in text or "вилучено повтор" in text
    former = json.loads((archive.output / "reports/2021-h2/versions/1/report.json").read_bytes())
    assert (former["approved"]["version"], former["figures"][0]["value"]) == (1, old)
    assert "Це попередня редакція" in page(archive, "reports/2021-h2/versions/1/index.html")
    assert {path.name for path in (archive.output / "reports/2021-h2/versions/1").iterdir()} >= {
        "report.docx", "report.pdf", "report.xlsx", "items.csv", "datapackage.json", "news",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"by": ""}, "не вказано, хто затверджує"),
        ({"number": ""}, "не вказано номера документа"),
        ({"on": ""}, "не вказано дати"),
        ({"on": "15 січня"}, "у даті «15 січня» немає року"),
        ({"on": "2021-12-31"}, "раніше, ніж закінчився період"),
        ({"on": "2022-01-16"}, "ще не настало"),
        ({"period": "2021-H3"}, "період «2021-H3» незрозумілий"),
        ({"period": "2021-Q1"}, "Опублікованого звіту за I квартал 2021 року немає"),
        ({"today": "2021-12-31"}, "Період ще не закінчився"),
    ],
)
def test_an_approval_is_refused_with_its_reason(archive, changes, words):
    status, _, err = approve(archive, **changes)

    assert (status, words in err) == (2, True)
    assert not (archive.content / APPROVAL).exists()


def test_all_reasons_are_said_at_once(archive):
    archive.write("news/2021/2021-07-09-nova.md", "title: Нова\ndate: 2021-07-09\n\n")
    status, _, err = approve(archive, by="", number="", on="", today="2021-12-31")

    assert status == 2
    assert all(words in err for words in ("BY=", "NUMBER=", "ON=", "ще не закінчився", "незбережений зміст"))


@pytest.mark.parametrize(("by", "number"), [(" , ", "1"), ("Хтось", "№"), ("я" * 400, "1"), ("Хтось", "1" * 400)])
def test_a_signature_says_who_and_under_which_number(archive, by, number):
    assert approve(archive, by=by, number=number)[0] == 2


def test_a_figures_own_window_must_be_over(archive):
    report = archive.content / "reports/2021-h2.md"
    text = re.sub(r"(?m)^window-newspaper: .*$", "window-newspaper: 2021-07-01..2022-06-29", report.read_text("utf-8"))
    report.write_text(text, "utf-8")
    commit(archive)

    assert "він триває до 29.06.2022" in approve(archive)[2]


def test_an_unwritten_text_is_not_approved(archive):
    report = archive.content / "reports/2021-h2.md"
    report.write_text(report.read_text("utf-8") + "\n[допишіть: що зроблено…]\n", "utf-8")
    commit(archive)

    assert "narrative-missing" in approve(archive)[2]


def test_a_hidden_report_is_not_approved(archive):
    report = archive.content / "reports/2021-h2.md"
    report.write_text(report.read_text("utf-8").replace("period:", "status: hidden\nperiod:", 1), "utf-8")
    commit(archive)

    assert "чернетка або прихований" in approve(archive)[2]


def test_an_amended_text_is_checked_like_any_other(archive):
    approved(archive)
    report = archive.content / "reports/2021-h2.md"
    report.write_text(report.read_text("utf-8") + "\n[Це](nema.md) [[немає]].\n", "utf-8")
    commit(archive)
    status, found = warnings(archive)

    assert (status, {code for _, code, _ in found}) == (2, {"approved-text", "link-broken", "placeholder-unknown"})
    assert "Зміст має помилки" in approve(archive, commands.amend, note="уточнення: текст")[2]


def test_an_approved_text_holds_when_its_figures_can_no_longer_be_counted(archive):
    approved(archive)
    words = archive.content / "reports/figures.toml"
    words.write_text(re.sub(r'(?s)\[\[figure\]\]\nid = "podii".*?(?=\n\[|\Z)', "", words.read_text("utf-8")), "utf-8")
    status, found = warnings(archive)

    assert (status, {code for _, code, _ in found}) == (0, {"approved-changed"})
    assert archive.html()[0] == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"note": "Уточненнями додано"}, "не вказано причини"),
        ({"note": "уточнення: ..."}, "немає примітки"),
        ({"note": "виправлення помилки: х", "reason": "уточнення"}, "лишіть одну причину"),
    ],
)
def test_an_amendment_gives_one_reason_and_a_note_in_words(archive, changes, words):
    approved(archive)

    assert words in approve(archive, commands.amend, **changes)[2]


def test_a_reason_may_stand_in_quotes(archive):
    approved(archive)
    news(archive).unlink()
    commit(archive)

    assert approve(archive, commands.amend, reason="«уточнення»", note="додано новину")[0] == 0


def unconfirmed(archive):
    path = archive.content / PARTNER
    path.write_text(path.read_text("utf-8").replace("kind:", "confirmed: no\nkind:", 1), "utf-8")
    commit(archive)


def test_a_report_that_counts_pages_that_nobody_confirmed_is_not_approved(archive):
    unconfirmed(archive)
    status, out, err = approve(archive)

    assert (status, out, (archive.content / APPROVAL).exists()) == (2, "", False)
    assert f"content/reports/2021-h2.md:3: серед врахованих сторінок є непідтверджені (1): content/{PARTNER}, " in err
    assert "затвердити з непідтвердженими: UNCONFIRMED=1 [pages-unconfirmed]" in err


def test_every_unconfirmed_page_is_named_beside_the_other_causes(archive):
    unconfirmed(archive)
    others = [f"units/inshyi{number}/index.md" for number in range(7)]
    for path in others:
        archive.write(path, "title: Ще одна сторінка\nconfirmed: ні\n\nОпис.\n")
    report = archive.content / "reports/2021-h2.md"
    report.write_text(report.read_text("utf-8") + "\n[допишіть: що зроблено…]\n", "utf-8")
    commit(archive)
    _, _, err = approve(archive, number="")

    assert all(f"content/{path}" in err for path in (PARTNER, *others))
    assert "(8)" in err
    assert "NUMBER=" in err


@pytest.mark.parametrize("cause", ["unconfirmed", "unwritten"])
def test_what_the_check_warns_of_is_no_warning_where_it_refuses(archive, cause):
    if cause == "unconfirmed":
        unconfirmed(archive)
    else:
        report = archive.content / "reports/2021-h2.md"
        report.write_text(report.read_text("utf-8") + "\n[допишіть: що зроблено…]\n", "utf-8")
        commit(archive)
    status, _, err = approve(archive)

    assert (status, "попередження" in err) == (2, False)
    assert err.startswith("Звіт не затверджено. Помилки:")


def test_whoever_says_so_signs_with_pages_that_nobody_confirmed(archive):
    unconfirmed(archive)
    status, out, _ = approve(archive, unconfirmed=True)
    text = (archive.content / APPROVAL).read_text("utf-8")

    assert status == 0
    assert f"Зауважте: серед врахованих сторінок є непідтверджені (1): content/{PARTNER}." in out
    assert "confirmed" not in text


def test_saying_so_where_every_page_is_confirmed_changes_nothing(archive):
    status, out, _ = approve(archive, unconfirmed=True)

    assert (status, "непідтверджені" in out) == (0, False)


def test_an_amendment_asks_for_confirmed_pages_too(archive):
    approved(archive)
    news(archive).unlink()
    unconfirmed(archive)
    changes = {"note": "уточнення: вилучено новину", "on": "2022-01-15"}

    assert approve(archive, commands.amend, **changes)[0] == 2
    assert approve(archive, commands.amend, **changes, unconfirmed=True)[0] == 0


def test_unconfirmed_pages_of_another_period_do_not_refuse(archive):
    path = archive.content / PARTNER
    path.write_text(path.read_text("utf-8").replace("kind:", "confirmed: no\ndate: 2022-01-10\nkind:", 1), "utf-8")
    commit(archive)

    assert approve(archive)[0] == 0


def test_pages_that_nobody_confirmed_are_one_warning_for_a_report(archive):
    before = warnings(archive)
    unconfirmed(archive)
    again = archive.content / "units/partner2/index.md"
    again.parent.mkdir()
    again.write_text("title: Ще одна сторінка\nconfirmed: no\n\nОпис.\n", "utf-8")
    _, found = warnings(archive)

    assert before == (0, [])
    assert [(path, code) for path, code, _ in found if path == "content/reports/2021-h2.md"] == [
        ("content/reports/2021-h2.md", "pages-unconfirmed")
    ]
    assert "(2)" in found[0][2]


def test_an_incomplete_archive_is_not_approved(archive):
    report = archive.content / "reports/2021-h2.md"
    report.write_text(report.read_text("utf-8").replace("period:", "complete: no\nperiod:", 1), "utf-8")
    commit(archive)

    assert "complete: no" in approve(archive)[2]


def test_content_with_errors_is_not_approved(archive):
    archive.write("news/2021/bez-daty.md", "title: Без дати\n\n")
    commit(archive)

    assert "Зміст має помилки" in approve(archive)[2]


def test_content_outside_git_is_not_approved(golden):
    assert "не лежить у сховищі git" in approve(golden)[2]


def test_an_approved_period_is_only_amended_and_an_amendment_needs_its_note(archive):
    assert "ще не затверджено" in approve(archive, commands.amend, note="уточнення: так")[2]
    approved(archive)

    assert "уже затверджено" in approve(archive)[2]
    assert (
        'не вказано причини. Почніть примітку словом «уточнення» або словами «виправлення помилки»: NOTE="уточнення: так"'
        in (approve(archive, commands.amend, note="так")[2])
    )
    assert "немає примітки" in approve(archive, commands.amend, note="уточнення:")[2]
    assert "немає примітки" in approve(archive, commands.amend, reason="уточнення")[2]


def rewrite(archive, **changes):
    path = archive.content / APPROVAL
    data = json.loads(path.read_bytes())
    data["versions"][0].update(changes)
    data["versions"][0]["sha256"] = digest_of_version(data["versions"][0])
    path.write_text(json.dumps(data), "utf-8")


def test_a_carelessly_edited_approval_refuses_the_build(archive):
    approved(archive)
    path = archive.content / APPROVAL
    path.write_text(path.read_text("utf-8").replace(SIGNED["by"], "інша посада, Інше ІМ’Я"), "utf-8")

    assert archive.html()[0] == 2
    assert "approval-damaged" in archive.run(commands.check)[1]


@pytest.mark.parametrize("committed", [False, True])
def test_a_deliberate_rewriting_shows_as_a_difference_from_the_first_commit(archive, committed):
    approved(archive)
    first = git(archive.folder, "rev-parse", "HEAD")[:10]
    rewrite(archive, by="інша посада, Інше ІМ’Я")
    if committed:
        commit(archive, "Тихо")
    status, found = warnings(archive)

    assert (status, [code for _, code, _ in found]) == (0, ["approval-rewritten"])
    assert first in found[0][2]


def test_a_deleted_approval_is_said(archive):
    approved(archive)
    (archive.content / APPROVAL).unlink()

    assert [code for _, code, _ in warnings(archive)[1]] == ["approval-gone"]


def test_a_clone_without_history_is_said(archive, tmp_path, capsys):
    approved(archive)
    git(tmp_path, "clone", "-q", "--depth", "1", archive.folder.as_uri(), "shallow")
    found = warnings(Site(tmp_path / "shallow", capsys))[1]

    assert [(path, code) for path, code, _ in found] == [(f"content/{APPROVAL}", "approval-shallow")]


def test_an_item_says_in_which_reports_it_is_counted(archive):
    name = f"news/{news(archive).stem[11:]}-{news(archive).stem[:10]}/index.html"
    text = page(archive, name)

    assert "Враховано у звітах" in text
    assert '<a href="/sait/reports/2021-h2/">II півріччя 2021 року</a>' in text
    assert '<a href="/sait/reports/2021-h2/news/#part-' in text


def test_a_new_report_touches_only_its_own_half_years_pages(archive):
    archive.html()
    before = archive.files()
    archive.write("reports/2020-q1.md", "title: Звіт за I квартал\nperiod: 2020-Q1\n\nРозміщено [[news зн.]].\n")
    archive.html()
    after = archive.files()
    changed = {name for name in before if before[name] != after[name]}

    assert not [name for name in changed if name.startswith(("news/2", "units/")) or "-2021-" in name]
    assert "reports/index.html" in changed
