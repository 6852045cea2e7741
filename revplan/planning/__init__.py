"""The sprint: what fits, who does it, by when, and why not."""
