"""A naive second count of the sample archive, which shares no code with the site's reader."""

import csv
import io
import re
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

HALF_YEAR = ("2021-07-01", "2021-12-31")
NEWSPAPER = ("2020-07-01", "2021-12-31")
KEYS = {"назва": "title", "заголовок": "title", "дата": "date", "стан": "status", "статус": "status"}
UNPUBLISHED = {"draft", "чернетка", "hidden", "приховано"}


def header(data):
    """The one-line fields above the text, by their English names."""
    text = data.decode().replace("\r\n", "\n")
    block = text.split("\n---\n")[0] if text.startswith("---") else text.split("\n\n")[0]
    pairs = re.findall(r"^([^\W\d_][\w -]*): *(.*)$", block, re.MULTILINE)
    return {KEYS.get(key.lower(), key.lower()): value.strip('"') for key, value in pairs}


def kyiv_day(text):
    """The Kyiv day of a date in any of the forms that the contract allows."""
    if found := re.match(r"(\d\d)\.(\d\d)\.(\d{4})", text):
        return "-".join(reversed(found.groups()))
    if re.search(r"(Z|[+]\d\d:\d\d)$", text):
        return f"{datetime.fromisoformat(text).astimezone(ZoneInfo('Europe/Kyiv')):%Y-%m-%d}"
    return text[:10]


def is_within(day, window):
    return window[0] <= day <= window[1]


def is_item(name):
    return name.endswith(".md") and name.startswith(("news/", "units/")) and not name.endswith("/index.md")


def is_counted(name, data):
    fields = header(data)
    published = fields.get("status", "").lower() not in UNPUBLISHED and not name.endswith(".en.md")
    return published and is_within(kyiv_day(fields["date"]), HALF_YEAR)


def table(data):
    """The rows of a CSV file as offices save it: by the names of its columns."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1251")
    lines = [line for line in text.splitlines() if line.strip(";,\t")]
    first = next(number for number, line in enumerate(lines) if line.startswith("Дата"))
    separator = re.search(r"[;,\t]", lines[first])[0]
    return list(csv.DictReader(io.StringIO("\n".join(lines[first:])), delimiter=separator))


def rows(files, register):
    return [row for name, data in files.items() if name.startswith(f"registers/{register}/") for row in table(data)]


def posts(files):
    """The counted rows of the social register in the half-year: True for the council's own account."""
    shown = [row for row in rows(files, "social") if row["Вид"] not in ("репост", "сторіз")]
    shown = [row for row in shown if is_within(kyiv_day(row["Дата"]), HALF_YEAR)]
    return Counter("рада" in row["Сторінка"].lower() or row["Сторінка"] == "ДМР" for row in shown)


def count(files):
    """What the archive holds, in the order of the recipe's volumes."""
    items = Counter(name.split("/")[0] for name, data in files.items() if is_item(name) and is_counted(name, data))
    pages = sum(re.fullmatch(r"units/[^/]+/index\.md", name) is not None for name in files)
    paper = sum(is_within(kyiv_day(row["Дата"]), NEWSPAPER) for row in rows(files, "newspaper"))
    social = posts(files)
    return (items["news"], pages, items["units"], social[True], social[False], paper)
