"""Bytes of feeds and pages -> records. Pure: what comes out depends on what goes in alone.

Each module is imported by its own name: reading a page needs libraries that whoever only compares addresses does not.
"""
