"""What all commands share: exit codes, refusals, orderly output and progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

import typer

from pykala.errors import NotWritten

OK: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130


def refuse(message: str) -> NoReturn:
    """End with the exit code of wrong usage and one line."""
    typer.echo(f"pykala: {message}", err=True)
    raise typer.Exit(WRONG_USAGE)


@contextmanager
def orderly_output() -> Iterator[None]:
    """End without a word when whoever reads our output has seen enough, and with one line when it cannot be written."""
    try:
        yield
        sys.stdout.flush()
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        _give_up_stdout()
    except NotWritten as error:
        refuse(str(error))
    except OSError as error:
        _give_up_stdout()
        refuse(f"{error.filename or 'standard output'}: cannot be written: {error.strerror}")


def _give_up_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None]]:
    """Something to call with a count, which a terminal shows while the work goes on."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(f"0 {what}") as status:
        yield lambda count: status.update(f"{count} {what}") if count % 50 == 0 else None
