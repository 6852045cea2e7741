"""Run the frozen instances: `python -m tests.bench.frozen --help`."""

from .run import main

if __name__ == "__main__":
    main()
