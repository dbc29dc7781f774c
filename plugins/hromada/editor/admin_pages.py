"""The pages below /admin/ and what each may load: no other page of the site has a policy like these.

A new page is a row of `ADMIN_PAGES` and a template. Its scripts and styles lie in `theme/admin/`; the template names them
as `{{ parts ~ "registers.js" }}`.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from hromada.domain.site_urls import ADMIN, ADMIN_REGISTERS, ADMIN_STATUS
from hromada.editor.git_host import GitHost


class AdminPage(NamedTuple):
    """A page of the editor: `has_cms` for the one on which Sveltia CMS runs."""

    path: str
    title: str
    template: str
    has_cms: bool = False


ADMIN_PAGES = (
    AdminPage(ADMIN, "Редактор сайту", "admin/editor.html", has_cms=True),
    AdminPage(ADMIN_REGISTERS, "Журнали", "admin/registers.html"),
    AdminPage(ADMIN_STATUS, "Стан сайту", "admin/status.html"),
)


def policy(page: AdminPage, host: GitHost) -> str:
    """The Content-Security-Policy of a page.

    The token of the person at work is readable for every script of these pages, so they run no script but the site's own
    and send nothing to any host but the git host. Sveltia decodes photos by WebAssembly, reads and shows them from memory.
    """
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'", host.origin],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
    if page.has_cms:
        directives["script-src"].append("'wasm-unsafe-eval'")
        directives["img-src"] += ["blob:", "data:"]
        directives["worker-src"] = ["'self'"]
        directives["connect-src"].append("blob:")
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def host_data(host: GitHost, base: str) -> str:
    """The git host for the page's scripts, as JSON that no `<` can end."""
    return json.dumps(host.as_object(base), ensure_ascii=False).replace("<", "\\u003c")
