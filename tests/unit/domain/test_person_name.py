"""Names beside which somebody has written how to reach the person, and numbers that are no telephones."""

import pytest

from hromada.domain.person_name import find_contacts, strip_contacts

PHONES = [
    "+380501234567", "+38 (050) 123-45-67", "380 50 123 4567", "0501234567", "050 123 45 67", "050-123-45-67", "050.123.45.67", "050\u2013123\u201345\u201367",
    "(057) 63-12-34", "63-12-34", "2-34-56", "050/123/45/67", "050\u00a0123\u00a045\u00a067", "8 057 631234", "0 800 50 00 00", "00380501234567", "(05763) 3-01-15",
    "0(50)1234567", "(+38 050) 123 45 67", "050  123  45  67", "+48 123 456 789", "50 123 45 67", "(057) 63-12-34/35",
]  # fmt: skip
MAILS = [
    "olena@rada.example", "mailto:olena@rada.example", "olena@localhost", "Olena.Z+1@RADA.example", "о.зразкова@рада.укр", "olena [at] rada.example",
    "olena(at)rada(dot)example", "olena @ rada.example", "olena\uff20rada.example", "olena собака rada.example", "olena at rada.example", "olena&#64;rada.example",
    "0501234567@rada.example",
]  # fmt: skip


@pytest.mark.parametrize("contact", [*PHONES, *MAILS])
@pytest.mark.parametrize(
    "form", ["{}", "Олена Зразкова, {}", "Олена Зразкова ({})", "{} (Олена Зразкова)", "<{}> Олена", "Олена, тел.: {}"]
)
def test_a_contact_is_found_whole_in_every_spelling_and_taken_from_the_name(form, contact):
    written = form.format(contact)
    name = " ".join(word for word in ("Олена", "Зразкова") if word in written)

    assert [found.text for found in find_contacts(written)] == [contact]
    assert strip_contacts(written) == name


@pytest.mark.parametrize(
    "name",
    [
        "Олена Зразкова", "О. В. Зразкова", "Прес-служба ради", "Клас 10-А, 2021", "Відділ освіти, 2021–2022", "1990–2020, гурток", "Школа № 12345", "Школа №12345",
        "Закон 2145-19", "Закон № 2145-VIII", "Рішення 1234/56", "Наказ 02-15/1234", "Наказ № 12-34-56", "Справа 520/12345/21", "Справа № 520/12345/21",
        "Розпорядження № 0123456789", "ЄДРПОУ 12345678", "Рахунок UA21 3223 1300 0002 6007 2335 6600 1", "Відділ №12 345 67", "Заява N 123 45 67", "Збірка, т. 12",
        "Кафе @ парк", "3 А клас, 12 учнів", "Zhanna d'Ark", "Зустріч 05.07.2021 10", "Зустріч 05.07.2021 – 06.08.2021", "Ліцей 2021-07-05", "COVID-19",
        "Військова частина А1234", "Дільниця 6325110100:00:010:0001",
    ],
)  # fmt: skip
def test_names_days_and_numbers_of_papers_are_no_contacts(name):
    assert find_contacts(name) == []
    assert strip_contacts(name) == name


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("тел. 6 31 2 3 4", "6 31 2 3 4"), ("моб.: 12345", "12345"), ("факс 631234", "631234"), ("Viber 12345", "12345"), ("тел. 15-45", "15-45"), ("т. 12345", "12345"),
        ("телефон № 631234", "631234"), ("☎ 3-01", "3-01"),
    ],
)  # fmt: skip
def test_a_short_number_is_a_telephone_where_it_is_called_so(written, number):
    assert [found.text for found in find_contacts(f"Пресслужба, {written}")] == [number]
    assert strip_contacts(f"Пресслужба, {written}") == "Пресслужба"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Школа 12 050 123 45 67", ["050 123 45 67"]), ("№ 5, 067 123 45 67", ["067 123 45 67"]), ("Наказ № 0671234567", ["0671234567"]),
        ("+380501234567 +380671234567", ["+380501234567", "+380671234567"]), ("Рішення № 12345, olena@rada.example", ["olena@rada.example"]),
    ],
)  # fmt: skip
def test_a_contact_beside_other_numbers_is_found_alone(written, found):
    assert [one.text for one in find_contacts(written)] == found


@pytest.mark.parametrize(
    ("written", "name", "host"),
    [("olena@rada.example", "olena", "@rada.example"), ("mailto:o.z@rada", "o.z", "@rada"), ("olena [at] rada.example", "olena", " [at] rada.example"),
     ("olena(собака)rada.example", "olena", "(собака)rada.example"), ("0501234567", "", "")],
)  # fmt: skip
def test_of_a_mailbox_its_name_is_told_from_its_host(written, name, host):
    assert [(one.name, one.host) for one in find_contacts(written)] == [(name, host)]


@pytest.mark.parametrize("login", [
    "admin", "Admin", "Administrator", "o.zrazkova", "olena_z", "Olena_Z", "user1", "Olena2021", "Olena.Zrazkova", "@olena_zrazkova", "@Olena", "https://t.me/olena",
    "t.me/Olena", "tg: @olena", "Telegram: https://t.me/olena", "https://www.facebook.com/Olena.Zrazkova", "instagram.com/olena", "www.olena.example", "noreply@blogger.com (Unknown)",
    "noreply@blogger.com (olena)", "olena@rada.example (olena@rada.example)", "тел.", "",
])  # fmt: skip
def test_a_login_is_no_name_and_goes_from_beside_one(login):
    assert strip_contacts(login) == ""
    assert strip_contacts(f"{login}, Олена Зразкова") == "Олена Зразкова"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Олена &lt;olena@rada.example&gt;", "Олена"), ("Олена &amp;lt;olena@rada.example&amp;gt;", "Олена"), ("Олена&lt;0501234567&gt;", "Олена"), ("Рада &amp; відділ", "Рада & відділ"),
        ("Олена, тел.: 0501234567, e-mail: o@rada.example", "Олена"), ("Олена (тел. 0501234567, факс 631234)", "Олена"), ("Олена, тел. 631234, 631235", "Олена"),
        ("a@b.example (Олена), c@d.example (Петро)", "Олена, Петро"), ("Олена Зразкова (@olena_z)", "Олена Зразкова"), ("Олена @olena_z", "Олена"),
        ("Олена Зразкова; Петро Зразковий", "Олена Зразкова, Петро Зразковий"), ("Олена Зразкова (фото)", "Олена Зразкова (фото)"),
        ("Відділ (освіта, культура)", "Відділ (освіта, культура)"), ("Jane Doe", "Jane Doe"), ("Jane", "Jane"), ("O.Zrazkova", "O.Zrazkova"), ("Редакція", "Редакція"),
        ("Школа № 12345, 050 123 45 67", "Школа № 12345"), ("2021-07-05", ""),
    ],
)  # fmt: skip
def test_a_name_comes_without_mailboxes_telephones_and_debris(written, name):
    assert strip_contacts(written) == name
