"""The site's settings for everyday building and preview; publishconf.py changes what the published site needs."""

# Read and checked by plugins/hromada/domain/settings.py; an unknown or misspelt key is refused.
HROMADA = {
    "name": "Дергачівська громада",
    "tagline": "Сайт територіальної громади",
    "description": "Новини, сторінки підрозділів і звіти Дергачівської територіальної громади Харківської області.",
    "address": "http://localhost:8000",
    # Who publishes the site, from which day on; a report names the publisher of its period's last day.
    "publishers": [
        ("2020-12-01", "Дергачівська міська рада"),
        ("2022-10-04", "Дергачівська міська військова адміністрація"),
    ],
    "menu": [
        ("Новини", "/news/"),
        ("Події", "/events/"),
        ("Послуги", "/services/"),
        ("Підрозділи", "/units/"),
        ("Звіти", "/reports/"),
        ("Громада", "/pro-hromadu/"),
        ("Контакти", "/kontakty/"),
    ],
    "footer_menu": [
        ("Населені пункти", "/naseleni-punkty/"),
        ("Символіка", "/symvolika/"),
        ("Публічна інформація", "/publichna-informatsiia/"),
        ("Обов’язкове оприлюднення", "/opryliudnennia/"),
        ("Доступність", "/dostupnist/"),
        ("Про сайт", "/pro-sait/"),
        ("Карта сайту", "/karta-saitu/"),
        ("Архів новин", "/news/archive/"),
        ("Повідомлення", "/messages/"),
        ("Фотоархів", "/photos/"),
        ("Редакторам", "/dovidnyk-redaktora/"),
    ],
    # Whose site this is, above everything else: a text and a link, which may be empty; ("", "") leaves the line out.
    "state_line": ("Україна. Місцеве самоврядування", ""),
    # The frame of pages below /en/.
    "english_name": "Derhachi community",
    "english_tagline": "Website of the territorial community",
    "keeper": "Відділ інформаційної роботи та роботи із засобами масової інформації",  # for /humans.txt
    # /.well-known/security.txt: whom to tell about a vulnerability ("mailto:…" or "https://…") and until when that holds
    # (a day within a year). Without a contact there is no such file.
    "security_contact": "",
    "security_expires": "",
    "edrpou": "",  # the council's code of eight digits; named to search engines once it is written here
    "katottg": "UA63120070000018741",  # the community in the codifier of territories
    "licence": "CC BY 4.0",  # or another one of domain/settings.py
    "page_size": 20,
    "picture_widths": [480, 1200],
    "archive_side": 1920,  # pixels: the longer side of the photos that `make photos` puts into the repository
    "old_after": 3,  # years, from which on the page of a news item says how old it is; 0: never
    "handbook": "docs/редакторам",  # shown at /dovidnyk-redaktora/; "" leaves it out
    "editor_review": False,  # whether drafts of the form /admin/ are requests that another person accepts (GitHub, GitLab)
    # Where the git host shows files, as "https://host.example/owner/name/src/branch/main"; with it there is the editor, /admin/.
    "repository": "",
    "edit_link": False,  # whether the foot of each item's page links to its form in the editor, which needs `repository`
}

SITENAME = HROMADA["name"]
SITEURL = FEED_DOMAIN = HROMADA["address"]  # the plugin makes links root-relative
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = ".cache"
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["hromada"]
TIMEZONE = "Europe/Kyiv"
DEFAULT_LANG = "uk"
DEFAULT_DATE_FORMAT = "%d.%m.%Y"
