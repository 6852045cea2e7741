"""Reports, agendas and manuals."""
