"""`make import-social` as an editor runs it: any export, again and again, over rows written by hand."""

import json
import os
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import datetime
from random import Random

import pytest

from hromada.commands import dispatch as commands
from hromada.conversion.social.publication import ImportRefused
from hromada.conversion.social.recognition import read_export
from hromada.importers import export_archive
from hromada.system.file_lock import file_lock
from tests.conftest import ROOT
from tests.unit.conversion.social.samples import (
    KYIV,
    MOMENTS,
    PACIFIC,
    SUITE_HEAD,
    csv_bytes,
    facebook_posts,
    instagram_csv,
    instagram_posts,
    meta_json,
    months_of,
    plain_json,
    suite_rows,
    telegram_channel,
)

TOML = """
[[account]]
id = "rada"
name = "Вигадівська міська рада"
also = ["ВМР", "vyhadiv.rada"]
networks = ["facebook", "instagram", "telegram"]
group = "main"
"""
HAND = "Дата;Сторінка;Мережа;Вид;Назва;Посилання\n05.07.2021;ВМР;facebook;допис;Від руки;https://www.facebook.com/77/posts/1003\n"
PROFILE = {"profile_v2": {"name": {"full_name": "Вигадівська міська рада"}}}


@pytest.fixture
def council(site):
    site.write("registers/accounts.toml", TOML)
    return site


def bring(council, raw, name="export", **changes):
    """The command over a file with these bytes."""
    path = council.folder / name
    path.write_bytes(raw)
    return council.run(commands.import_social, file=str(path), **changes)


def archive(folder, files):
    path = folder / "facebook-vyhadiv.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, raw in files.items():
            made.writestr(name, raw)
    return path


def register(council):
    folder = council.content / "registers/social"
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*"))} if folder.exists() else {}


def months_written(council):
    lines = [line for raw in register(council).values() for line in raw.decode("utf-8-sig").splitlines()[1:]]
    return Counter(line[:7] for line in lines)


SOURCES = {
    "suite": (csv_bytes(SUITE_HEAD, suite_rows()), ""),
    "instagram csv": (instagram_csv(), ""),
    "facebook": (meta_json(facebook_posts()), "rada"),
    "instagram": (meta_json(instagram_posts()), "ВМР"),
    "telegram": (plain_json(telegram_channel()), ""),
}


@pytest.mark.parametrize("source", SOURCES)
def test_every_export_comes_whole_into_its_months_and_the_check_is_clean(council, source):
    raw, account = SOURCES[source]
    status, out, err = bring(council, raw, account=account)

    assert (status, err) == (0, "")
    assert "перенесено 120 + уже в журналі 0 + повторів у джерелі 0" in out
    assert months_written(council) == months_of(MOMENTS)
    assert council.run(commands.check, today="2022-02-01")[1] == "Зауважень немає.\n"


def test_a_second_run_changes_no_byte(council):
    bring(council, *SOURCES["suite"][:1])
    before = register(council)
    status, out, _ = bring(council, *SOURCES["suite"][:1])

    assert (status, register(council)) == (0, before)
    assert "перенесено 0 + уже в журналі 120" in out
    assert "Нового немає: журнал не змінено." in out


def test_a_later_export_is_appended_to_the_rows_that_are_there(council):
    bring(council, csv_bytes(SUITE_HEAD, suite_rows(MOMENTS[:60])))
    before = register(council)
    bring(council, csv_bytes(SUITE_HEAD, suite_rows()))

    assert all(register(council)[name].startswith(raw) for name, raw in before.items())
    assert months_written(council) == months_of(MOMENTS)


def test_rows_written_by_hand_stay_and_are_not_doubled(council):
    council.write("registers/social/2021-h2.csv", HAND)
    status, out, _ = bring(council, *SOURCES["suite"][:1])

    assert (status, register(council)["2021-h2.csv"]) == (0, HAND.encode())
    assert "перенесено 119 + уже в журналі 1" in out
    assert council.run(commands.check)[0] == 0


def test_the_figures_count_what_was_brought_and_show_reposts_apart(council):
    bring(council, *SOURCES["suite"][:1])
    out = council.run(commands.figures, period="2021-H2", format="json")[1]
    values = {one["id"]: one["value"] for one in json.loads(out)["figures"]}
    expected = Counter()
    for n, moment in enumerate(MOMENTS):
        if "2021-07" <= min(months_of([moment])) <= "2021-12":
            expected["apart" if n % 10 == 9 or n % 7 == 5 else "counted"] += 1

    assert (values["social"], values["reposts"]) == (expected["counted"], sum(n % 10 == 9 for n in range(1, 118)))


