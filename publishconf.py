"""The settings of the published site: its real address, and the domain when it has one of its own.

SITEURL and DOMAIN of a call count for more; while neither says a real address, the one that is online stays.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403
from pelicanconf import HROMADA as LOCAL

# The domain written to CNAME for the git host's pages; empty when the site lives under the host's own name.
DOMAIN = ""
HROMADA = LOCAL | {"address": f"https://{DOMAIN}" if DOMAIN else "https://hromada.example"}
# Further copies of the site, each brought up to date and compared after every publication: a folder, a server, a bucket, such as
# "/srv/site", "ssh://user@server/srv/site", "s3://s3.provider.example/bucket" (docs/hosting.md).
MIRRORS = []
