"""The review page: one file that holds a diff and all it takes to decide about it."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from pykala.diff.model import DIFF_VERSION, Diff, Field, Kind, Verdict
from pykala.explain.shell import head
from pykala.pages.assets import data, module, style
from pykala.pages.words import PageLanguage, words

_PACKAGE: Final = "pykala.review"
_SCRIPTS: Final = ("dom.js", "speech.js", "progress.js", "filters.js", "list.js", "detail.js", "page.js")
_FILTERS: Final = ("state", "verdict", "kind", "field", "rule", "cause", "document")
_KEYS: Final = (
    ("j ↓ · k ↑", "next"), ("n", "open"), ("a", "accept"), ("r", "reject"), ("u", "undo"), ("m", "note"), ("/", "search"), ("?", "help"),
)  # fmt: skip


def page(diff: Diff, *, token: str | None = None) -> str:
    """The whole page.

    Args:
        diff: the changes to decide about.
        token: what the page shows to the command that serves it; None for a page that is a file.
    """
    script = module(_PACKAGE, *_SCRIPTS)
    top = head("pykala", style=style(_PACKAGE, "page.css"), script=script, served=token is not None)
    return f"""{top}
<body>
{_body(served=token is not None)}
{data("told", _told(diff, token))}
<script type="module">{script}</script>
</body>
</html>
"""


def hash_of(diff: Diff) -> str:
    """What tells one diff from all others: the changes, wherever the records lie."""
    ids = "\n".join(change.id for change in diff.changes)
    return hashlib.sha256(ids.encode()).hexdigest()[:16]


def _told(diff: Diff, token: str | None) -> dict[str, Any]:
    return {
        "hash": hash_of(diff),
        "version": DIFF_VERSION,
        "old": diff.old.name,
        "new": diff.new.name,
        "summary": diff.summary.model_dump(mode="json"),
        "documents": [document.model_dump(mode="json") for document in diff.documents],
        "words": {language.value: dict(words(_PACKAGE, language)) for language in PageLanguage},
        "orders": {
            "state": ["open", "accepted", "rejected", "written"],
            "verdict": [Verdict.BROKEN, Verdict.FIXED, Verdict.UNJUDGED],
            "kind": list(Kind),
            "field": list(Field),
        },
        "token": token,
    }


def _body(*, served: bool) -> str:
    menus = "".join(
        f'<label><span data-word="filter-{name}"></span><select id="filter-{name}"></select></label>'
        for name in _FILTERS
    )
    keys = "".join(f'<div><dt><kbd>{key}</kbd></dt><dd data-word="key_{word}"></dd></div>' for key, word in _KEYS)
    write = '<button type="button" id="write" class="main"></button>' if served else ""
    kind = "" if served else ' class="main"'
    return f"""<noscript><p class="empty">{words(_PACKAGE, PageLanguage.EN)["no_script"]}</p></noscript>
<div id="app" hidden>
<a class="skip" href="#change" data-word="skip"></a>
<header>
<div class="names"><h1 data-word="title"></h1><p id="between"></p><p id="counts"></p></div>
<div class="done"><progress id="meter" value="0" max="1" aria-labelledby="tally"></progress><p id="tally"></p></div>
<div class="tools">
<button type="button" id="help" data-word="help" aria-controls="intro" aria-expanded="false"></button>
<button type="button" id="language" data-word="language"></button>
<button type="button" id="save" data-word="save"{kind}></button>
{write}
</div>
</header>
<section id="intro" hidden aria-labelledby="help">
<ol><li data-word="how_1"></li><li data-word="how_2"></li><li data-word="how_3_{"served" if served else "page"}"></li></ol>
<dl class="keys" data-label="keys">{keys}</dl>
<button type="button" id="close" class="main" data-word="close"></button>
</section>
<main>
<section class="side-bar">
<form id="filters">
<label class="wide"><span data-word="search"></span><input type="search" id="search" data-hint="search_hint" autocomplete="off" spellcheck="false"></label>
<details id="menus"><summary data-word="filters"></summary><div class="menus">{menus}</div>
<label class="check" id="consequences"><input type="checkbox" id="whole"><span></span></label></details>
<p class="shown"><b id="found" role="status"></b><button type="button" id="clear" class="quiet" data-word="clear"></button></p>
</form>
<div id="list" role="listbox" tabindex="0" data-label="list"></div>
<p class="all-shown"><button type="button" id="accept-shown" class="quiet" data-word="accept_shown"></button>
<button type="button" id="reject-shown" class="quiet" data-word="reject_shown"></button></p>
</section>
<div class="desk">
<article id="change" tabindex="-1"></article>
<p id="nothing" class="empty" hidden></p>
<label id="notes"><span data-word="note"></span><textarea id="note" rows="2" data-hint="note_hint"></textarea></label>
<div id="deciding">
<button type="button" id="previous" data-word="previous"></button>
<button type="button" id="reject" class="bad"><span data-word="reject"></span> <kbd>r</kbd></button>
<button type="button" id="accept" class="good"><span data-word="accept"></span> <kbd>a</kbd></button>
<button type="button" id="next" data-word="next"></button>
<button type="button" id="undo"><span data-word="undo"></span> <kbd>u</kbd></button>
</div>
<p id="status" role="status"></p>
</div>
</main>
</div>"""
