"""Who answers where the label does not say: the host's words, their own, the question's address, the lead."""

from __future__ import annotations

from tests.parse.text import exchanges, marked, names, one

HEAD = (
    "某市新闻发布会（第18场）\n"
    "主持人：我是市政府新闻办副主任季安，今天请来市民政局副局长葛白，市医保局副局长印青。"
    "\n"
)


def test_the_host_names_himself() -> None:
    assert names(one(HEAD + "Q1：好吗？\nA1：好。"))[0] == "季安"


def test_answers_by_number_are_whom_the_host_calls() -> None:
    text = HEAD + (
        "Q1：（江海网）钱够吗？\n主持人：请葛局长、印局长分别回答。\nA1：前一半我来回答。\n"
        "A1：后一半我来。\nQ2：我是民生频道的记者。人够吗？\n主持人：请印局长回答。\n"
        "A2：够。\nA2：我补充一下，我是葛白。"
    )
    assert [(outlet, who) for outlet, _, who in exchanges(text, one(text))] == [
        ("江海网", ["葛白", "印青"]),
        ("民生频道", ["印青", "葛白"]),
    ]


def test_the_host_names_the_outlet() -> None:
    text = HEAD + "主持人：下面请《山城时报》提问。\nQ1：钱够吗？\n主持人：请葛局长回答。\nA1：够。"
    assert exchanges(text, one(text)) == [("山城时报", "钱够吗？", ["葛白"])]


def test_surname_and_post_or_title_resolve_to_the_announced() -> None:
    text = (
        "城市新闻发布会\n"
        "市交通局局长覃明、公交公司总经理张川、价格科科长张棠、医院院长欧阳颂出席。\n"
        "记者：换乘要钱吗？\n覃局长：不要。\n"
        "张科长：我补充一下。\n张总经理：我也说一句。\n欧阳医生：好。"
    )
    assert exchanges(text, one(text)) == [(None, "换乘要钱吗？", ["覃明", "张棠", "张川", "欧阳颂"])]


def test_a_role_alone_resolves_to_who_holds_it() -> None:
    text = (
        "行政长官会见传媒谈话全文\n以下是行政长官李超今日会见传媒的谈话：\n行政长官：早晨。\n"
        "记者：会连任吗？\n行政长官：不会。"
    )
    assert exchanges(text, one(text)) == [(None, "会连任吗？", ["李超"])]


def test_the_lead_names_who_answers_every_question() -> None:
    text = (
        "市医保局负责人就门诊统筹答记者问\n近日，市医保局局长周明回答了记者提问。\n"
        "问：为什么改？\n答：为了互助。\n问：比例多少？\n答：五成。"
    )
    assert [who for _, _, who in exchanges(text, one(text))] == [["周明"], ["周明"]]


def test_an_office_answers_where_nobody_is_named() -> None:
    text = "市医保局有关负责人就门诊统筹答记者问\n问：为什么改？\n答：为了互助。"
    assert exchanges(text, one(text)) == [(None, "为什么改？", ["市医保局有关负责人"])]


def test_an_answer_without_a_label_is_whom_the_question_addresses() -> None:
    text = (
        "古城新闻发布会实录\n1. 戴烛，文旅局局长\n2. 隗云，研究院院长\n\n问（极目网）\n\n"
        "为什么没发现？\n\n戴烛\n\n该检讨。\n\n"
        "问（文博周刊）\n\n想请教隗院长，怎么排水？\n\n谢谢。古人考虑了的。\n\n问\n\n"
        "什么时候恢复？\n\n戴烛\n\n月底，请放心。"
    )
    marks = marked(text, "bold", "问（极目网）", "戴烛\n\n该", "问（文博周刊）")
    assert exchanges(text, one(text, marks)) == [
        ("极目网", "为什么没发现？", ["戴烛"]),
        ("文博周刊", "想请教隗院长，怎么排水？", ["隗云"]),
        (None, "什么时候恢复？", ["戴烛"]),
    ]


def test_nobody_is_invented() -> None:
    text = "某市新闻发布会\n问：为什么？\n答：因为。"
    assert exchanges(text, one(text)) == [(None, "为什么？", [None])]


def test_what_was_not_found_is_said() -> None:
    text = "某市新闻发布会\n问：为什么？\n答：因为。\n问：还有呢？"
    assert one(text).warnings == (
        "no answer found to question 2",
        "nobody named who answers question 1",
    )
