"""Forms as people fill them in, and what must come of each: a file that is read as meant, or words that say what to mend."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.editor.office import UNIT

_MESSAGES = f"unit-{UNIT}"
WORD = (
    "<html><head><style>p.MsoNormal{margin:0cm}</style></head><body><!--StartFragment--><p class=MsoNormal><b><span style='color:red'>Увага!"
    "</span></b><o:p></o:p></p><p class=MsoNormal>Завтра&nbsp;<i>о 10:00</i> – «збори»<a href='https://example.com/a_b'>тут</a>.</p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>перше</p>"
    "<table class=MsoTable><tr><td><p>А</p></td><td><p>Б</p></td></tr><tr><td>1</td><td>2</td></tr></table><!--EndFragment--></body></html>"
)
DOCS = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span style="font-size:16pt">Порядок денний'
    '</span></h2><ol><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>Бюджет</span></p></li><li dir="ltr"><p>Земля</p></li></ol>'
    '<p dir="ltr"><span style="font-weight:700">Важливо:</span><span> прийти.</span></p></b><br class="Apple-interchange-newline">'
)


@dataclass(frozen=True)
class Case:
    """`values` by field, those of «Інші поля» as `more.…`; `opened` is an existing entry; `refused` the words of a refusal."""

    name: str
    collection: str = "news"
    values: dict[str, Any] = field(default_factory=dict)
    pasted: str = ""
    photos: tuple[str, ...] = ()  # the descriptions, each of a photo
    cover: dict[str, str] | None = None
    opened: str = ""
    file: bool = False  # a list of the home page
    item: str = ""  # the first item of a list to be added
    raw: bool = False  # the text is written as Markdown
    refused: str = ""


def _news(name: str, *, refused: str = "", **values: Any) -> Case:
    base = {"title": f"Новина {name}", "category": "Події", "status": "опубліковано", "body": "Текст новини."}
    return Case(name, "news", base | values, refused=refused)


def _message(name: str, *, refused: str = "", **values: Any) -> Case:
    base = {"title": f"Повідомлення {name}", "status": "опубліковано", "body": "Текст повідомлення."}
    return Case(name, _MESSAGES, base | values, refused=refused)


def _event(name: str, *, refused: str = "", **values: Any) -> Case:
    base = {
        "title": f"Подія {name}",
        "event-date": "2027-01-10T18:00",
        "status": "опубліковано",
        "category": "Події",
        "body": "Текст події.",
    }
    return Case(name, "events", base | values, refused=refused)


TITLES = (
    "Рада: звіт за рік: підсумки", "«Щедра Масляна» — свято", 'Гурт "Зоря" і \'Промінь\'', "Об’єкт на п’ятій, об'єкт на шостій", "Свято 🎉 громади 👨‍👩‍👧",
    "- 50 % знижки", "# перший", "[важливо] перелік", "{так} & *ні* !тег |риска", "> цитата `код`", "кінець:", "yes", "2021", "null", "01.02.2021",
    "Зворотна \\ риска", "Ціна < 5 <b>грн</b> @ік %", "Дуже довга назва про благоустрій " * 9,
)  # fmt: skip
CASES = (
    *(_news(f"назва {number}", title=title) for number, title in enumerate(TITLES)),
    _news("без назви", title="", refused="Це поле обов’язкове"),
    _news("назва з пробілів", title="    ", refused="Це поле обов’язкове"),
    _news("шлях у назві", title="C:\\шлях\\новини", refused="шлях до файлу на вашому"),
    _news("назва зі знаків", title="!!! — ???", refused="Напишіть назву словами"),
    _news("назва з емодзі", title="🎉🎉", refused="Напишіть назву словами"),
    _news("без тексту", body="", refused="Це поле обов’язкове"),
    _news("кінець півріччя", date="2021-06-30T23:59"),
    _news("початок півріччя", date="2021-07-01T00:00"),
    _news("подвоєна година", date="2021-10-31T03:30"),
    _news("пропущена година", date="2021-03-28T03:30"),
    _news("рік помилковий", date="3021-07-01T10:00", refused="має бути не пізніше"),
    _news("понад рік уперед", date="2029-07-01T10:00", refused="більше року"),
    _news("заплановано", date="2027-01-05T08:00"),
    _news("чернетка", status="чернетка"),
    _news("приховано", status="приховано"),
    _news(
        "усі поля", date="2021-12-31T23:59", summary="Коротко: «так» — #1\nдругий рядок",
        **{"more.tags": ["дороги", "вода; газ, світло", "#тег"], "more.author": "Відділ: новини", "more.source": "https://example.com/a?b=c#d",
           "more.expires": "2027-01-31", "more.review": "2027-01-01", "more.modified": "2022-01-01"},
    ),
    _news("відкликано без дня", **{"more.withdrawn": "Помилка в сумі"}, refused="впишіть і причину"),
    _news("відкликано", **{"more.withdrawn": "Помилка: сума", "more.withdrawn-date": "2022-01-10"}),
    Case("з Word", values=_news("з Word").values | {"body": None}, pasted=WORD),
    Case("з Google Docs", values=_news("з Google Docs").values | {"body": None}, pasted=DOCS),
    Case("розмітка руками", values=_news("розмітка").values | {"body": "Див. виноску[^1].\n\n| А | Б |\n|---|--:|\n| 1 | 2 |\n\n[^1]: Ось.\n"}, raw=True),
    Case("сценарій у тексті", values=_news("сценарій").values | {"body": "Так <script>alert(1)</script>"}, raw=True, refused="код сторінки"),
    Case("світлина без опису", values=_news("без опису").values | {"body": "![](x.jpg)"}, raw=True, refused="без опису"),
    Case("чужа світлина", values=_news("чужа").values | {"body": "![Парк](https://example.com/x.jpg)"}, raw=True, refused="чужого сайту"),
    _news("набрані знаки", body="2*3*4, snake_case, #тег, [дужки], 100 %, `код`, 5 < 6 & 7 — «так»"),
    _news("тег без пари", body="Так <b> не можна", refused="не має пари"),
    _news("поле на початку тексту", body="Стан: добрий"),
    Case("три фото", values=_news("три фото").values, photos=("Люди: у залі", "Діти «малюють»", "Площа ввечері")),
    Case("фото без опису", values=_news("фото без опису").values, photos=("",), refused="Це поле обов’язкове"),
    Case("риска в описі", values=_news("риска").values, photos=("Зала | сцена",), refused="Риска"),
    Case("головне фото", values=_news("головне фото").values, cover={"alt": "Зала: люди", "caption": "Зустріч 5 січня", "credit": "О. Зразкова"}),
    _event("проста"),
    _event("на весь день", **{"event-date": "2027-01-10T00:00", "event-place": "Площа «Центральна», 1"}),
    _event("з кінцем", **{"event-end": "2027-01-10T20:00", "event-url": "https://example.com/реєстрація?x=1"}),
    _event("кінець раніше", **{"event-end": "2027-01-09T20:00"}, refused="закінчується раніше"),
    _event("без дати", **{"event-date": ""}, refused="Це поле обов’язкове"),
    _event("щотижня", **{"event-repeat": "щотижня до 28.02.2027, крім 17.01.2027"}),
    _event("повтор словами", **{"event-repeat": "кожного вівторка"}, refused="Напишіть так"),
    _event("повтор задовгий", **{"event-repeat": "щодня до 28.02.2029"}, refused="довше за 366"),
    _event("перенесено", **{"event-state": "перенесено", "event-was": "2027-01-08T18:00"}),
    _event("перенесено без дати", **{"event-state": "перенесено"}, refused="Подію перенесено"),
    _event("посилання без адреси", **{"event-url": "приходьте"}, refused="https://"),
    _message("просте"),
    _message("з назвою новини", title="Води не буде", date="2021-12-05T10:00"),
    _message("без назви", title=" ", refused="Це поле обов’язкове"),
    _message("з подією", **{"more.event-date": "2027-01-20T10:00", "more.event-place": "Зала"}),
    Case("повідомлення з фото", _MESSAGES, _message("з фото").values, photos=("Труба в траншеї",)),
    Case("сторінка підрозділу", _MESSAGES, {"head": "Начальник: Відділ", "hours": "пн–чт 8:00–17:00\nпт 8:00–15:45", "email": "zhkh@example.com",
         "map": "https://www.openstreetmap.org/#map=17/50.1/36.1"}, opened="index"),
    Case("мапа без https", _MESSAGES, {"map": "http://example.com/"}, opened="index", refused="https://"),
    Case("послуга", "services", {"title": "Субсидія: призначення", "unit": "Відділ ЖКГ", "audience": "Усі, хто має право", "documents": ["паспорт; копія", "довідка, якщо є"],
         "life-events": ["переїзд"], "term": "10 днів", "price": "безоплатно", "online": "https://diia.gov.ua/services", "body": "Прийдіть із документами.", "status": "опубліковано"}),
    Case("послуга без підрозділу", "services", {"title": "Без підрозділу", "body": "Кроки."}, refused="Це поле обов’язкове"),
    Case("послуга з http", "services", {"title": "Послуга http", "unit": "Відділ освіти", "online": "http://example.com/"}, refused="https://"),
    Case("сторінка", "pages", {"title": "Про громаду: історія", "body": "Текст сторінки.", "status": "опубліковано"}),
    Case("сторінка з назвою файлу Windows", "pages", {"title": "Con", "body": "Текст сторінки.", "status": "опубліковано"}),
    Case("наявна сторінка", "pages", {"body": "Площа Перемоги, 1."}, opened="kontakty"),
    Case("наявна новина українською", "news", {"title": "Рада: третя, зміни"}, opened="2021/2021-12-03-tretia"),
    Case("текст звіту", "reports", {"title": "Звіт за II півріччя"}, opened="2021-h2"),
    Case("період помилковий", "reports", {"period": "друге півріччя"}, opened="2021-h2", refused="Напишіть період так"),
    Case("оголошення", "home", {"alert.0.text": "Світла не буде: ремонт \"лінії\"", "alert.0.until": "2027-01-16T00:00", "alert.0.link": "/kontakty/"}, opened="alerts", file=True, item="alert"),
    Case("оголошення без кінця", "home", {"alert.1.text": "Води не буде"}, opened="alerts", file=True, item="alert", refused="Це поле обов’язкове"),
    Case("оголошення задовге", "home", {"alert.1.text": "д" * 201, "alert.1.until": "2027-01-16T00:00"}, opened="alerts", file=True, item="alert", refused="більше ніж 200"),
    Case("завдання", "home", {"task.1.title": "Отримати «послугу»", "task.1.link": "/services/"}, opened="tasks", file=True, item="task"),
    Case("завдання без сторінки", "home", {"task.2.title": "Куди", "task.2.link": "кудись"}, opened="tasks", file=True, item="task", refused="Впишіть сторінку"),
)  # fmt: skip
EVERYDAY = (
    "назва 0",
    "назва з пробілів",
    "три фото",
    "кінець раніше",
    "сторінка підрозділу",
    "наявна новина українською",
    "завдання",
)
