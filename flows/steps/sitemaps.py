"""Which parts of a sitemap index to look at: the newest articles stand in few of them."""

from collections.abc import Iterable
from urllib.parse import urlsplit


def newest_parts(sitemaps: Iterable[str], count: int) -> list[str]:
    """Parts for news first, then from both ends in turn: some indexes begin with the newest part, some end with it."""
    urls = list(sitemaps)
    news = [url for url in urls if "news" in urlsplit(url).path.lower()]
    others = [url for url in urls if "news" not in urlsplit(url).path.lower()]
    in_turn = [others[-(n // 2) - 1] if n % 2 else others[n // 2] for n in range(len(others))]
    return (news + in_turn)[:count]
