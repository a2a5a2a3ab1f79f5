"""Incidents of some days -> one page to open in a browser, without the network."""
