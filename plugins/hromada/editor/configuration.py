"""The configuration of Sveltia CMS: to which repository it writes, and its forms."""

from __future__ import annotations

from typing import Any

from hromada.domain.settings import SiteSettings
from hromada.editor.form_collections import collections_of
from hromada.editor.form_fields import FormChoices
from hromada.editor.git_host import GITHUB_API, Backend, GitHost


def configuration(host: GitHost, settings: SiteSettings, choices: FormChoices) -> dict[str, Any]:
    """What `/admin/config.json` says; `choices` are what the forms offer of the content."""
    return {
        "backend": _backend(host),
        "media_folder": "content/images",
        "public_folder": "/images",
        "site_url": settings.address,
        "display_url": settings.address,
        "app_title": settings.name,
        "show_preview_links": False,
        **_review(host, settings),
        # What the page's scripts refuse to name (an empty title) still gets a name that a site can have.
        "slug": {"encoding": "ascii", "clean_accents": True},
        "media_libraries": {
            "default": {
                "config": {
                    "slugify_filename": True,
                    "transformations": {
                        "raster_image": {
                            "format": "webp", "quality": 85, "width": settings.archive_side, "height": settings.archive_side,
                        }
                    },
                }
            },
            "stock_assets": {"providers": []},
        },
        "collections": collections_of(choices),
    }  # fmt: skip


def _review(host: GitHost, settings: SiteSettings) -> dict[str, str]:
    """Drafts as requests that somebody else accepts, where the CMS knows them; else a draft is a field of the item."""
    knows_requests = host.backend in (Backend.GITHUB, Backend.GITLAB)
    return {"publish_mode": "editorial_workflow"} if settings.editor_review and knows_requests else {}


def _backend(host: GitHost) -> dict[str, Any]:
    backend: dict[str, Any] = {
        "name": host.backend.value, "repo": host.repository, "branch": host.branch, "api_root": host.api, "auth_methods": ["token"],
    }  # fmt: skip
    if host.backend is not Backend.GITHUB:
        backend["base_url"] = host.web
    elif host.api != GITHUB_API:
        backend["graphql_api_root"] = f"{host.web}/api/graphql"  # Sveltia guesses another path of GitHub Enterprise
    return backend
