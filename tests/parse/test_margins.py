"""The page's own lines by where they stand, and that one sign alone takes nobody's words away."""

from __future__ import annotations

import pytest

from tests.parse.text import one

HEAD = "跳到主要内容\n简体版 | 繁体版 | English\n云溪市供水新闻发布会\n主持人：大家下午好，请记者提问。\n"
TALK = (
    "晚报记者：今年冬天的水压为什么一直上不去，什么时候能够恢复正常？\n"
    "王明：老城区有三段管子同时在换，月底之前全部接通，水压就会上来。\n"
    "主持人：今天的发布会到此结束，谢谢大家！\n"
)
TAIL = "打印本稿　关闭窗口\n附件下载：换管进度表\n上一则：冬季防冻提示"


def noise(text: str) -> str:
    """All that is taken for the page's own."""
    return "\n".join(
        text[turn.span.start : turn.span.end] for turn in one(text).turns if turn.kind == "noise"
    )


def test_lines_above_the_title_and_behind_the_last_words_are_the_page_s() -> None:
    told = noise(HEAD + TALK + TAIL)
    for line in (HEAD + TAIL).splitlines():
        if "发布会" not in line and "主持人" not in line:
            assert line in told, line


def test_a_file_between_two_answers_is_the_page_s() -> None:
    text = HEAD + TALK.replace("主持人：今天", "换管进度表.xlsx\n主持人：今天") + TAIL
    assert "换管进度表.xlsx" in noise(text)


@pytest.mark.parametrize(
    "line",
    [
        "上一则消息说我们停水三天，这不是真的。",
        "附件里写了每条街换管子的日子，大家可以下载。",
        "请关闭窗口，夜里的风很大。",
    ],
)
def test_a_sentence_is_speech_wherever_it_stands(line: str) -> None:
    said = TALK.replace("水压就会上来。\n", f"水压就会上来。\n{line}\n")
    assert line not in noise(HEAD + said + TAIL)
    assert line not in noise(HEAD + TALK.rpartition("主持人")[0] + line)


def test_where_nobody_ends_a_line_with_a_mark_none_stands_out() -> None:
    bare = (HEAD + TALK).replace("。", "").replace("！", "").replace("？", "")
    assert "水压就会上来" not in noise(bare + "我们下午再报一次数")
    assert "我们下午再报一次数" not in noise(bare + "我们下午再报一次数")
