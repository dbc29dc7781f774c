"""Earlier sites made up for the tests: exports, feeds and folders as programs write them, of a council that never was."""

from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")
HOME = "https://stara.example"
RSS = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACES = (
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"'
)


def cdata(text):
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def post(id, title, body="", when="2021-07-05 09:30:00", **other):
    """An item of an export; `when` is the universal clock's."""
    local = ""
    if when:
        local = f"{datetime.fromisoformat(when).replace(tzinfo=UTC).astimezone(KYIV):%Y-%m-%d %H:%M:%S}"
    name = other.get("name", f"zapys-{id}")
    link = other.get("link", f"{HOME}/{(local or '2021')[:10].replace('-', '/')}/{name}/")
    parts = [
        f"<title>{cdata(title)}</title>",
        f"<link>{link}</link>",
        "<pubDate>Wed, 30 Nov -0001 00:00:00 +0000</pubDate>",
        f"<dc:creator>{cdata('redaktor')}</dc:creator>",
        f'<guid isPermaLink="false">{HOME}/?p={id}</guid>',
        "<description></description>",
        f"<content:encoded>{cdata(body)}</content:encoded>",
        f"<excerpt:encoded>{cdata(other.get('excerpt', ''))}</excerpt:encoded>",
        f"<wp:post_id>{id}</wp:post_id>",
        f"<wp:post_date>{cdata(other.get('local', local or '0000-00-00 00:00:00'))}</wp:post_date>",
        f"<wp:post_date_gmt>{cdata(when or '0000-00-00 00:00:00')}</wp:post_date_gmt>",
        f"<wp:post_name>{cdata(name)}</wp:post_name>",
        f"<wp:status>{cdata(other.get('status', 'publish'))}</wp:status>",
        f"<wp:post_type>{cdata(other.get('type', 'post'))}</wp:post_type>",
        f"<wp:post_password>{cdata(other.get('password', ''))}</wp:post_password>",
        *(f'<category domain="category" nicename="x">{cdata(one)}</category>' for one in other.get("categories", ())),
        *(f'<category domain="post_tag" nicename="x">{cdata(one)}</category>' for one in other.get("tags", ())),
        *(
            f"<wp:postmeta><wp:meta_key>{cdata(key)}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
            for key, value in other.get("meta", {}).items()
        ),
        *("<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>" for _ in range(other.get("comments", 0))),
    ]
    if "url" in other:
        parts.append(f"<wp:attachment_url>{cdata(other['url'])}</wp:attachment_url>")
    return "<item>\n" + "\n".join(parts) + "\n</item>"


def export(*items):
    """A whole export of WordPress."""
    head = f"""<rss version="2.0" {NAMESPACES}>
<channel>
<title>Стара громада</title>
<link>{HOME}</link>
<description>Сайт</description>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>{HOME}</wp:base_site_url>
<wp:base_blog_url>{HOME}</wp:base_blog_url>
<wp:author><wp:author_login>{cdata("redaktor")}</wp:author_login><wp:author_display_name>{cdata("Відділ інформації")}</wp:author_display_name></wp:author>
"""
    return RSS + head + "\n".join(items) + "\n</channel>\n</rss>\n"


def rss(*entries):
    """A feed of (title, slug, local moment, HTML, categories) at the addresses of the community's earlier site."""
    items = []
    for title, slug, when, html, *categories in entries:
        moment = datetime.fromisoformat(when).replace(tzinfo=KYIV)
        address = f"{HOME}/news/{slug}-{moment.date()}"
        items.append(
            f"<item><title>{escape(title)}</title><link>{address}</link><guid>{address}</guid>"
            f"<pubDate>{format_datetime(moment.astimezone(UTC), usegmt=True)}</pubDate>"
            f"{''.join(f'<category>{escape(one)}</category>' for one in categories)}"
            f"<description>{escape(html)}</description></item>"
        )
    head = f'<rss version="2.0"><channel><title>Стара громада</title><link>{HOME}/</link><description/>'
    return f"{RSS}{head}{''.join(items)}</channel></rss>"


def atom(*entries):
    """A feed of (title, address, published, XHTML)."""
    items = (
        f"<entry><title>{escape(title)}</title><id>tag:{number}</id><link href='{address}'/>"
        f"<published>{published}</published><updated>{published}</updated><author><name>Відділ</name></author>"
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{xhtml}</div></content></entry>"
        for number, (title, address, published, xhtml) in enumerate(entries)
    )
    head = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Стара</title><id>x</id><link href='{HOME}/'/>"
    return f"{RSS}{head}{''.join(items)}</feed>"
