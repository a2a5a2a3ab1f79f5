"""Articles -> pages as news sites send them: the article in some forty kilobytes of menus, cards, scripts and styles."""

import json
from collections.abc import Sequence
from html import escape

from tests.bench.articles import Article

SECTIONS = [
    "الرئيسية",
    "أخبار عاجلة",
    "سياسة",
    "اقتصاد",
    "رياضة",
    "ثقافة وفن",
    "محليات",
    "العالم",
    "حوادث",
    "تكنولوجيا",
    "مقالات",
    "فيديو",
    "صور",
    "صحة",
    "منوعات",
]
SHARES = ["شارك", "فيسبوك", "تويتر", "واتساب", "طباعة", "إرسال"]
_STYLE = "".join(
    f".block-{n}{{margin:{n}px auto;padding:0 {n}px;color:#{n:06x};display:flex;flex-wrap:wrap}}" for n in range(70)
)
_SCRIPT = "".join(
    f"window.dataLayer.push({{slot:{n},size:[[300,{n}],[728,90]],target:'news-{n}'}});" for n in range(60)
)


def page(article: Article, others: Sequence[Article], paper: str, address: str, layout: int) -> bytes:
    """The page in one of three layouts; `others` are the articles that it links to."""
    title, text = escape(article.title), "".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs)
    stamp = article.published.isoformat()
    time = f'<time datetime="{stamp}">{stamp[:10]}</time>'
    share = (
        '<ul class="share">' + "".join(f'<li><a href="#{n}">{word}</a></li>' for n, word in enumerate(SHARES)) + "</ul>"
    )
    cards = _cards(others)
    if layout == 0:
        main = (
            f'<main class="block-1"><article><header><h1>{title}</h1>{time}</header>{share}'
            f'<div class="article-body">{text}</div></article></main><aside><h3>اقرأ أيضا</h3>{cards}</aside>'
        )
    elif layout == 1:
        main = (
            f'<div id="content" class="post"><h1 class="entry-title">{title}</h1><div class="meta">{time} {paper}</div>'
            f'{share}<div class="entry-content">{text}</div></div><div id="sidebar"><h3>الأكثر قراءة</h3>{cards}</div>'
        )
    else:
        main = (
            f'<div class="wrap"><div class="side">{cards}</div><div class="story"><h1>{title}</h1><span>{stamp[:10]}</span>'
            f'<div id="articleBody">{text}</div>{share}</div></div>'
        )
    menu = _menu()
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head>{_head(article, paper, address)}</head><body><header><nav>{menu}'
        f"</nav></header>{main}<footer>{menu}{menu}<p>جميع الحقوق محفوظة {paper}</p></footer>"
        f"<script>window.dataLayer=[];{_SCRIPT}</script></body></html>"
    ).encode()


def _head(article: Article, paper: str, address: str) -> str:
    title, stamp = escape(article.title), article.published.isoformat()
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": stamp,
        "publisher": {"@type": "Organization", "name": paper},
    }
    return (
        f'<meta charset="utf-8"><title>{title} | {paper}</title><link rel="canonical" href="{address}">'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{paper}">'
        f'<meta property="og:description" content="{escape(article.paragraphs[0][:150])}">'
        f'<meta property="article:published_time" content="{stamp}"><style>{_STYLE}</style>'
        f'<script type="application/ld+json">{json.dumps(told, ensure_ascii=False)}</script>'
    )


def _menu() -> str:
    items = "".join(
        f'<li class="item block-{n}"><a href="/section/{n}" title="{name}">{name}</a><ul class="sub">'
        + "".join(f'<li><a href="/section/{n}/{part}">{name} {part}</a></li>' for part in range(4))
        + "</ul></li>"
        for n, name in enumerate(SECTIONS)
    )
    return f'<ul class="menu">{items}</ul>'


def _cards(others: Sequence[Article]) -> str:
    return "".join(
        f'<div class="card block-{n}"><a href="/a/{other.number}"><img src="/img/{n}.jpg" width="300" height="200" alt="">'
        f'<h4>{escape(other.title)}</h4></a><span class="date">{other.published:%Y-%m-%d}</span></div>'
        for n, other in enumerate(others)
    )
