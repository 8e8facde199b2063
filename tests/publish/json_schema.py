"""As much of JSON Schema (draft 4) as the published schemas of JSON Feed use."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Rule = Mapping[str, Any]
_KINDS: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
}


class Schemas:
    """Schemas by name; one may refer to another ("feed-1#/definitions/item")."""

    def __init__(self, schemas: Mapping[str, Rule]) -> None:
        self.schemas = schemas

    def find_faults(self, value: object, name: str) -> list[str]:
        """Return everything in `value` that the schema of that name does not allow."""
        return list(self._check(value, self.schemas[name], name, "$"))

    def _check(self, value: Any, rule: Rule, home: str, at: str) -> Iterator[str]:
        if "$ref" in rule:
            yield from self._follow(value, rule["$ref"], home, at)
            return
        kinds = rule.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if kinds and not any(isinstance(value, _KINDS[kind]) for kind in kinds):
            yield f"{at} is no {kinds}"
            return
        if "enum" in rule and value not in rule["enum"]:
            yield f"{at} is {value!r}"
        if isinstance(value, str) and rule.get("format") == "uri":
            yield from () if re.match(r"[a-z]+:\S+$", value) else (f"{at} is no address",)
        yield from self._check_choices(value, rule, home, at)
        if isinstance(value, dict):
            yield from self._check_object(value, rule, home, at)
        if isinstance(value, list) and "items" in rule:
            for number, each in enumerate(value):
                yield from self._check(each, rule["items"], home, f"{at}[{number}]")

    def _follow(self, value: Any, reference: str, home: str, at: str) -> Iterator[str]:
        name, _, path = reference.partition("#")
        home = name.rpartition("/")[2].removesuffix(".json") or home
        rule: Any = self.schemas[home]
        for step in path.strip("/").split("/"):
            rule = rule[step] if step else rule
        yield from self._check(value, rule, home, at)

    def _check_choices(self, value: Any, rule: Rule, home: str, at: str) -> Iterator[str]:
        def fits(choice: Rule) -> bool:
            return not any(self._check(value, choice, home, at))

        if "anyOf" in rule and not any(map(fits, rule["anyOf"])):
            yield f"{at} is none of what it may be"
        if "oneOf" in rule and sum(map(fits, rule["oneOf"])) != 1:
            yield f"{at} is not one of what it may be"
        if "not" in rule and fits(rule["not"]):
            yield f"{at} is what it may not be"
        for part in rule.get("allOf", ()):
            yield from self._check(value, part, home, at)

    def _check_object(self, value: dict, rule: Rule, home: str, at: str) -> Iterator[str]:
        yield from (f"{at} lacks {name}" for name in rule.get("required", ()) if name not in value)
        known, patterns = rule.get("properties", {}), rule.get("patternProperties", {})
        for name, each in value.items():
            matching = [part for pattern, part in patterns.items() if re.search(pattern, name)]
            parts = [known[name], *matching] if name in known else matching
            for part in parts:
                yield from self._check(each, part, home, f"{at}.{name}")
            if not parts and rule.get("additionalProperties") is False:
                yield f"{at}.{name} is not known"
