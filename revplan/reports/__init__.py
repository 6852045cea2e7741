"""Reports and agendas: each computes its data, and lays it out as a Document that any format draws."""
