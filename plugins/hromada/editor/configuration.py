"""The configuration of Sveltia CMS: to which repository it writes, and its forms."""

from __future__ import annotations

from typing import Any

from hromada.domain.settings import SiteSettings
from hromada.editor.git_host import GITHUB_API, Backend, GitHost


def configuration(host: GitHost, settings: SiteSettings) -> dict[str, Any]:
    """What `/admin/config.json` says."""
    return {
        "backend": _backend(host),
        "media_folder": "content/images",
        "public_folder": "/images",
        "site_url": settings.address,
        "display_url": settings.address,
        "app_title": settings.name,
        "output": {"yaml": {"quote": "double"}},
        "media_libraries": {
            "default": {
                "config": {
                    "transformations": {
                        "raster_image": {
                            "format": "webp", "quality": 85, "width": settings.archive_side, "height": settings.archive_side,
                        }
                    }
                }
            }
        },
        "collections": [_news()],
    }  # fmt: skip


def _backend(host: GitHost) -> dict[str, Any]:
    backend: dict[str, Any] = {
        "name": host.backend.value, "repo": host.repository, "branch": host.branch, "api_root": host.api, "auth_methods": ["token"],
    }  # fmt: skip
    if host.backend is not Backend.GITHUB:
        backend["base_url"] = host.web
    elif host.api != GITHUB_API:
        backend["graphql_api_root"] = f"{host.web}/api/graphql"  # Sveltia guesses another path of GitHub Enterprise
    return backend


def _news() -> dict[str, Any]:
    return {
        "name": "news",
        "label": "Новини",
        "label_singular": "новина",
        "folder": "content/news",
        "path": "{{year}}/{{slug}}",
        "slug": "{{year}}-{{month}}-{{day}}-{{slug}}",
        "create": True,
        "media_folder": "",
        "public_folder": "",
        "fields": [
            {"name": "title", "label": "Заголовок", "widget": "string"},
            {"name": "date", "label": "Дата", "widget": "datetime", "type": "date", "format": "YYYY-MM-DD"},
            {"name": "image", "label": "Зображення", "widget": "image", "required": False},
            {"name": "image-alt", "label": "Опис зображення", "widget": "string", "required": False},
            {"name": "body", "label": "Текст", "widget": "markdown"},
        ],
    }
