"""What is said while nobody has set the address under which the site is published."""

from __future__ import annotations

from hromada.shell.call import Call

PUBLIC_CONF = "publishconf.py"


def address_note(call: Call) -> list[str]:
    """The lines to say; none when the address of the published site is a real one."""
    settings = call.with_changes(conf=PUBLIC_CONF).settings()
    if not settings.has_sample_address:
        return []
    return [
        f"Зауважте: справжньої адреси сайту не вказано, стоїть зразок {settings.address}. Документи звітів виходять без адреси й"
        " посилань на сайт.",
        f"Скажіть тому, хто веде сховище: справжню адресу вписують до {PUBLIC_CONF} або дають щоразу,"
        " make publish SITEURL=https://<адреса сайту>",
    ]
