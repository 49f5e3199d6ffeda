"""The page that documents the service, made of files that come with it."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

router = APIRouter(include_in_schema=False)


def assets() -> StaticFiles:
    """Swagger UI as a package brings it, since the page that FastAPI makes itself loads it from another site."""
    return StaticFiles(packages=[("fastapi_offline", "static")])


@router.get("/")
async def root() -> Response:
    """Lead to the documentation."""
    return RedirectResponse("docs")


@router.get("/docs")
async def docs() -> Response:
    """Show every call with examples to try."""
    return HTMLResponse(_file("docs.html"), headers={"Content-Security-Policy": _POLICY})


@router.get("/docs/start.js")
async def start() -> Response:
    """Start the page."""
    return Response(_file("start.js"), media_type="text/javascript")


def _file(name: str) -> str:
    return files("pykala.serve").joinpath(name).read_text("utf-8")
