"""Current reports -> stories, links and incidents, some pages at a time or all anew."""
