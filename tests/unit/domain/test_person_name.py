import pytest

from hromada.domain.person_name import contacts_in, name_alone


@pytest.mark.parametrize(
    "words",
    [
        "Олена Зразкова, +380501234567", "Олена 050 123 45 67", "(057) 63-12-34", "тел. 63-12-34", "0501234567", "+38 (050) 123-45-67", "050.123.45.67", "2-34-56",
        "380 50 123 4567", "olena@rada.example", "mailto:olena@rada.example", "olena@rada", "olena [at] rada.example", "olena(at)rada[dot]example", "olena @ rada.example",
        "Олена <olena.z+press@rada.gov.ua>", "пресслужба＠rada.example",
    ],
)  # fmt: skip
def test_a_telephone_or_mailbox_beside_a_name_is_found(words):
    assert contacts_in(words)


@pytest.mark.parametrize(
    "words", ["Олена Зразкова", "Ліцей № 3", "Відділ освіти, 2021–2022", "05.07.2021", "2021-07-05", "Школа 12", "Рада 2021", "О. Зразкова і П. Зразковий", "COVID-19", "1941-1945"]
)  # fmt: skip
def test_names_and_years_are_none(words):
    assert contacts_in(words) == []


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("olena@rada.example (Олена Зразкова)", "Олена Зразкова"), ("Олена Зразкова <olena@rada.example>", "Олена Зразкова"), ("olena@rada.example", ""),
        ("Олена Зразкова, тел. (057) 63-12-34", "Олена Зразкова"), ("Олена Зразкова +380501234567", "Олена Зразкова"), ("a@b.example (Олена), c@d.example (Петро)", "Олена, Петро"),
        ("admin", ""), ("rada_press2", ""), ("olena.z", ""), ("Administrator", ""), ("noreply@blogger.com (Unknown)", ""), ("Пресслужба", "Пресслужба"),
        ("Олена Зразкова (фото)", "Олена Зразкова (фото)"), ("Olena Zrazkova", "Olena Zrazkova"), ("Відділ освіти, 2021–2022", "Відділ освіти, 2021–2022"), ("", ""),
        ("Олена Зразкова; Петро Зразковий", "Олена Зразкова, Петро Зразковий"),
    ],
)  # fmt: skip
def test_the_name_stays_alone(written, name):
    assert name_alone(written) == name
