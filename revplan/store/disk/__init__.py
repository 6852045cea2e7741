"""Writing files: lock, journal, all or nothing."""