def test_a_trial_says_the_same_and_writes_nothing(council):
    _, trial, _ = bring(council, *SOURCES["suite"][:1], dry_run=True)

    assert register(council) == {}
    assert "буде перенесено 120" in trial
    assert "Це проба (DRY_RUN): нічого не записано." in trial
    real = bring(council, *SOURCES["suite"][:1])[1]
    assert (
        trial.replace("буде перенесено", "перенесено")
        .replace("Буде записано", "Записано")
        .replace("Це проба (DRY_RUN): нічого не записано.\n", "")
        == real
    )


def test_the_report_is_exact(council):
    rows = suite_rows(MOMENTS[:12])
    rows[0] = [*rows[0][:6], "колись", *rows[0][7:]]
    status, out, err = bring(council, csv_bytes(SUITE_HEAD, rows), "вивантаження.csv", today="2021-07-15")

    assert (status, out.replace("\u00a0", " "), err) == (2, """Формат: Meta Business Suite, CSV
Прочитано 12 записів = перенесено 10 + уже в журналі 0 + повторів у джерелі 0 + не переносяться 1 + не прочитано 1
Із перенесених враховується 8 публікацій, окремо – 1 репост і 1 сторіз
Вигадівська міська рада, Facebook: 10, з 30.06.2021 по 14.07.2021
  червень 2021 року            1
  липень 2021 року             9
Записано: content/registers/social/rada-facebook-2021-h1.csv (+1 рядок)
Записано: content/registers/social/rada-facebook-2021-h2.csv (+9 рядків)
Не переносяться:
  заплановані, ще не вийшли: 1
Зверніть увагу:
  вивантаження.csv: часового поясу файл не каже, час прочитано як тихоокеанський, у якому його пише Meta. \
Якщо він інший, повторіть із ZONE=…, наприклад ZONE=Europe/Kyiv
""", "вивантаження.csv:2: дата «колись» незрозуміла [import-record]\n")  # fmt: skip


def test_a_mended_export_adds_only_what_was_missing(council):
    rows = suite_rows()
    broken = [*rows[:5], [*rows[5][:6], "", *rows[5][7:]], *rows[6:]]

    assert bring(council, csv_bytes(SUITE_HEAD, broken))[0] == 2
    assert bring(council, csv_bytes(SUITE_HEAD, rows))[0] == 0
    assert months_written(council) == months_of(MOMENTS)


DOWNLOAD = {
    "profile_information/profile_information.json": meta_json(PROFILE),
    "posts/profile_posts_1.json": meta_json(facebook_posts(MOMENTS[:60])),
    "posts/profile_posts_2.json": meta_json(facebook_posts()),
    "posts/media/1.jpg": b"\xff\xd8",
    "messages/inbox/x/message_1.json": b"[{",
    "likes/likes.json": b"{}",
}


def test_an_archive_and_a_folder_give_the_same_and_letters_are_not_opened(council):
    path = archive(council.folder, DOWNLOAD)
    status, out, err = council.run(commands.import_social, file=str(path), dry_run=True)
    folder = council.folder / "facebook-vyhadiv"
    with zipfile.ZipFile(path) as packed:
        packed.extractall(folder)

    assert (status, err) == (0, "")
    assert "перенесено 120 + уже в журналі 0 + повторів у джерелі 60" in out
    assert council.run(commands.import_social, file=str(folder), dry_run=True)[1] == out


def test_a_folder_may_hold_archives(council):
    folder = council.folder / "downloads"
    folder.mkdir()
    archive(folder, DOWNLOAD)

    assert "перенесено 120" in council.run(commands.import_social, file=str(folder))[1]


def test_a_truncated_archive_is_refused(council):
    path = archive(council.folder, DOWNLOAD)
    status, out, err = bring(council, path.read_bytes()[:-200], "x.zip")

    assert (status, out) == (2, "")
    assert (
        err
        == "x.zip:1: архів обірвано або пошкоджено, завантажте його з мережі ще раз [import-broken]\nНічого не перенесено.\n"
    )


