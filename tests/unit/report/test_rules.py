import hashlib

from hromada.report.rules import RULES, VERSION

# Whoever changes how things are counted, or says it in other words, raises VERSION and adds a line here: approved
# reports name the version by which they were counted.
DIGESTS = {"1": "1750fe01ea6e0da7938de4f42292e4f9fa67b597e9e6116c9d2726e879b0ebd8"}


def test_other_rules_have_another_version():
    digest = hashlib.sha256("\n".join(RULES).encode()).hexdigest()

    assert DIGESTS[VERSION] == digest
