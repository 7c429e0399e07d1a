"""The generic names at the root are safe as long as nothing that is installed has them too."""

import importlib.metadata

import pytest

from tests.architecture import tree

OURS = (*tree.PRODUCT, "devtools", "tests")


def test_no_installed_distribution_shares_our_names() -> None:
    owners = importlib.metadata.packages_distributions()
    for name in OURS:
        assert set(owners.get(name, ())) <= {"fairhour"}, name


@pytest.mark.parametrize("name", OURS)
def test_our_packages_are_the_ones_that_python_finds(name: str) -> None:
    found = importlib.util.find_spec(name)
    assert found is not None
    assert found.origin == str(tree.ROOT / name / "__init__.py")


def test_the_project_can_not_be_uploaded() -> None:
    assert "Private :: Do Not Upload" in tree.PROJECT["project"]["classifiers"]
