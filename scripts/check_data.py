"""Data files against their schema, and labels of one language against the others."""

import json
import re
import tomllib

from source_tree import Defect

KNOWN = {"$schema", "$id", "$ref", "$comment", "title", "description", "definitions", "$defs", "type", "enum", "const", "pattern",
         "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "uniqueItems", "items",
         "additionalItems", "properties", "required", "additionalProperties", "patternProperties", "propertyNames",
         "minProperties", "maxProperties", "dependencies", "anyOf", "oneOf", "allOf", "not", "if", "then", "else", "format",
         "default", "examples"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float),
         "null": type(None)}


def as_json(value):
    """TOML values in the form that the schema sees: dates are text."""
    if isinstance(value, dict):
        return {key: as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    return value if isinstance(value, (str, bool, int, float, type(None))) else value.isoformat()


def has_type(value, name):
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, TYPES[name]) or (name == "integer" and isinstance(value, float) and value.is_integer())


def defects_of(value, schema, whole, path="$"):
    """Sentences about where `value` does not satisfy `schema` (draft 7, the words of KNOWN; an unknown word is a defect)."""
    if schema is True:
        return []
    if schema is False:
        return [f"{path} is not allowed"]
    found = [f"{path}: the schema uses the unknown word {word}" for word in schema if word not in KNOWN]
    if "$ref" in schema:
        target = whole
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return found + defects_of(value, target, whole, path)
    wanted = schema.get("type")
    if wanted is not None:
        names = wanted if isinstance(wanted, list) else [wanted]
        if not any(has_type(value, name) for name in names):
            return found + [f"{path} is {type(value).__name__}, expected {' or '.join(names)}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{path} is {value!r}, expected one of {schema['enum']}")
    if "const" in schema and value != schema["const"]:
        found.append(f"{path} is {value!r}, expected {schema['const']!r}")
    found += defects_of_size(value, schema, path)
    if isinstance(value, list):
        found += defects_of_items(value, schema, whole, path)
    if isinstance(value, dict):
        found += defects_of_members(value, schema, whole, path)
    return found + defects_of_choices(value, schema, whole, path)


def defects_of_size(value, schema, path):
    found = []
    if isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            found.append(f"{path} is {value!r}, expected the form {schema['pattern']}")
        if len(value) < schema.get("minLength", 0) or len(value) > schema.get("maxLength", len(value)):
            found.append(f"{path} has {len(value)} letters")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        if value < schema.get("minimum", value) or value > schema.get("maximum", value):
            found.append(f"{path} is {value}, out of its range")
    elif isinstance(value, list):
        if len(value) < schema.get("minItems", 0) or len(value) > schema.get("maxItems", len(value)):
            found.append(f"{path} has {len(value)} items")
        if schema.get("uniqueItems") and len({json.dumps(one, sort_keys=True) for one in value}) < len(value):
            found.append(f"{path} has an item twice")
    elif isinstance(value, dict):
        if len(value) < schema.get("minProperties", 0) or len(value) > schema.get("maxProperties", len(value)):
            found.append(f"{path} has {len(value)} members")
    return found


def defects_of_items(value, schema, whole, path):
    items = schema.get("items", True)
    found = []
    for index, one in enumerate(value):
        if isinstance(items, list):
            rule = items[index] if index < len(items) else schema.get("additionalItems", True)
        else:
            rule = items
        found += defects_of(one, rule, whole, f"{path}[{index}]")
    return found


def defects_of_members(value, schema, whole, path):
    found = [f"{path} has no {name}" for name in schema.get("required", []) if name not in value]
    for name, needed in schema.get("dependencies", {}).items():
        if name in value:
            rule = {"required": needed} if isinstance(needed, list) else needed
            found += defects_of(value, rule, whole, path)
    for name, one in value.items():
        rules = []
        if name in schema.get("properties", {}):
            rules.append(schema["properties"][name])
        rules += [rule for pattern, rule in schema.get("patternProperties", {}).items() if re.search(pattern, name)]
        if not rules:
            rules.append(schema.get("additionalProperties", True))
        if "propertyNames" in schema:
            found += defects_of(name, schema["propertyNames"], whole, f"{path} key {name}")
        for rule in rules:
            if rule is False:
                found.append(f"{path} has the unknown member {name}")
            else:
                found += defects_of(one, rule, whole, f"{path}.{name}")
    return found


