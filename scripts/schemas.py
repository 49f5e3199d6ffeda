"""Writes the published JSON Schemas anew from the models."""

from pathlib import Path

from pykala.diff import schemas as diff
from pykala.emit import schemas as emit

FOLDER = Path(__file__).resolve().parents[1] / "schemas"

for source in (emit, diff):
    for name in source.MODELS:
        path = FOLDER / f"{name}.schema.json"
        path.write_text(source.schema_text(name), "utf-8")
        print(path.relative_to(FOLDER.parent))
