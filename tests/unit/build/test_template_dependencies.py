import jinja2
import pytest
from jinja2 import meta, nodes

from hromada.build.page_keys import Templates
from tests.conftest import ROOT

THEME = ROOT / "theme/templates"
REAL = sorted(path.relative_to(THEME).as_posix() for path in THEME.rglob("*") if path.is_file())
SMALL = {
    "base.html": '<link href="{{ "css/site.css"|asset }}">{% block main %}{% endblock %}',
    "page.html": '{% extends "base.html" %}{%- from "components/a.html" import a with context -%}',
    "other.html": '{% extends "base.html" %}<img src="{{ \'img/other.svg\' | asset }}">',
    "alone.html": "no other",
    "included.txt": "{%+ include 'components/b.html' %}{% import \"components/c.html\" as c %}",
    "components/a.html": '{% from "components/b.html" import b %}{% macro a() %}{% endmacro %}',
    "components/b.html": '{% from "components/a.html" import a %}<img src="{{ "img/b.svg"|asset }}">',
    "components/c.html": "c",
}
USED = {
    "alone.html": {"alone.html"},
    "base.html": {"base.html"},
    "included.txt": {"included.txt", "components/a.html", "components/b.html", "components/c.html"},
    "other.html": {"base.html", "other.html"},
    "page.html": {"base.html", "components/a.html", "components/b.html", "page.html"},
}
ASSETS = {"css/site.css": "site.1.css", "img/b.svg": "b.1.svg", "img/other.svg": "other.1.svg"}
SHOWN = {
    "alone.html": set(),
    "base.html": {"css/site.css"},
    "included.txt": {"img/b.svg"},
    "other.html": {"css/site.css", "img/other.svg"},
    "page.html": {"css/site.css", "img/b.svg"},
}


@pytest.fixture(scope="module")
def real():
    return Templates(THEME, {})


@pytest.fixture
def small(tmp_path):
    for name, text in SMALL.items():
        put(tmp_path, name, text)
    return tmp_path


def put(folder, name, text):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def digests(folder, assets=ASSETS):
    templates = Templates(folder, assets)
    return {name: templates.digest(name) for name in templates.names}


def changed(before, after):
    return {name for name in before if before[name] != after[name]}


def parsed(name):
    return jinja2.Environment(autoescape=True).parse((THEME / name).read_text("utf-8"))


def referenced(name):
    """What Jinja's own parser finds: the template and all that it refers to, from one to the next."""
    found, waiting = {name}, [name]
    while waiting:
        new = set(meta.find_referenced_templates(parsed(waiting.pop()))) - found
        found |= new
        waiting += new
    return found


def assets(name):
    """The uses of the filter `asset`."""
    return [one for one in parsed(name).find_all(nodes.Filter) if one.name == "asset"]


def test_the_theme_has_templates():
    assert {"base.html", "article.html", "components/card-list.html"} <= set(REAL)


@pytest.mark.parametrize("name", REAL)
def test_a_template_uses_what_jinja_finds(real, name):
    assert real.used_by(name) == sorted(referenced(name))


@pytest.mark.parametrize("name", REAL)
def test_every_asset_is_called_by_a_literal_name(name):
    assert all(isinstance(one.node, nodes.Const) and not one.args for one in assets(name))


@pytest.mark.parametrize("name", REAL)
def test_a_real_template_changes_with_the_assets_that_it_shows(real, name):
    shown = {use.node.value for one in real.used_by(name) for use in assets(one)}
    changing = {
        asset for asset in {"no/such.css", *shown} if Templates(THEME, {asset: "x"}).digest(name) != real.digest(name)
    }

    assert changing == shown


def test_the_templates_of_pages_are_those_outside_of_folders_and_those_of_the_editor(small, real):
    assert Templates(small, {}).names == sorted(USED)
    assert real.names == sorted(name for name in REAL if "/" not in name or name.startswith("admin/"))
    assert "admin/editor.html" in real.names


def test_a_template_is_made_of_all_that_it_extends_includes_and_imports(small):
    templates = Templates(small, {})

    assert {name: set(templates.used_by(name)) for name in templates.names} == USED


@pytest.mark.parametrize("name", sorted(SMALL))
def test_a_changed_template_changes_just_those_that_use_it(small, name):
    before = digests(small)
    put(small, name, SMALL[name] + " ")

    assert changed(before, digests(small)) == {user for user, used in USED.items() if name in used}


@pytest.mark.parametrize("asset", sorted(ASSETS))
def test_a_changed_asset_changes_just_those_that_show_it(small, asset):
    after = digests(small, ASSETS | {asset: "changed"})

    assert changed(digests(small), after) == {user for user, shown in SHOWN.items() if asset in shown}


def test_an_asset_that_nobody_shows_changes_nothing(small):
    assert digests(small, ASSETS | {"img/new.svg": "new.1.svg"}) == digests(small)


def test_a_new_template_changes_no_other(small):
    before = digests(small)
    put(small, "new.html", "new")

    assert changed(before, digests(small)) == set()


def test_a_renamed_component_changes_those_that_use_it(small):
    before = digests(small)
    (small / "components/c.html").rename(small / "components/d.html")
    put(small, "included.txt", SMALL["included.txt"].replace("c.html", "d.html"))

    assert changed(before, digests(small)) == {"included.txt"}


def test_a_template_that_is_not_there_is_refused(small):
    put(small, "page.html", '{% extends "nothing.html" %}')

    with pytest.raises(KeyError, match="nothing"):
        Templates(small, {}).digest("page.html")
