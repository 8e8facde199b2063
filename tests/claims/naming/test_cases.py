"""Names of short texts, as data: what they must be called, and what must be no name."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dateline.claims.names import find_names
from dateline.claims.page import Page
from dateline.model import ClaimClues, EntityKind

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))["case"]
KINDS = {
    "people": EntityKind.PERSON,
    "organisations": EntityKind.ORGANISATION,
    "places": EntityKind.PLACE,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_names(case: dict[str, Any]) -> None:
    page = Page(case["text"], ClaimClues(language=case.get("language", "en")))
    names = find_names(page)
    for field, kind in KINDS.items():
        if field in case:
            found = {
                one.name: [page.words(span) for span in one.mentions]
                for one in names.entities
                if one.kind is kind
            }
            expected = case[field]
            assert {name: found.get(name) for name in expected} == expected
            assert field != "people" or set(found) == set(expected)
    roles = {one.name: one.role for one in names.entities if one.kind is EntityKind.PERSON}
    assert {name: roles.get(name) for name in case.get("roles", {})} == case.get("roles", {})
    mentions = [page.words(span) for one in names.entities for span in one.mentions]
    assert not [word for word in case.get("none", []) if any(word in said for said in mentions)]
