"""Takes the paths we ask, and all they refer to, out of Prometheus' OpenAPI description, as JSON: trim.py openapi_3.1.yaml > openapi_3.1.json"""

import json
import sys

import yaml

PATHS = ["/query", "/query_range", "/labels", "/label/{name}/values", "/series", "/metadata", "/targets", "/rules", "/alerts", "/status/buildinfo"]


class Loader(yaml.SafeLoader):
    """Leaves moments the text they are, as JSON does."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def with_text_keys(node):
    if isinstance(node, dict):
        return {str(key): with_text_keys(value) for key, value in node.items()}
    return [with_text_keys(item) for item in node] if isinstance(node, list) else node


def collect(node, document, found):
    if isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str) and reference not in found:
            _, _, kind, name = reference.split("/")
            found[reference] = document["components"][kind][name]
            collect(found[reference], document, found)
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
        collect(child, document, found)


with open(sys.argv[1], encoding="utf-8") as file:
    whole = with_text_keys(yaml.load(file, Loader))
kept = {key: value for key, value in whole.items() if key not in ("paths", "components", "tags")}
kept["paths"] = {path: whole["paths"][path] for path in PATHS}
reached = {}
collect(kept["paths"], whole, reached)
kept["components"] = {}
for reference, value in reached.items():
    _, _, kind, name = reference.split("/")
    kept["components"].setdefault(kind, {})[name] = value
json.dump(kept, sys.stdout, separators=(",", ":"))
print()
