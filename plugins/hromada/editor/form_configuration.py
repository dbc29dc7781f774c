"""The whole configuration that the page of the editor gives to the CMS: `/admin/config.json`."""

from __future__ import annotations

from typing import Any

from hromada.editor.form_collections import collections_of
from hromada.editor.form_fields import FormChoices


def cms_configuration(backend: dict[str, Any], site: str, name: str, choices: FormChoices) -> dict[str, Any]:
    """The configuration; `backend` is the git host's part, `site` the address of the site, `name` the community's."""
    return {
        "load_config_file": False,
        "backend": backend,
        "app_title": f"Редактор – {name}",
        "site_url": site,
        "media_folder": "content/images",
        "public_folder": "/images",
        "media_libraries": {"default": {"config": {"slugify_filename": True}}, "stock_assets": {"providers": []}},
        "show_preview_links": False,
        # The scripts of the page replace the rule itself (theme/admin/transliteration.js).
        "slug": {"encoding": "ascii", "clean_accents": True},
        "output": {"omit_empty_optional_fields": True},
        "editor": {"preview": False},
        "collections": collections_of(choices),
    }
