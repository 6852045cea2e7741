"""A frozen set of sprints: what every later engine is measured against.

`instances` names them, `shapes` and `knapsacks` make them, `plain_model` is the yardstick (the textbook 0-1 model given
to HiGHS), `measures` says what a plan is worth besides its value. `records.json` keeps what version 1 of the engine
made of each, and `answers.json` the digest of the answers of a few beside the engine's version.

    python -m tests.bench.frozen [PATTERN ...]      the differences from version 1, as a table (--under SECONDS)
    python -m tests.bench.frozen --record [PATTERN] write what this engine makes of them (done once for each version)
    python -m tests.bench.frozen --answers          write the digest of the answers, after changing the engine's version
"""
