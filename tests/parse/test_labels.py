"""A voice's beginning is seen in whatever way the page writes it, and colons within speech are not labels."""

from __future__ import annotations

import pytest

from tests.parse.text import exchanges, kinds, marked, names, one

WAYS = {
    "colon": (
        "某市新闻发布会\n主持人：欢迎，请提问。\n晚报记者：水价会涨吗？\n王明：不会。\n"
        "台州网记者：为什么？\n王明：成本没变。"
    ),
    "half-width": (
        "某市新闻发布会\n主持人:欢迎,请提问。\n晚报记者:水价会涨吗?\n王明:不会。\n"
        "台州网记者:为什么?\n王明:成本没变。"
    ),
    "alone": "某市新闻发布会\n\n　　主持人：\n\n　　欢迎，请提问。\n\n　　晚报记者：\n\n"
    "　　水价会涨吗？\n\n　　王明：\n\n　　不会。\n\n"
    "　　台州网记者：\n\n　　为什么？\n\n　　王明：\n\n　　成本没变。",
    "bracket and colon": (
        "某市新闻发布会\n[主持人]:欢迎，请提问。\n[晚报记者]:水价会涨吗？\n[王明]:不会。\n"
        "[台州网记者]:为什么？\n[王明]:成本没变。"
    ),
    "bracket": (
        "某市新闻发布会\n【主持人】欢迎，请提问。\n【晚报记者】水价会涨吗？\n【王明】不会。\n"
        "【台州网记者】为什么？\n【王明】成本没变。"
    ),
    "bullets": (
        "某市新闻发布会\n• [主持人] 欢迎，请提问。\n• [晚报记者] 水价会涨吗？\n"
        "• [王明] 不会。\n• [台州网记者] 为什么？\n• [王明] 成本没变。"
    ),
    "clock": "某市新闻发布会\n主持人 [10:00]\n欢迎，请提问。\n晚报记者 [10:01]\n水价会涨吗？\n"
    "市水务局局长 王明 [10:02]\n不会。\n"
    "台州网记者 [10:03]\n为什么？\n王明 [10:04]\n成本没变。",
    "clock before": "某市新闻发布会\n[10:00:01] 主持人：欢迎，请提问。\n"
    "[10:01:05] 晚报记者：水价会涨吗？\n[10:02:00] 王明：不会。\n"
    "[10:03:00] 台州网记者：为什么？\n[10:04:00] 王明：成本没变。",
    "dash": "某市新闻发布会\n主持人——欢迎，请提问。\n晚报记者——水价会涨吗？\n"
    "王局长——不会，我是市水务局局长王明。\n台州网记者——为什么？\n"
    "王局长——成本没变。",
    "blanks": "某市新闻发布会\n市水务局局长王明、市委宣传部副部长李立出席。\n"
    "李立　　欢迎，请提问。\n晚报　　水价会涨吗？\n王明　　不会。\n"
    "台州网　　为什么？\n王明　　成本没变。",
    "verbs": "某市新闻发布会\n主持人 李立\n\n欢迎，请提问。\n\n晚报记者 提问\n\n水价会涨吗？\n\n"
    "王明 回答\n\n不会。\n\n记者 台州网 提问\n\n"
    "为什么？\n\n王明 回答\n\n成本没变。",
    "at the end": "某市新闻发布会\n\n欢迎，请提问。（——主持人李立）\n\n水价会涨吗？（——晚报记者）\n\n"
    "不会。（——王明）\n\n"
    "为什么？（——台州网记者）\n\n成本没变。（——王明）",
    "flattened": "某市新闻发布会 市水务局局长王明出席并回答提问，以下是发布会的文字实录全文。"
    "晚报记者：水价会涨吗？王明：不会。"
    "台州网记者：为什么？王明：成本没变。",
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_to_write_labels_gives_the_same_exchanges(way: str) -> None:
    text = WAYS[way]
    told = [(outlet, words.strip("“” "), who) for outlet, words, who in exchanges(text, one(text))]
    question, answer = ("水价会涨吗?", "为什么?") if way == "half-width" else ("水价会涨吗？", "为什么？")
    assert told == [("晚报", question, ["王明"]), ("台州网", answer, ["王明"])]


def test_headings_and_bold_runs_are_labels() -> None:
    text = (
        "水务部门记者会\n主持人：\n请提问。\n中部晚报 苏立：\n水价会涨吗？\n王明：\n不会。\n"
        "年年代：\n管网呢？\n王明：\n在换。"
    )
    marks = marked(text, "heading", "主持人：", "中部晚报 苏立：", "王明：", "年年代：", value="3")
    assert exchanges(text, one(text, marks))[0] == ("中部晚报", "水价会涨吗？", ["王明"])


def test_a_label_over_three_lines() -> None:
    text = (
        "卫生部门新闻发布会\n\n主持人\n\n卫生局新闻发言人、副局长\n\n米立\n\n各位朋友：\n\n"
        "大家好，请提问。\n\n中部晚报记者\n\n口罩还要戴吗？"
    )
    briefing = one(text)
    assert [(s.name, s.post, s.role) for s in briefing.speakers] == [
        ("米立", "卫生局新闻发言人、副局长", "host")
    ]
    assert exchanges(text, briefing) == [("中部晚报", "口罩还要戴吗？", [])]


def test_a_row_that_introduces_somebody_else_is_no_part_of_a_label() -> None:
    text = (
        "某市新闻发布会\n骆川、市文物局总工程师\n卓一鸣、市人民医院院长\n"
        "骆川：\n大家上午好。\n记者苏晚晴：\n古桥什么时候通行？\n骆川：\n下个月。"
    )
    officials = [(one.name, one.post) for one in one(text).speakers if one.role == "official"]
    assert officials == [("骆川", "市文物局总工程师")]


def test_name_first_then_post() -> None:
    text = (
        "健康新闻发布会\n\n王贺\n卫生局副局长\n\n谢谢主持人，我先介绍情况。\n\n"
        "中部晚报记者\n\n怎么防返贫？\n\n王贺\n\n继续监测，不会放松。"
    )
    assert exchanges(text, one(text)) == [("中部晚报", "怎么防返贫？", ["王贺"])]


def test_numbered_questions_and_a_verb_behind_the_name() -> None:
    text = (
        "某市召开新闻发布会\n问题1.水够用吗？\n市水务局局长王明答：\n够用。\n1.节约用水。\n"
        "2.按时抄表。\n问题2.价格呢？\n市发改委副主任陈军回答：\n不变。"
    )
    assert exchanges(text, one(text)) == [(None, "水够用吗？", ["王明"]), (None, "价格呢？", ["陈军"])]


def test_a_counter_glued_before_a_label_is_furniture() -> None:
    text = "《新闻发布会》\n浏览:192主持人:各位朋友:\n大家好。\n日报记者:怎么样?\n王明:很好。"
    told = kinds(text, one(text))
    assert ("noise", "浏览:192") in told
    assert ("speech", "各位朋友:\n大家好。") in told


def test_a_recording_with_a_key() -> None:
    text = (
        "应急新闻发布会录音整理\n发言人1——邝霖，县委宣传部副部长，主持\n"
        "发言人2——储柏，副县长\n发言人3——《山里晚报》记者\n\n"
        "发言人1　00:04\n请提问。\n发言人3　01:10\n路什么时候通？\n发言人2　01:30\n"
        "明天中午。\n发言人？　02:00\n电呢？\n发言人2　02:10\n已经通了。"
    )
    assert exchanges(text, one(text)) == [
        ("山里晚报", "路什么时候通？", ["储柏"]),
        (None, "电呢？", ["储柏"]),
    ]


def test_initials_out_of_a_key() -> None:
    text = (
        "Press briefing\nZW - Zhang Wei, Director of Health\n\nZW: Cases fell.\n"
        "Q: Will it last?\nZW: We hope so."
    )
    assert exchanges(text, one(text)) == [(None, "Will it last?", ["Zhang Wei"])]


def test_english_capitals_with_a_full_stop() -> None:
    text = (
        "Second Press Conference on the Harbour Run\n\n"
        "LOW Haiping, Deputy Director, Sports Bureau\nKAY Yufan, chief medical officer\n\n"
        "MR. LOW. Good morning. Mr. Kay will follow.\n\n"
        "QUESTION (Gull Daily). Will it rain?\n\nDR. KAY. No.\n\nQUESTION. And on Sunday?\n\n"
        "MR. LOW. Ask me then."
    )
    assert exchanges(text, one(text)) == [
        ("Gull Daily", "Will it rain?", ["KAY Yufan"]),
        ("Gull Daily", "And on Sunday?", ["LOW Haiping"]),  # goes on right after the answer
    ]


@pytest.mark.parametrize(
    "line",
    [
        "目前工作开展情况：",
        "孕产妇等人群应注意以下几个方面:",
        "主要分五种类型，确诊的孕产妇：集中救治。隔离点的：就地诊疗。",
        "封控区：足不出户。",
        "第一，要做到三点：",
        "热线电话：12345。",
        "有居民常问：“打包行不行？”",
        "时间15:00之前。",
    ],
)
def test_colons_within_speech_are_no_labels(line: str) -> None:
    text = (
        f"某市新闻发布会\n日报记者：怎么办？\n王明：我来回答。\n{line}\n还有别的。\n"
        f"晚报记者：行吗？\n王明：行。"
    )
    assert names(one(text)) == ["王明"]
    assert len(one(text).questions) == 2


def test_header_fields_are_no_voices() -> None:
    text = (
        "某部例行记者会\n时间：2022年8月25日15:00\n地点：某部\n发布人：某部新闻局副局长谭飞\n"
        "主持人：新闻处 钱芳\n记者：李四\n\n"
        "谭飞：各位下午好，请提问。\n记者：有何评论？\n谭飞：没有。"
    )
    briefing = one(text)
    assert names(briefing) == ["谭飞"]
    assert exchanges(text, briefing) == [(None, "有何评论？", ["谭飞"])]


def test_a_byline_is_no_question() -> None:
    text = (
        "某市召开新闻发布会\n某某晚报记者 于小雪\n"
        "3月25日，某市召开新闻发布会，通报有关情况，请看报道。\n问题1.好吗？\n"
        "市水务局局长王明答：\n好。"
    )
    assert [words for _, words, _ in exchanges(text, one(text))] == ["好吗？"]


def test_a_post_in_brackets_behind_the_name_is_a_label() -> None:
    text = (
        "某市召开第3场新闻发布会\n主持人：大家好！\n张波（市水务局副局长）：今天停水。\n"
        "晨光早报记者：停到几点？\n马超群（市水务集团经理）：到十点。"
    )
    briefing = one(text)
    assert [(s.name, s.post) for s in briefing.speakers if s.role == "official"] == [
        ("张波", "市水务局副局长"),
        ("马超群", "市水务集团经理"),
    ]
    assert exchanges(text, briefing) == [("晨光早报", "停到几点？", ["马超群"])]


def test_initials_out_of_a_key_on_one_line() -> None:
    text = (
        "Harbour Agency press conference - 20 April 2024\n\nSpeaker key:\n\n"
        "MB Maud Birch OL Dr Olaf Linde CY Cyril\n\n00:00:55\n\n"
        "MB Hello, everyone. I give the floor to Dr Linde.\n\n00:02:18\n\n"
        "OL Thank you, Maud. The number of boats is going up.\n\n00:05:52\n\n"
        "CY When will the second pier open?\n\n00:06:01\n\nOL We hope in June."
    )
    briefing = one(text)
    assert [(q.asker.name, len(q.answers)) for q in briefing.questions] == [("Cyril", 1)]
    assert [s.name for s in briefing.speakers] == ["Maud Birch", "Dr Olaf Linde", "Cyril"]
    key = text.index("MB Maud")
    assert all(not turn.label for turn in briefing.turns if turn.span.start <= key < turn.span.end)
