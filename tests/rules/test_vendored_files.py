"""What we carry from others is what we say it is."""

import hashlib
import json
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "static" / "vendor"


def test_every_vendored_file_has_the_sum_in_the_manifest() -> None:
    packages = json.loads((VENDOR / "manifest.json").read_text())
    listed = {name: sum_ for package in packages for name, sum_ in package["sha256"].items()}
    here = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.iterdir()
        if path.name != "manifest.json"
    }
    assert here == listed


def test_every_vendored_package_names_its_version_and_licence() -> None:
    packages = json.loads((VENDOR / "manifest.json").read_text())
    assert packages
    assert all(p["name"] and p["version"] and p["licence"] for p in packages)


def test_no_vendored_file_asks_for_a_source_map() -> None:
    texts = [path.read_text() for path in VENDOR.glob("*.min.*")]
    assert texts
    assert not any("sourceMappingURL" in text for text in texts)
