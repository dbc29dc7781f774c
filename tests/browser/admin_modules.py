"""The scripts of /admin/ served as the modules that they are, for tests that call their functions in Chromium."""

import contextlib
import functools
import json
import threading
from pathlib import Path

from hromada.domain.account import Account, Accounts
from hromada.domain.figure import Figures, standard_figures
from hromada.domain.site_urls import ADMIN_REGISTERS
from hromada.editor.admin_pages import ADMIN_PAGES, host_data, policy
from hromada.pages.register_forms import register_forms
from tests.browser.test_pages import QuietHandler, Server

ADMIN = Path(__file__).resolve().parents[2] / "theme/admin"
REGISTERS = ("coverage", "monitoring", "newspaper", "requests", "social")
ACCOUNTS = Accounts.of(
    [
        Account("rada", "Дергачівська міська рада", ("ДМР",), ("facebook", "instagram"), "main"),
        Account("prudianka", "Прудянський старостинський округ", (), ("facebook",), "starosta"),
    ]
)


def rules():
    """What the page of registers knows, as it gets it: through JSON."""
    forms = register_forms(REGISTERS, ACCOUNTS, Figures(standard_figures(REGISTERS)))
    return json.loads(json.dumps(forms, ensure_ascii=False))


@contextlib.contextmanager
def served(folder=ADMIN):
    """The address of a folder's files."""
    server = Server(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextlib.contextmanager
def module_page(browser):
    """A page from which the modules can be imported."""
    with served() as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/git_host.js")
        yield page
        context.close()


def site_of_registers(folder, host, forms=None):
    """A folder with the page of registers as the site has it, for a git host."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ADMIN.parent / "templates"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters |= {"url": str, "asset": "/static/{}".format}
    shown = next(page for page in ADMIN_PAGES if page.path == ADMIN_REGISTERS)
    page = environment.get_template(shown.template).render(
        page_title=shown.title, path=shown.path, policy=policy(shown, host), parts="/admin/parts/", host=host_data(host, ""),
        admin_pages=ADMIN_PAGES, site={"name": "Дергачівська громада"},
    )  # fmt: skip
    (folder / "admin/registers").mkdir(parents=True)
    (folder / "admin/registers/index.html").write_text(page, "utf-8")
    (folder / "admin/registers.json").write_text(json.dumps(forms or rules(), ensure_ascii=False), "utf-8")
    (folder / "admin/parts").symlink_to(ADMIN)
    (folder / "static").symlink_to(ADMIN.parent / "static")
    return folder