def test_an_archive_damaged_midway_is_refused(council):
    raw = bytearray(archive(council.folder, DOWNLOAD).read_bytes())
    raw[900:960] = bytes(60)

    assert "архів обірвано або пошкоджено" in bring(council, bytes(raw), "x.zip")[2]


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_damaged_anywhere_is_refused_or_read_whole(council, packing):
    """Seldom a changed byte does no harm: of a date, of a name that is not looked at."""
    path = council.folder / "x.zip"
    with zipfile.ZipFile(path, "w", packing) as made:
        made.writestr("posts/profile_posts_1.json", meta_json(facebook_posts()))
    whole, chance = path.read_bytes(), Random(7)
    for _ in range(300):
        raw = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            raw[chance.randrange(4, len(raw))] = chance.randrange(256)
        path.write_bytes(raw)
        try:
            export = export_archive.Export(path)
            reading = read_export(export.files(), export.display_name, alone=export.is_alone)
        except ImportRefused as refused:
            assert refused.problems
        else:
            assert reading.records == 120


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
@pytest.mark.parametrize("command", [commands.import_social, commands.import_site])
def test_a_pipe_is_not_waited_for(council, command):
    pipe = council.folder / "pipe.json"
    os.mkfifo(pipe)
    status, out, err = council.run(command, file=str(pipe))

    assert (status, out, "це не звичайний файл" in err) == (2, "", True)


def test_an_archive_that_unpacks_without_end_is_refused(council, monkeypatch):
    monkeypatch.setattr(export_archive, "LARGEST_FILE", 1 << 20)
    path = archive(council.folder, {"posts/profile_posts_1.json": b"[" + b" " * (3 << 20) + b"]"})

    assert council.run(commands.import_social, file=str(path))[2].startswith(
        "facebook-vyhadiv.zip/posts/profile_posts_1.json:1: файл більший за 1 МБ, завантажте вивантаження за коротший період [import-size]"
    )
    monkeypatch.setattr(export_archive, "LARGEST_EXPORT", 100_000)
    many = archive(council.folder, {f"posts/{n}.json": b'{"a":"' + b"a" * 30_000 + b'"}' for n in range(9)})
    assert ":1: у вивантаженні понад 0 МБ тексту" in council.run(commands.import_social, file=str(many))[2]


def test_a_workbook_is_refused(council):
    path = archive(council.folder, {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})

    assert "це архів або книга Excel усередині" in council.run(commands.import_social, file=str(path))[2]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("", "FILE:1: не вказано, що перенести, напишіть make import-social FILE=шлях [import-format]"),
        (
            "/немає/такого",
            "FILE:1: файлу «/немає/такого» немає, перевірте шлях; шлях із пробілами візьміть у лапки [import-format]",
        ),
    ],
)
def test_a_file_that_is_not_there_is_refused(council, file, message):
    assert council.run(commands.import_social, file=file) == (2, "", f"{message}\nНічого не перенесено.\n")


def test_nothing_is_brought_into_a_register_that_cannot_be_read(council):
    council.write("registers/social/2021-h2.csv", HAND.replace("ВМР", "Хтось"))
    status, _, err = bring(council, *SOURCES["suite"][:1])

    assert (status, list(register(council))) == (2, ["2021-h2.csv"])
    assert "content/registers/social/2021-h2.csv:2: сторінки «Хтось» немає в accounts.toml" in err


def test_an_unknown_page_writes_nothing(council):
    status, out, err = bring(council, csv_bytes(SUITE_HEAD, suite_rows(page="Чужа сторінка")))

    assert (status, out, register(council)) == (2, "", {})
    assert "сторінки «Чужа сторінка» немає в accounts.toml" in err


def test_a_network_that_the_account_lacks_is_told(council):
    council.write("registers/accounts.toml", TOML.replace(', "telegram"', ""))

    assert (
        "сторінка «rada» не має мережі telegram, допишіть її до networks" in bring(council, *SOURCES["telegram"][:1])[1]
    )


def test_two_imports_at_once_take_turns(council):
    council.options().cache.mkdir(exist_ok=True)
    with file_lock(council.cache / "import.lock"):
        assert (
            bring(council, *SOURCES["suite"][:1])[2]
            == "Інше перенесення ще триває. Зачекайте, доки воно закінчиться.\n"
        )


