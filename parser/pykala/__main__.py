"""``python -m pykala`` is the command ``pykala``."""

from pykala.cli import main

if __name__ == "__main__":
    main()
