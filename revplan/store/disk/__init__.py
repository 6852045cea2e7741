"""Writes files under a lock and with a journal, so that a write happens as a whole or not at all."""
