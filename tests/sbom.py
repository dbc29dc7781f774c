"""`sbom.cdx.json`: what the site's tool is made of, in CycloneDX. `make lock` writes it; the same locks give the same bytes.

It has the locked packages of a publication (scope «optional»: only with a store of pictures) and the bundled fonts. The digests
of their files are in the locks, whose own digests it names; there is no serial number and no time.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from functools import cache

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

from tests.locked_packages import BUNDLED, ROOT, Bundled, Package, installed, licence_of, locked, normalized

SBOM = ROOT / "sbom.cdx.json"
_LICENCES = LicenseFactory()


def sbom_text() -> str:
    """The document as it has to be for the present locks."""
    bom = _bom()
    document = json.loads(JsonV1Dot6(bom).output_as_string())
    del document["serialNumber"], document["metadata"]["timestamp"]  # another with each run
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _bom() -> Bom:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = set(locked("runtime"))
    components = {package: _component(package, is_needed=package in needed) for package in locked("store")}
    root = Component(
        type=ComponentType.APPLICATION,
        name=project["name"],
        version=project["version"],
        description=project["description"],
        bom_ref=project["name"],
        licenses=[_LICENCES.make_from_string(project["license"])],
        properties=[
            Property(name=f"sha256:requirements/{level}.txt", value=_lock_digest(level))
            for level in ("runtime", "store")
        ],
    )
    fonts = [_bundled(bundled) for bundled in BUNDLED]
    bom = Bom(components=[*components.values(), *fonts])
    bom.metadata.component = root
    direct = _written_requirements()
    bom.register_dependency(root, [*(c for package, c in components.items() if package.name in direct), *fonts])
    for package, component in components.items():
        named = _dependencies_of(package.name)
        bom.register_dependency(component, [c for other, c in components.items() if other.name in named])
    return bom


def _component(package: Package, *, is_needed: bool) -> Component:
    purl = PackageURL("pypi", None, package.name, package.version)
    return Component(
        type=ComponentType.LIBRARY,
        name=package.name,
        version=package.version,
        purl=purl,
        bom_ref=purl.to_string(),
        scope=ComponentScope.REQUIRED if is_needed else ComponentScope.OPTIONAL,
        licenses=[_LICENCES.make_from_string(licence_of(package.name))],
    )


def _bundled(bundled: Bundled) -> Component:
    return Component(
        type=ComponentType.FILE,
        name=bundled.name,
        version=bundled.version,
        bom_ref=bundled.folder,
        scope=ComponentScope.REQUIRED,
        licenses=[_LICENCES.make_from_string(bundled.licence)],
        components=[
            Component(
                type=ComponentType.FILE,
                name=path.relative_to(ROOT).as_posix(),
                bom_ref=path.relative_to(ROOT).as_posix(),
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=hashlib.sha256(path.read_bytes()).hexdigest())],
            )
            for path in sorted((ROOT / bundled.folder).glob(f"*{bundled.suffix}"))
        ],
    )


def _lock_digest(level: str) -> str:
    return hashlib.sha256((ROOT / f"requirements/{level}.txt").read_bytes()).hexdigest()


@cache
def _written_requirements() -> dict[str, set[str]]:
    """The packages that `runtime.in` and `store.in` name themselves, with the extras that they ask for."""
    lines = [
        line
        for level in ("runtime", "store")
        for line in (ROOT / f"requirements/{level}.in").read_text("utf-8").splitlines()
    ]
    written = [Requirement(line.partition("#")[0]) for line in lines if line.strip() and line[0] not in "#-"]
    return {normalized(requirement.name): requirement.extras for requirement in written}


def _dependencies_of(name: str) -> set[str]:
    """The packages that a package needs on any machine, with those of its extras that we ask for."""
    package, extras = installed(name), _written_requirements().get(name, ())
    requirements = [Requirement(line) for line in (package.requires or () if package else ())]
    return {
        normalized(one.name)
        for one in requirements
        if "extra ==" not in str(one.marker) or any(f'extra == "{extra}"' in str(one.marker) for extra in extras)
    }


if __name__ == "__main__":
    SBOM.write_text(sbom_text(), "utf-8", newline="\n")
