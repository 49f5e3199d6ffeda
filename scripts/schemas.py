"""Writes the published JSON Schemas anew from the models."""

from pathlib import Path

from pykala.emit.schemas import MODELS, schema_text

FOLDER = Path(__file__).resolve().parents[1] / "schemas"

for name in MODELS:
    path = FOLDER / f"{name}.schema.json"
    path.write_text(schema_text(name), "utf-8")
    print(path.relative_to(FOLDER.parent))
