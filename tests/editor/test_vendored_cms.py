"""The CMS in the repository is what its preparation made: known bytes, with licences, asking nobody but the git host."""

import hashlib
import json
import re
import subprocess

import pytest

from tests.conftest import ROOT

CMS = ROOT / "theme/admin/sveltia"
PREPARATION = ROOT / "tests/editor/cms"
MANIFEST = json.loads((CMS / "manifest.json").read_text("utf-8"))
FILES = {
    path.relative_to(CMS).as_posix(): path for path in CMS.rglob("*") if path.is_file() and path.name != "manifest.json"
}
# Hosts in the scripts. A script could ask these on its own, only with settings that our configuration never has, and the
# policy of the page forbids each of them:
ASKED = frozenset(
    [
        "api.github.com",
        "gitlab.com",
        "gitea.com",
        "api.netlify.com",
        "picsum.photos",
        "pixabay.com",
        "api.pexels.com",
        "api.unsplash.com",
        "nominatim.openstreetmap.org",
        "translation.googleapis.com",
        "generativelanguage.googleapis.com",
        "api.openai.com",
        "api.anthropic.com",
        "api.mistral.ai",
        "api.deepseek.com",
        "ucarecdn.com",
        "upload.uploadcare.com",
        "api.uploadcare.com",
        "res.cloudinary.com",
    ]
)
# These are links that a person may open, and names:
LINKED = frozenset(
    [
        "ai.google.dev",
        "aistudio.google.com",
        "api-docs.deepseek.com",
        "app.uploadcare.com",
        "aws.amazon.com",
        "azure.microsoft.com",
        "bsky.app",
        "bunny.net",
        "cloud.digitalocean.com",
        "cloudinary.com",
        "codeberg.org",
        "console.aws.amazon.com",
        "console.cloud.google.com",
        "console.cloudinary.com",
        "console.mistral.ai",
        "console.scaleway.com",
        "dash.bunny.net",
        "dash.cloudflare.com",
        "developers.cloudflare.com",
        "discord.com",
        "docs.aws.amazon.com",
        "docs.claude.com",
        "docs.digitalocean.com",
        "docs.mistral.ai",
        "fontsource.org",
        "github.com",
        "json-schema.org",
        "learn.microsoft.com",
        "lexical.dev",
        "ns.adobe.com",
        "platform.claude.com",
        "platform.deepseek.com",
        "platform.openai.com",
        "portal.azure.com",
        "react.dev",
        "secure.backblaze.com",
        "stackoverflow.com",
        "status.gitlab.com",
        "supabase.com",
        "svelte.dev",
        "sveltiacms.app",
        "unsplash.com",
        "uploadcare.com",
        "www.backblaze.com",
        "www.cloudflare.com",
        "www.digitalocean.com",
        "www.githubstatus.com",
        "www.openstreetmap.org",
        "www.pexels.com",
        "www.scaleway.com",
        "www.w3.org",
        "www.youtube-nocookie.com",
        "www.youtube.com",
        "youtu.be",
    ]
)
GONE = ("unpkg.com", "jsdelivr.net", "githubstatus.com/api", "hostedstatus.com", 'netlify-identity-widget.js"')


def scripts():
    return {name: path.read_text("utf-8") for name, path in FILES.items() if name.endswith(".js")}


def test_every_file_has_the_bytes_that_the_preparation_noted():
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in FILES.items()} == MANIFEST


def test_the_package_is_pinned_by_version_and_digest_without_the_host_of_a_registry():
    wanted = json.loads((PREPARATION / "package.json").read_text("utf-8"))
    lock = json.loads((PREPARATION / "package-lock.json").read_text("utf-8"))
    locked = {name.removeprefix("node_modules/"): package for name, package in lock["packages"].items() if name}

    for name, version in (wanted["dependencies"] | wanted["devDependencies"]).items():
        assert locked[name]["version"] == version, name
    assert [name for name, package in locked.items() if not package["integrity"].startswith("sha512-")] == []
    assert "resolved" not in (PREPARATION / "package-lock.json").read_text("utf-8")


def test_every_host_in_the_scripts_is_one_that_somebody_has_looked_at():
    named = {host for text in scripts().values() for host in re.findall(r"https?://([A-Za-z0-9.-]+\.[a-z]+)", text)}

    assert named == ASKED | LINKED


@pytest.mark.parametrize("address", GONE)
def test_networks_of_packages_and_fonts_and_pages_of_states_are_named_nowhere(address):
    assert [name for name, text in scripts().items() if address in text] == []


def test_no_script_names_a_map_of_its_source_or_an_address_below_it():
    assert [name for name, text in scripts().items() if "sourceMappingURL" in text] == []
    assert [name for name in FILES if name.endswith(".map")] == []


def test_every_package_of_the_bundle_and_every_font_stands_with_its_licence():
    text = (CMS / "LICENSES.txt").read_text("utf-8")
    heads = re.findall(r"(?:\A|-{80}\n\n)([^\n]+)\n\n([^\n]+)", text)

    assert {"@sveltia/cms 0.221.1: MIT", "material-symbols-outlined (font)", "source-sans-3 (font)", "noto-mono (font)"} <= {
        head for head, _ in heads
    }  # fmt: skip
    assert [head for head, first in heads if first.startswith("---")] == []
    assert {head.rpartition(": ")[2] for head, _ in heads if re.search(r" \d[\d.]+: ", head) and "Decoder" not in head} <= {
        "MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC",
    }  # fmt: skip


@pytest.mark.soak
def test_preparing_again_gives_the_same_bytes(tmp_path):
    if not (PREPARATION / "node_modules").is_dir():
        pytest.skip("npm ci --omit=peer in tests/editor/cms")
    node = ["node", "prepare.mjs", str(tmp_path / "again")]
    subprocess.run(node, cwd=PREPARATION, check=True, capture_output=True)
    again = {
        path.relative_to(tmp_path / "again").as_posix(): path.read_bytes()
        for path in (tmp_path / "again").rglob("*")
        if path.is_file()
    }

    assert {
        name: hashlib.sha256(data).hexdigest() for name, data in again.items() if name != "manifest.json"
    } == MANIFEST
