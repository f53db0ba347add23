"""HTML becomes the lines a browser would show, with marks for what its elements said."""

from __future__ import annotations

import pytest

from loader.read import read_bytes
from loader.read.html import render


def _page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def _text(source: str, path: str = "a.html") -> str:
    return read_bytes(source.encode(), path).text


def _marked(source: str, kind: str, path: str = "a.html") -> list[str]:
    reading = read_bytes(source.encode(), path)
    return [reading.text[mark.start : mark.end] for mark in reading.marks if mark.kind == kind]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n乙"),
        ("<div>甲<div>乙</div>丙</div>", "甲\n乙\n丙"),
        ("甲<br>乙<br/><br />丙", "甲\n乙\n\n丙"),
        ("<p>Mr.   Lee\n  said</p>", "Mr. Lee said"),
        ("<p>今天上午\n    宣布</p>", "今天上午宣布"),
        ("<p>今天 <b>上午</b> 宣布</p>", "今天 上午 宣布"),
        ("<p>　　甲&nbsp;&nbsp;乙 </p>", "　　甲  乙"),
        ("<pre>\n甲\n  乙</pre>丙", "甲\n  乙\n丙"),
        ("<p>&lt;b&gt; &amp;amp; &ldquo;好&rdquo; &#x4e2d;</p>", "<b> &amp; “好” 中"),
        ("甲<!-- <p>乙</p> -->丙<!---->丁", "甲丙丁"),
        ("<script>if (a<b) '</p>'</script>甲<style>p{}</style><template><p>x</p></template>", "甲"),
        ("甲<img src=a alt='照片'>乙", "甲乙"),
        ("<p>一<p>二<ul><li>三<li>四</ul>五", "一\n二\n三\n四\n五"),
        ("<P CLASS='a>b'>甲</P\n><Br\tid=\"x\">乙", "甲\n\n乙"),
        ("<table><tr><td>甲<td>乙<tr><td><p>丙</p><td></table>丁", "甲\t乙\n丙\n丁"),
        ("<![CDATA[<p>甲</p>]]>", "甲"),
    ],
)
def test_lines_of_a_page(body: str, text: str) -> None:
    assert _text(_page(body)) == text


@pytest.mark.parametrize(
    ("body", "kind", "marked"),
    [
        ("<h2>一、<b>灾情</b></h2><p>甲</p>", "heading", ["一、灾情"]),
        ("<p><strong><strong>记者：</strong>5<strong>月</strong></strong></p>", "bold", ["记者：5月"]),
        ("<p><b>记者：</b>甲<span style='font-weight: 700'>乙</span>丙</p>", "bold", ["记者：", "乙"]),
        ("<b>甲<br>乙</b>", "bold", ["甲", "乙"]),
        ("<ul><li>甲<ul><li>乙</li></ul></li><li>丙</ul>", "item", ["甲\n乙", "乙", "丙"]),
        ("<nav><a>首页</a></nav>甲<footer>备案<nav>乙</nav></footer>", "furniture", ["首页", "备案\n乙"]),
        ("<article><header><h1>题</h1></header>文</article><aside>荐</aside>", "furniture", ["荐"]),
        ("<table><tr><th>甲<th>乙</tr></table>", "row", ["甲\t乙"]),
    ],
)
def test_marks_cover_what_the_element_held(body: str, kind: str, marked: list[str]) -> None:
    assert _marked(_page(body), kind) == marked


def test_a_heading_tells_its_level() -> None:
    reading = read_bytes(_page("<h1>甲</h1><h3>乙</h3>").encode(), "a.html")
    assert [mark.value for mark in reading.marks] == ["1", "3"]


def test_a_table_that_lays_out_the_page_makes_no_rows() -> None:
    article = "".join(f"<p>第{n}段" + "话" * 90 + "</p>" for n in range(5))
    inner = "<table><tr><td>甲</td><td>乙</td></tr></table>"
    source = _page(f"<table><tr><td>{inner}</td><td>{article}</td></tr></table>")
    assert _marked(source, "row") == ["甲\t乙"]
    assert len(_text(source).split("\n")) == 6


def test_title_and_meta_become_fields() -> None:
    head = (
        "<title> 通报会 &amp; 问答 </title><meta name=PubDate content='2023-05-04 10:00'>"
        "<meta property='og:title' content=通报会><meta name=viewport content='width=1'><meta charset=utf-8>"
    )
    reading = read_bytes(_page("<p>甲</p>", head).encode(), "a.html")
    assert reading.text == "甲"
    assert reading.fields == {"title": "通报会 & 问答", "pubdate": "2023-05-04 10:00", "og:title": "通报会"}


def test_lines_before_a_page_stay_lines() -> None:
    assert _text("[url:https://a.example/?a=1&b=<2>]\n[status:200]\n" + _page("<p>甲</p>"), "a.txt") == (
        "[url:https://a.example/?a=1&b=<2>]\n[status:200]\n甲"
    )


def test_stray_tags_in_lines_of_text_leave_the_lines() -> None:
    source = "主持人:  大家好。\n<strong>记者</strong>：&nbsp;什么时候？\n\n　　答：明天<br>上午。\n"
    assert _text(source, "a.txt") == "主持人:  大家好。\n记者： 什么时候？\n\n　　答：明天\n上午。\n"
    assert _marked(source, "bold", "a.txt") == ["记者"]


def test_paragraph_tags_that_are_never_closed_swallow_no_line() -> None:
    lines = ["记者：甲？", "答：乙。", "记者：丙？", "答：丁。"]
    assert _text("<p>{}\n{}\n<p>{}\n{}".format(*lines), "a.txt").split("\n") == lines


def test_brackets_that_are_no_tags_are_text() -> None:
    source = "<主持人>：3<5，a < b。\n<Reporter> asks <b>why</b>\n"
    assert _text(source, "a.txt") == "<主持人>：3<5，a < b。\n<Reporter> asks why\n"


@pytest.mark.parametrize("text", ["x <p y", "<!-- 甲", "甲 <script>乙", "<p title='乙"])
def test_what_never_ends_is_not_lost(text: str) -> None:
    rendered, _, _ = render("丙" + text, page=True)
    assert text.rstrip("'")[-1] in rendered
