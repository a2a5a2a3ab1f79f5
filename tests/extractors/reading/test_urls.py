"""Addresses: twins become one, and no two articles ever do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reading.urls import canonical_url

BASE = "https://news.example/section/list.html"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://news.example/خبر/1", "https://news.example/%D8%AE%D8%A8%D8%B1/1"),
        ("https://news.example/%d8%ae%d8%a8%d8%b1/1", "https://news.example/%D8%AE%D8%A8%D8%B1/1"),
        ("HTTPS://News.Example:443/a", "https://news.example/a"),
        ("http://news.example:80", "http://news.example/"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("https://news.example/a#comments", "https://news.example/a"),
        ("https://news.example/#!/a/1", "https://news.example/#!/a/1"),
        ("https://news.example/a?utm_source=x&id=7&fbclid=y&UTM_Medium=z", "https://news.example/a?id=7"),
        ("https://news.example/a?", "https://news.example/a"),
        ("https://news.example/a;jsessionid=4F2A!9?id=7", "https://news.example/a?id=7"),
        ("https://news.example/a?id=7&amp;page=2", "https://news.example/a?id=7&page=2"),
        ("https://news.example/a/../b/./c", "https://news.example/b/c"),
        ("https://news.example/%7Eeditor/%2Fa", "https://news.example/~editor/%2Fa"),
        ("https://news.example/100%", "https://news.example/100%25"),
        ("  https://news.example/a b\n", "https://news.example/a%20b"),
        ("//other.example/x", "https://other.example/x"),
        ("/a/1", "https://news.example/a/1"),
        ("2.html", "https://news.example/section/2.html"),
        ("?page=2", "https://news.example/section/list.html?page=2"),
        ("www.other.example/x", "https://www.other.example/x"),
        ("https://أخبار.مثال/a", "https://xn--igbicxr.xn--mgbh0fb/a"),
        ("https://user:secret@news.example/a", "https://news.example/a"),
        ("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a"),
    ],
)
def test_canonical_forms(link: str, expected: str) -> None:
    """Case of hosts, ports, dots, percent-encoding, tracking and relative links are levelled."""
    assert canonical_url(link, BASE) == expected


@pytest.mark.parametrize(
    "pair",
    [
        ("https://x.example/?cid=123", "https://x.example/?cid=456"),
        ("https://x.example/?sid=1", "https://x.example/?sid=2"),
        ("https://x.example/?ref=1", "https://x.example/?ref=2"),
        ("https://sport.x.example/1", "https://x.example/1"),
        ("https://x.example/AbC", "https://x.example/abc"),
        ("https://x.example/a", "https://x.example/a/"),
        ("https://x.example/a?id=1&p=2", "https://x.example/a?p=2&id=1"),
        ("https://x.example/%2Fa", "https://x.example//a"),
        ("https://x.example/%C7%E1", "https://x.example/%C7%E2"),
        ("http://x.example/a", "https://x.example/a"),
        ("https://x.example/a;1", "https://x.example/a;2"),
    ],
)
def test_two_articles_stay_two(pair: tuple[str, str]) -> None:
    """What might tell two articles apart is never levelled."""
    assert canonical_url(pair[0]) != canonical_url(pair[1])


@pytest.mark.parametrize(
    "link",
    ["", "  ", "javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example", "data:text/html,x", "ftp://x.example/",
     "https://", "https:///a", "https://x.example:99999/", "https://a..b/", "https://x.example/" + "a" * 5000, "a/b", "https://[::1"],
)  # fmt: skip
def test_no_address_of_a_page(link: str) -> None:
    """Scripts, files, mail, broken hosts and endless addresses are none."""
    assert canonical_url(link) is None


@given(st.text(max_size=60), st.sampled_from(["", "https://x.example/", "//x.example", "https://x.example/?"]))
def test_canonical_is_canonical(text: str, prefix: str) -> None:
    """The canonical form of a canonical address is itself, and nothing raises."""
    url = canonical_url(prefix + text, BASE)

    assert url is None or canonical_url(url) == url
