"""revplan: the revenue plan of a company as plain text, checked, planned and reported."""

__version__ = "0.1.0"
