SITENAME = "Громада"
SITEURL = FEED_DOMAIN = "https://hromada.example"
PATH = "content"
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
THEME = "theme"
THEME_STATIC_DIR = "theme"
TIMEZONE = "Europe/Kyiv"
DEFAULT_LANG = "uk"
DEFAULT_PAGINATION = 20
ARTICLE_PATHS = ["news"]
PAGE_PATHS = ["pages"]
STATIC_PATHS: list[str] = []
PLUGINS: list[str] = []
ARTICLE_URL = ARTICLE_SAVE_AS = "news/{date:%Y}/{slug}.html"
PAGE_URL = PAGE_SAVE_AS = "units/{slug}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "category/{slug}.html"
TAG_SAVE_AS = AUTHOR_SAVE_AS = ""
AUTHORS_SAVE_AS = TAGS_SAVE_AS = CATEGORIES_SAVE_AS = ARCHIVES_SAVE_AS = ""
YEAR_ARCHIVE_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES = {"index": None, "category": None, "period_archives": None}
FEED_ALL_ATOM = "feed.atom"
FEED_ALL_RSS = None
CATEGORY_FEED_ATOM = "category/{slug}.atom"
TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 20
