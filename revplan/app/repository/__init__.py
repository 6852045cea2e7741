"""The plan as a repository: begin one, compare revisions, tell histories, schemas for editors."""
