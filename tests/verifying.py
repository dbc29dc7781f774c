"""The verification of a built folder, as a publication does it, with a cache of its own."""

import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from hromada.publish.site_tree import file_digests
from hromada.publish.verification import VerificationRules, verify
from hromada.verification.site_address import SiteAddress

GOLDEN = "https://zrazkova.example/sait"  # the address of the golden site


def output_faults(folder: Path, address: str = "", store: str = "", cache: Path | None = None, **rules) -> list[str]:
    """What the verification says of a folder, sorted."""
    site = SiteAddress(address, urlsplit(address).path, store)
    with tempfile.TemporaryDirectory() as place:
        refusals = verify(folder, file_digests(folder), VerificationRules(site, **rules), cache or Path(place), "tests")
    return sorted(refusal.message for refusal in refusals)
