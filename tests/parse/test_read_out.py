"""Questions of people who are not in the room, read out by the host."""

from __future__ import annotations

import pytest

from tests.parse.text import exchanges, one

HEAD = """云溪市供水新闻发布会
出席的有市水务局局长王明、市住建局总工程师李岚。
主持人：各位好，下面请提问。
云溪日报记者：水价会不会涨？
王明：不会涨。
"""


@pytest.mark.parametrize(
    ("said", "asker", "question"),
    [
        (
            "网友“溪边柳”留言说：“我家在顶楼，水压什么时候能恢复？”请李总工回答。",
            "溪边柳",
            "“我家在顶楼，水压什么时候能恢复？”",
        ),
        ("直播间里有观众问：顶楼的水压什么时候能恢复？", None, "顶楼的水压什么时候能恢复？"),
        (
            "还有一条留言，署名「一位妈妈」：「顶楼的水压什么时候能恢复？」请李总工。",
            "一位妈妈",
            "「顶楼的水压什么时候能恢复？」",
        ),
        (
            "下面这个问题来自网友“溪边柳”：我家在顶楼，水压什么时候能恢复？",
            "溪边柳",
            "我家在顶楼，水压什么时候能恢复？",
        ),
        (
            "我这里有一个会前收到的书面问题，是《供水纵横》提的：顶楼的水压什么时候能恢复？请李总工。",
            "供水纵横",
            "顶楼的水压什么时候能恢复？",
        ),
    ],
)
def test_what_the_host_reads_out_is_a_question(said: str, asker: str | None, question: str) -> None:
    text = f"{HEAD}主持人：{said}\n李岚：月底之前恢复。\n主持人：谢谢大家，再见。"
    told = exchanges(text, one(text))
    assert told[1] == (asker, question, ["李岚"])
    assert len(told) == 2


def test_a_question_told_within_an_answer_stays_there() -> None:
    text = (
        f"{HEAD}云溪晚报记者：顶楼的水压呢？\n王明：有居民问：你们什么时候来修？我们当天就去看了，这样的小区有三十个，"
        "现在修好了二十个，剩下的十个月底之前全部修好，请大家再等一等，也可以先到物业去登记。\n李岚：我补充一句，管子已经到了。"
    )
    assert exchanges(text, one(text))[1][2] == ["王明", "李岚"]
    assert len(one(text).questions) == 2


def test_in_english() -> None:
    text = (
        "PRESS BRIEFING\n\nJANE DOE: Good morning. We will take your questions.\nQUESTION: Will it last?\n"
        "TOM ROE: We hope so.\nJANE DOE: I have one in the chat, so I will read it out: "
        '"Who pays for the pumps, and when?" Tom, would you take that one?\nTOM ROE: The county does.'
    )
    assert exchanges(text, one(text))[1] == (None, '"Who pays for the pumps, and when?"', ["TOM ROE"])
