"""Model definitions with the defaults of their schema."""

import json
import pathlib

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[4]
SCHEMAS = ROOT / "src/main/resources/schema/model"


def read(path):
    """The definition in a file; its training section is complete."""
    definition = yaml.safe_load(pathlib.Path(path).read_text())
    common = json.loads((SCHEMAS / "common.json").read_text())["$defs"]
    schema = json.loads((SCHEMAS / f"{definition['family']}.json").read_text())
    training = definition["training"]
    for name, described in schema["properties"]["training"]["properties"].items():
        if "$ref" in described:
            described = common[described["$ref"].rsplit("/", 1)[1]]
        if "default" in described:
            training.setdefault(name, described["default"])
    return definition
