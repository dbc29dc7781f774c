"""The settings of the invented council that the golden site belongs to."""

HROMADA = {
    "name": "Зразкова громада",
    "tagline": "Вигадана рада для тестів",
    "description": "Вигадана громада: еталон, з яким порівнюють побудову.",
    "address": "https://zrazkova.example/sait",
    "publishers": [("2020-12-01", "Зразкова рада"), ("2022-01-01", "Зразкова адміністрація")],
    "menu": [("Новини", "/news/"), ("Корисна інформація", "/units/"), ("Звіти", "/reports/"), ("Нема", "/nema/")],
    "footer_menu": [("Оприлюднення", "/opryliudnennia/")],
    "edrpou": "00000000",
    "katottg": "UA00000000000000001",
    "page_size": 2,
}
SITENAME = HROMADA["name"]
SITEURL = FEED_DOMAIN = HROMADA["address"]
PATH, OUTPUT_PATH, CACHE_PATH, THEME = "content", "output", ".cache", "theme"
PLUGIN_PATHS, PLUGINS = ["plugins"], ["hromada"]
TIMEZONE, DEFAULT_LANG, DEFAULT_DATE_FORMAT = "Europe/Kyiv", "uk", "%d.%m.%Y"
