"""What a plan is: frozen models, and nothing else.

The modules of the collections do without `from __future__ import annotations`: of annotations kept as text, pydantic
compiles every single one while the models are imported, at every start.
"""
