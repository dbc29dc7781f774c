import hashlib

from hromada.report.count.counting import RULES, VERSION

# Whoever changes how things are counted, or says it in other words, raises VERSION and adds a line here: approved
# reports name the version by which they were counted.
DIGESTS = {
    "1": "94602a93840fd0b1fda88c20357da9ff658e8dd9d553bb05a226b31ef3182d15",
    "2": "30543994eca98198b1426d4d3cec05fb54f6215d67ef6f07c9f47e9ac84466c8",
    "3": "4297d6db774442d2f402973355261cf0bc5f98ad42f530e67e93ee3d9c7a5548",
}


def test_other_rules_have_another_version():
    digest = hashlib.sha256("\n".join(RULES).encode()).hexdigest()

    assert DIGESTS[VERSION] == digest
