"""Which reports tell of one incident and which articles print one text: features, scores and groups, pure."""