def defects_of_choices(value, schema, whole, path):
    found = []
    for rule in schema.get("allOf", []):
        found += defects_of(value, rule, whole, path)
    for word, fits in (("anyOf", lambda n: n >= 1), ("oneOf", lambda n: n == 1)):
        if word in schema:
            number = sum(not defects_of(value, rule, whole, path) for rule in schema[word])
            if not fits(number):
                found.append(f"{path} satisfies {number} of the choices of {word}")
    if "not" in schema and not defects_of(value, schema["not"], whole, path):
        found.append(f"{path} satisfies what it must not")
    if "if" in schema:
        branch = "else" if defects_of(value, schema["if"], whole, path) else "then"
        found += defects_of(value, schema.get(branch, True), whole, path)
    return found


def check_data_files(tree):
    """Every TOML and JSON file of data/ has a schema in architecture.toml [data] and satisfies it."""
    mapping = tree.architecture.get("data", {})
    defects = []
    seen = set()
    for pattern, schema_name in mapping.items():
        names = tree.matching([pattern])
        if not names:
            defects.append(Defect("architecture.toml", 0, f"[data] {pattern} matches no file"))
        for name in names:
            seen.add(name)
            try:
                schema = json.loads(tree.read(schema_name))
                text = tree.read(name)
                value = as_json(tomllib.loads(text)) if name.endswith(".toml") else json.loads(text)
            except (ValueError, OSError) as error:
                defects.append(Defect(name, 0, f"cannot be read: {error}"))
                continue
            defects += [Defect(name, 0, sentence) for sentence in defects_of(value, schema, schema)[:5]]
    for name in tree.matching(["data/**/*.toml", "data/**/*.json"], ["data/schema/*", "data/languages/*"]):
        if name not in seen:
            defects.append(Defect(name, 0, "has no schema in architecture.toml [data]"))
    return defects


LABEL_FILE = re.compile(r"data/languages/(?P<area>\w+)\.(?P<language>[a-z]{2})\.json")


def arguments_of(pattern, nested=False):
    """The names of the arguments of an ICU message: `{name}`, `{name, type, …}`, and those inside plural and select branches."""
    found = set()
    depth = 0
    start = 0
    # An apostrophe before a brace makes plain text of what follows, up to the next one.
    pattern = re.sub(r"'[{}][^']*(?:'|$)", lambda quoted: " " * len(quoted[0]), pattern.replace("''", "  "))
    for at, letter in enumerate(pattern):
        if letter == "{":
            if depth == 0:
                start = at + 1
            depth += 1
        elif letter == "}":
            depth -= 1
            if depth == 0:
                inside = pattern[start:at]
                if nested:
                    found |= arguments_of(inside)
                else:
                    name, _, rest = inside.partition(",")
                    found.add(name.strip())
                    kind, _, branches = rest.partition(",")
                    if kind.strip() in ("plural", "select", "selectordinal"):
                        found |= arguments_of(branches, nested=True)
    return found


def check_labels(tree):
    """Every area has its file in every language, with the same keys and arguments; keys start with the area."""
    defects = []
    areas = {}
    for name in tree.matching(["data/languages/*.json"]):
        match = LABEL_FILE.fullmatch(name)
        if not match:
            defects.append(Defect(name, 0, "a label file is named <area>.<language>.json"))
            continue
        pairs = json.loads(tree.read(name), object_pairs_hook=list)
        keys = [key for key, _ in pairs]
        defects += [Defect(name, 0, f"key {key} stands twice") for key in sorted({k for k in keys if keys.count(k) > 1})]
        defects += [Defect(name, 0, f"key {key} has no text") for key, text in pairs if not str(text).strip()]
        areas.setdefault(match["area"], {})[match["language"]] = dict(pairs)
    languages = sorted({language for area in areas.values() for language in area})
    for area, texts in sorted(areas.items()):
        for language in languages:
            name = f"data/languages/{area}.{language}.json"
            if language not in texts:
                defects.append(Defect(name, 0, "is missing"))
                continue
            defects += label_defects(name, area, texts[language], texts.get("en", {}))
    return defects


def label_defects(name, area, labels, english):
    """What one file lacks beside the English one of its area."""
    defects = [Defect(name, 0, f"lacks {key}") for key in english if key not in labels]
    for key, text in labels.items():
        if not key.startswith(area + "."):
            defects.append(Defect(name, 0, f"key {key} must start with '{area}.'"))
        if english and key not in english:
            defects.append(Defect(name, 0, f"{key} is not in English"))
        elif arguments_of(str(text)) != arguments_of(str(english.get(key, text))):
            defects.append(Defect(name, 0, f"{key} uses other arguments than in English"))
    return defects