def test_the_numbers_add_up_when_account_takes_one_page_of_several(council):
    council.write(
        "registers/accounts.toml",
        TOML + '[[account]]\nid = "klub"\nname = "Вигадівський клуб"\nnetworks = ["facebook"]\n',
    )
    rows = [*suite_rows(), *suite_rows(MOMENTS[:5], "Вигадівський клуб", 5000)]
    out = bring(council, csv_bytes(SUITE_HEAD, rows), account="klub")[1]

    assert (
        "Прочитано 125\N{NO-BREAK SPACE}записів = перенесено 5 + уже в журналі 0 + повторів у джерелі 0 + не переносяться 120 + не прочитано 0"
        in out
    )


def test_a_file_that_cannot_be_written_is_told_and_a_second_run_adds_the_rest(council):
    blocked = council.content / "registers/social/rada-facebook-2021-h2.csv"
    blocked.mkdir(parents=True)
    status, out, err = bring(council, *SOURCES["suite"][:1])

    assert (status, out, err) == (
        2, "",
        "content/registers/social/rada-facebook-2021-h2.csv:1: файл не вдалося записати (це тека), замініть це звичайним файлом"
        " [unreadable]\nПеренесено не все. Коли виправите, запустіть ще раз: того самого двічі не буде.\n",
    )  # fmt: skip
    blocked.rmdir()
    bring(council, *SOURCES["suite"][:1])
    assert sum(months_written(council).values()) == 120


@pytest.mark.parametrize(
    "tool",
    [[sys.executable, str(ROOT / "tasks.py")], ["make", "--no-print-directory", "-C", str(ROOT)]],
    ids=["tasks.py", "make"],
)
def test_the_command_line_takes_a_path_with_spaces_and_a_trial(council, tool):
    path = council.folder / "моє вивантаження.csv"
    path.write_bytes(SOURCES["suite"][0])
    settings = [f"FILE={path}", "DRY_RUN=1", "ACCOUNT=rada", f"CONTENT={council.content}", "TODAY=2022-01-15"]
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONUTF8")}
    done = subprocess.run([*tool, "import-social", *settings], env=clean, capture_output=True, check=False)

    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert "буде перенесено 120" in done.stdout.decode()
    assert register(council) == {}


def test_an_unclear_trial_is_refused(council):
    done = subprocess.run(
        [sys.executable, str(ROOT / "tasks.py"), "import-social", "FILE=x", "DRY_RUN=мабуть"],
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr.decode()) == (
        2,
        "DRY_RUN=«мабуть» незрозуміло, напишіть 1 або 0\n",
    )


def test_a_file_name_longer_than_a_disk_can_hold_is_refused_by_the_command_line(council):
    done = subprocess.run(
        [sys.executable, str(ROOT / "tasks.py"), "import-social", f"FILE={'x' * 300}", f"CONTENT={council.content}"],
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"}, capture_output=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (2, b"")
    assert f"FILE:1: файлу «{'x' * 300}» немає" in done.stderr.decode()


OFFICE = [datetime(2021, 7, day, 10, tzinfo=PACIFIC) for day in range(1, 21)]


def test_an_office_s_times_without_a_zone_ask_for_zone_and_are_read_by_it(council):
    raw = csv_bytes(SUITE_HEAD, suite_rows(OFFICE))
    status, out, err = bring(council, raw, "posts.csv")

    assert (status, out) == (2, "")
    assert "posts.csv:1: часового поясу файл не каже" in err
    assert "вкажіть пояс: ZONE=Europe/Kyiv" in err
    assert register(council) == {}
    assert bring(council, raw, "posts.csv", zone=KYIV)[0] == 0
    assert b"2021-07-01 10:00:00" in register(council)["rada-facebook-2021-h2.csv"]


def test_an_archive_s_group_posts_and_all_that_it_holds_else_are_named_with_their_numbers(council):
    group = {
        "group_posts_v2": [{"timestamp": 1625500000, "data": [{"post": "У групі"}], "title": "Рада posted in Сусіди."}]
    }
    files = DOWNLOAD | {
        "groups/group_posts_and_comments.json": meta_json(group),
        "comments/comments.json": b'{"comments_v2": [1, 2]}',
    }
    _, out, err = council.run(commands.import_social, file=str(archive(council.folder, files)), dry_run=True)

    assert err == ""
    assert "  дописи в групах: 1\n" in out
    assert (
        "Є у вивантаженні, але це не публікації:\n  коментарі: 2\n  порожні файли: 1\n  файли листування: 1\n  файли світлин і відео: 1\n"
        in out
    )
