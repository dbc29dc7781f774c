"""The settings of the published site: its real address, and the domain when it has one of its own."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from pelicanconf import *  # noqa: E402, F403
from pelicanconf import HROMADA as LOCAL  # noqa: E402

# The domain written to CNAME for the git host's pages; empty when the site lives under the host's own name.
DOMAIN = os.environ.get("DOMAIN", "")
HROMADA = LOCAL | {"address": os.environ.get("SITEURL") or (f"https://{DOMAIN}" if DOMAIN else "https://hromada.example")}
