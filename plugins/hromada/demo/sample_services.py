"""The sample's services: what residents come to a council for, each plainly a sample."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hromada.demo.sample_files import CAPITALIZED, ENGLISH, STYLES, UKRAINIAN, Fields, header
from hromada.demo.sample_phrases import DISCLAIMER
from hromada.demo.sample_units import units

_FREE, _MONTH = "безоплатно", "до 30 днів"


class _Service(NamedTuple):
    """A service: its file, its unit, its fields, the steps."""

    name: str
    unit: str
    fields: Fields
    steps: tuple[str, ...]


_SERVICES = (
    _Service("reiestratsiia-mistsia-prozhyvannia", "vykonavchyi-komitet", {
        "title": "Реєстрація місця проживання",
        "summary": "Задекларувати або зареєструвати житло, у якому ви мешкаєте, коли переїхали чи купили його.",
        "audience": "Кожен, хто мешкає в громаді; за дитину – один із батьків",
        "documents": ["паспорт", "документ про право на житло", "свідоцтво про народження дитини, якщо реєструють її"],
        "life-events": ["Переїзд", "Народження дитини"], "term": "у день звернення", "price": _FREE,
        "ground": "Зразок: тут стоїть закон або рішення, за яким надають послугу",
        "online": "https://posluhy.hromada.example/", "form": "zrazok-blanka.rtf", "modified": "2021-12-20",
    }, ("Підготуйте документи; копій робити не треба.", "Заповніть бланк удома або на місці.",
        "Принесіть усе до виконавчого комітету в години прийому.", "Витяг отримаєте того самого дня.")),
    _Service("dovidka-pro-sklad-rodyny", "bezrukivskyi-okruh", {
        "title": "Довідка про склад сім’ї", "summary": "Підтверджує, хто мешкає разом із вами.",
        "audience": "Мешканці Безруківського старостинського округу", "documents": ["паспорт", "будинкова книга, якщо вона є"],
        "life-events": ["Оформлення субсидії", "Вступ на навчання"], "term": "1 робочий день", "price": _FREE,
        "where": "Безруки, приміщення старости (зразок)",
    }, ("Прийдіть до старости з паспортом.", "Назвіть, для чого потрібна довідка.", "Заберіть довідку наступного робочого дня.")),
    _Service("material-na-dopomoha", "vykonavchyi-komitet", {
        "title": "Матеріальна допомога",
        "summary": "Одноразова допомога людям у складних життєвих обставинах.",
        "audience": "Мешканці громади, які опинилися у складних життєвих обставинах",
        "documents": ["паспорт", "довідка про доходи", "документи, які підтверджують обставини", "номер рахунку в банку"],
        "life-events": ["Хвороба", "Складні обставини"], "term": _MONTH, "price": _FREE, "form": "zrazok-blanka.rtf",
    }, ("Напишіть заяву за бланком.", "Додайте копії документів.", "Подайте заяву особисто або поштою.",
        "Комісія розгляне її та повідомить вас телефоном.", "Гроші надійдуть на рахунок.")),
    _Service("vydalennia-dereva", "viddil-zhkh", {
        "title": "Видалення аварійного дерева",
        "summary": "Оглянути й прибрати дерево, яке може впасти на дорогу, будинок чи дроти.",
        "audience": "Кожен, хто помітив таке дерево", "life-events": ["Небезпека на вулиці"], "term": "до 10 робочих днів",
        "price": _FREE,
    }, ("Зателефонуйте до відділу або напишіть листа: де дерево, чим воно загрожує.", "Комісія огляне дерево.",
        "Якщо воно аварійне, його приберуть і повідомлять вас.")),
    _Service("akt-obstezhennia", "viddil-zhkh", {
        "title": "Акт обстеження житла", "summary": "Документ про стан будинку чи квартири.",
        "audience": "Власники житла", "documents": ["паспорт", "документ про право на житло"],
        "life-events": ["Пошкоджене житло", "Складні обставини"], "term": "до 15 днів", "price": _FREE,
    }, ("Подайте заяву до відділу.", "Домовтеся про день, коли прийде комісія.", "Заберіть акт.")),
    _Service("pidkliuchennia-do-vodoprovodu", "derhachikomunservis", {
        "title": "Підключення до водопроводу", "summary": "Приєднати будинок до мережі та встановити лічильник.",
        "audience": "Власники будинків", "documents": ["паспорт", "документ про право на будинок", "план ділянки"],
        "life-events": ["Будівництво", "Переїзд"], "term": _MONTH, "price": "за кошторисом підприємства",
    }, ("Подайте заяву на підприємство.", "Отримайте технічні умови.", "Замовте роботи та сплатіть рахунок.",
        "Підпишіть договір про постачання води.")),
    _Service("zapys-do-simeinoho-likaria", "tsentr-pmsd", {
        "title": "Декларація із сімейним лікарем", "summary": "Обрати лікаря, який лікуватиме вас і вашу дитину.",
        "audience": "Кожен; за дитину до 14 років – один із батьків",
        "documents": ["паспорт", "податковий номер", "свідоцтво про народження дитини"],
        "life-events": ["Переїзд", "Народження дитини", "Хвороба"], "term": "у день звернення", "price": _FREE,
        "online": "https://zapys.hromada.example/",
    }, ("Оберіть лікаря й амбулаторію.", "Прийдіть з документами або запишіться онлайн.", "Підпишіть декларацію.")),
    _Service("zarakhuvannia-do-litseiu", "bezrukivskyi-litsei", {
        "title": "Зарахування дитини до ліцею", "summary": "Записати дитину до першого або іншого класу.",
        "audience": "Батьки дітей шкільного віку", "documents": ["свідоцтво про народження", "медична довідка"],
        "life-events": ["Вступ на навчання", "Переїзд"], "term": "до 1 червня", "price": _FREE, "expires": "2022-05-31",
    }, ("Напишіть заяву на ім’я директора.", "Додайте документи.", "Наказ про зарахування стоятиме на дошці оголошень.")),
    _Service("yizha-dlia-dytyny", "zrazok-18", {
        "title": "Харчування дитини в садку", "summary": "Пільгове харчування для дітей окремих категорій.",
        "audience": "Батьки дітей, які мають право на пільгу", "documents": ["заява", "документ про пільгу"],
        "life-events": ["Народження дитини"], "term": "3 робочі дні", "price": _FREE, "expires": "2021-12-31",
    }, ("Подайте заяву завідувачці садка.", "Додайте документ про пільгу.", "Пільга діє з наступного дня після наказу.")),
    _Service("abonement-na-trenuvannia", "sok-zevs", {
        "title": "Абонемент на тренування", "summary": "Заняття в залі та на майданчиках комплексу.",
        "audience": "Діти з 6 років і дорослі", "documents": ["медична довідка"], "life-events": ["Дозвілля"],
        "term": "одразу", "price": "за цінами комплексу; дітям пільгових категорій безоплатно",
    }, ("Оберіть секцію.", "Принесіть медичну довідку.", "Сплатіть абонемент у касі.")),
    _Service("zapyt-na-informatsiiu", "viddil-informatsiinoi-roboty", {
        "title": "Запит на публічну інформацію", "summary": "Попросити документ або відомості, які має рада.",
        "audience": "Кожен, пояснювати причину не треба", "life-events": ["Стосунки з радою"], "term": "5 робочих днів",
        "price": _FREE, "form": "zrazok-blanka.rtf",
    }, ("Опишіть, яка інформація потрібна.", "Вкажіть адресу або пошту для відповіді.", "Надішліть запит поштою чи листом.")),
    _Service("yedyna-dovidka-opikuna", "vykonavchyi-komitet", {
        "title": "Єдина довідка опікуна", "summary": "Підтверджує, що людина опікується дитиною.",
        "audience": "Родичі та опікуни дітей", "life-events": ["Складні обставини"], "term": _MONTH, "price": _FREE,
    }, ("Запишіться на прийом телефоном.", "Розкажіть про дитину.", "Фахівець допоможе зібрати документи.")),
)  # fmt: skip
_TRANSLATION = (
    "services/reiestratsiia-mistsia-prozhyvannia.en.md", {
        "title": "Registration of the place of residence", "unit": "vykonavchyi-komitet",
        "summary": "Register the home that you live in after you have moved.", "audience": "Everyone who lives in the community",
        "documents": ["passport", "proof of the right to the home"], "life-events": ["Moving"], "term": "the same day",
        "price": "free of charge", "confirmed": "no",
    }, "A sample text.\n\n1. Have your documents ready.\n2. Fill in the form.\n3. Bring them to the executive committee.\n",
)  # fmt: skip
# RTF is the one format for texts that is text itself: the same bytes on every machine.
_FORM_TEXT = "Зразок бланка. Заява. Прошу надати послугу. Дата, підпис."
FORM = (
    "services/zrazok-blanka.rtf",
    ("{\\rtf1\\ansi " + "".join(f"\\u{ord(sign)}?" for sign in _FORM_TEXT) + "}").encode(),
)


def services(unit_pages: int) -> Iterator[tuple[str, str]]:
    """The services of the units that the archive has, and a translation."""
    folders = {unit.folder for unit in units(unit_pages)}
    for index, service in enumerate(service for service in _SERVICES if service.unit in folders):
        style = (ENGLISH, UKRAINIAN, CAPITALIZED)[index % (STYLES - 1)]
        fields = {"title": service.fields["title"], "unit": service.unit, **service.fields, "confirmed": "no"}
        steps = "".join(f"{number}. {step}\n" for number, step in enumerate(service.steps, 1))
        text = header(fields, style) + f"{steps}\n{DISCLAIMER}\n"
        yield f"services/{service.name}.md", text
    name, translated, text = _TRANSLATION
    if translated["unit"] in folders:
        yield name, header(translated, ENGLISH) + text
