"""The login that Sveltia CMS keeps in the browser, from which the pages of /admin/ take their token."""

import json


def login_script(backend: str, token: str) -> str:
    """A script that a test runs before a page's own: somebody has logged in already."""
    login = json.dumps({"backendName": backend, "token": token})
    return f"localStorage.setItem('sveltia-cms.user', {json.dumps(login)})"
