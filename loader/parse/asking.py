"""Ways of speaking: what asks, what hands over, what adds, what thanks and ends.

All functions take folded text of one turn or paragraph. They are cues, weighed by position in
`exchanges`; each table row carries an example that a test runs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class Cue(NamedTuple):
    """A pattern with a sentence it must find and one it must leave alone (both folded)."""

    pattern: str
    example: str
    counter: str = ""


ASKS = (
    Cue(r"\?", "什么时候能搬进去?", "这个问题我们年底之前一定解决。"),
    Cue(
        r"请问|想问(?!题)|想请教|请教|追问", "想请教罗馆长,闭馆到几时", "我想问题出在管网上,感谢大家的提问。"
    ),
    Cue(
        r"(?:[吗呢]|(?<![那这])么)(?=[。!,]|$)", "会影响施政吗。", "那么,这件事我们一直在做,也就这么做下去。"
    ),
    Cue(
        r"(?<!无论)如何|怎么|怎样|为何|为什么|为甚么|是否|能否|可否|有何|哪些|哪里|多少|什么",
        "市民该如何就医",
        "无论如何,我们都要如实回答,把大堤保住。",
    ),
    Cue(
        r"(?:请|能|可以|希望)(?:您|你们|发言人|局长|主任|馆长)?(?:能|再|给我们|具体|详细|进一步)*"
        r"(?:介绍|谈谈|谈一谈|讲讲|讲一讲|说说|说一说|说明|解释|解读|评价|透露)",
        "请您介绍一下",
        "请大家放心,市民可以先说清情况再进小区。",
    ),
    Cue(
        r"(?:关于|有关|就)[^。]{1,40}的?问题[。)]",
        "(关于输入外劳的问题。)",
        "就停水的事,我们已经向居民作了说明,问题不大。",
    ),
    Cue(
        r"\b(?i:what|how|why|when|where|which|who|whether|(?:could|can|would) you|any (?:idea|reaction))\b",
        "And also, what did he --",
        "Somewhat later the water went down by itself.",
    ),
)
HANDS_OVER = (
    Cue(
        r"(?:(?<![申提])请|由(?!于))[^。!?]{1,40}?(?:回答|作答|解答|答复|回应|介绍|发布|通报|说明|补充|先讲|讲一?讲|说一?说|来讲|"
        r"[说讲]一下|接着说|先说|说明一下|说$|讲$)",
        "请葛局长回答。",
        "由于连日降雨,气象局每三个小时发布一次预警。",
    ),
    Cue(
        r"(?:下面|现在|接下来|首先|先|那么)[,，]?\s*(?:有?请(?!大家(?:放心|注意|理解|相信))|欢迎)",
        "先请祁副司长。",
        "首先请大家放心,现在的供水没有问题。",
    ),
    Cue(
        r"(?:开始|进入|开放)[^。]{0,10}(?:提问|问答|答问|记者提问|Q ?& ?A)|(?:提问|问答)(?:时间|环节)",
        "现在开始提问。",
        "市民开始排队,大家的问题慢慢多起来。",
    ),
    Cue(
        r"请(?:各位)?(?:记者|媒体)[^。]{0,8}(?:提问|举手)|(?<!申)请[^。]{0,12}提问|请举手|拿到话筒",
        "下面请记者提问。",
        "申请提问的记者很多,感谢各位的提问。",
    ),
    Cue(
        r"(?:下面?一|最后一?)(?:个|位|道)?(?:问题|题|记者|提问|位)|下面?(?:个|位|道)(?:问题|题|记者|提问)",
        "最后一道题来自信箱",
        "在这种情况下问题并不大,请大家不要担心。",
    ),
    Cue(
        r"(?:第.排|左边|右边|前排|后排|中间)[^。]{0,20}(?:先生|女士|记者|同学|朋友|[这那一]位)",
        "后排戴帽子的先生，请讲。",
        "左边的车位全部让给了救护车。",
    ),
    Cue(
        r"还有(?:没有|什么|哪位)(?:其他)?(?:的)?(?:问题|提问|媒体|记者)|还有[一两]?[个位道](?:问题|提问|记者)[。!]?$|时间(?:关系|到了|差不多)|到此结束|到这里(?=[。!,了吧结为]|$)|到这边结束|散会",
        "时间到了。",
        "专家到这里已经三天,时间很紧,还有许多问题。",
    ),
    Cue(
        r"\b(?i:(?:would|could|can) you (?:please )?(?:take|answer|address|speak to)|take that(?: one)?\b"
        r"|questions,? please|next question|one more\.|last question|take your questions|kindly name)\b",
        "Questions, please.",
        "I question that figure, and so should you.",
    ),
    Cue(
        r"\b(?i:go ahead|next hand|over to you|in the (?:back|front),|(?:first|second|third|back) row"
        r"|(?:introduce yourself|your name and)|time for (?:one|two) more|last one\.)",
        "Is it Maryam? Go ahead, Maryam.",
        "The council went ahead with it in the last year.",
    ),
)
ADDS = (
    Cue(
        r"(?:补充|插|补)(?:一下|一点|一句|半句|几句|两句|一个|说明)|我(?:也|再|接着)(?:说|讲|补充|来说|谈)",
        "我补充一下。",
        "物资每天补充两次,缺口已经补上了。",
    ),
    Cue(
        r"\b(?i:(?:let me|i will|i'd|i would|i'll|(?:if|could|can|may) i(?: could| may| can)?)"
        r"(?: just| also)? add|just to add)\b",
        "Let me add one thing.",
        "Add salt to the water and let it boil.",
    ),
)
ANSWERS = (
    Cue(
        r"^(?:谢谢|感谢|多谢)[^。!]{0,16}(?:提问|问题|关注|关心|你|您|记者)",
        "谢谢你的问题,由我来答。",
        "谢谢各位市民的理解和配合!",
    ),
    Cue(r"^(?:谢谢|多谢)[。,!]", "谢谢。这事办得到。", "居民说谢谢,我们心里很温暖。"),
    Cue(
        r"(?:我|由我)来(?:回答|答|说|讲|解释|介绍|回应)|(?:问得|问到)",
        "这个问题我来回答",
        "他请卫健委来回答,我来的时候会已经开始了。",
    ),
)
FOLLOWS_UP = (
    Cue(
        r"追问|补问|续问|再问一?[下句]|接着(?:问|刚才)|跟进|再请教|再追|我插一[个句]|刚刚?说到的|还是这个问题|同一个问题|延续",
        "追问一句,停水以后呢",
        "这是第一个问题,我们接着再说第二个。",
    ),
    Cue(
        r"\b(?i:follow up|following up|follow-up)\b",
        "May I follow up on that?",
        "Follow me to the upper hall, please.",
    ),
)
TAKES_UP = (
    Cue(r"^(?:还|又)是我(?=[,。])", "还是我,联单现在公开吗", "还是我们这边的老问题,今年一定解决。"),
    Cue(
        r"^(?i:but|so|and|just to follow|(?:a|one) (?:quick |brief )?follow-?\s?up|following up|to follow)\b",
        "But you had no report of it?",
        "The sound butts in again and again.",
    ),
)
CLOSES = (
    Cue(
        r"到此结束|到此为止|到这里(?=[。!,了吧结为]|$)|到这边结束|散会|时间(?:到了|关系)|(?:谢谢|感谢)(?:大家|各位)[。!]?$|再见[。!]?$",
        "记者会到此结束,谢谢大家。",
        "谈判没有结束,专家到这里已经三天了。",
    ),
    Cue(
        r"\b(?i:that's all|thank you all|thanks very much|end of transcript)\b",
        "Thank you all.",
        "All of it was done by the divers.",
    ),
)
PLEASANTRIES = (
    Cue(r"(?:感谢|多谢|谢谢|有请|欢迎|大家好(?!好)|你好|您好)", "谢谢!", "请大家好好休息,感染者都有人照顾。"),
    Cue(r"\b(?i:thank you|thanks)\b", "Thank you all.", "It was a thankless task for all of them."),
)


def _any(cues: tuple[Cue, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{cue.pattern})" for cue in cues))


_ASKS, _HANDS, _ADDS = _any(ASKS), _any(HANDS_OVER), _any(ADDS)
_ANSWERS, _FOLLOWS, _PLEASANT = _any(ANSWERS), _any(FOLLOWS_UP), _any(PLEASANTRIES)
_CLOSES, _TAKES_UP = _any(CLOSES), _any(TAKES_UP)
_ENDS_ASKING = re.compile(r"\?[\"')\s]*(?:(?:谢谢|多谢|非常感谢)[^。!?]{0,6}[。!]?)?[\"')\s]*$")
_GREETS = re.compile(
    r"(?:各位|大家|女士们|记者朋友|媒体朋友|谢谢主持|感谢主持|尊敬的|Good (?:morning|afternoon))"
)


def _said(pattern: re.Pattern[str], text: str) -> str:
    """The words that a pattern finds, at most 20 characters of them, or nothing."""
    match = pattern.search(text)
    return match.group()[:20] if match else ""


def asks(text: str) -> str:
    """The words by which a turn asks, or nothing (looks at its first and last 2,000 characters)."""
    return _asked(text[:2000]) or _asked(text[2000:][-2000:])


@lru_cache(1024)  # the same body stands behind several candidates, and is looked at again as a turn
def _asked(text: str) -> str:
    return _said(_ASKS, text)


def ends_asking(text: str) -> bool:
    """Whether a paragraph's last sentence is a question by its mark."""
    end = text[-40:]
    return "?" in end and bool(_ENDS_ASKING.search(end))


_SIGNED = re.compile(r"\?\s*\([^()?]{2,24}\)$")


def is_question_line(text: str) -> bool:
    """Whether a paragraph is one or two questions and nothing else, 4 to 240 characters long.

    Whoever asked may stand in brackets behind it.
    """
    text = _SIGNED.sub("?", text)
    if "?" not in text or not 4 <= len(text) <= 240 or not re.search(r"\?[\"')]*$|\?\)$|\)\?$", text):
        return False
    return len(re.findall(r"[。!;]", text)) <= 1


def hands_over(text: str) -> str:
    """The words of a turn that does no more than pass the word on (up to 90 characters), or nothing."""
    return _said(_HANDS, text) if len(text) <= 90 else ""


def closes(text: str) -> str:
    """The words by which a turn of up to 120 characters ends the sitting, or nothing."""
    return _said(_CLOSES, text) if len(text) <= 120 else ""


def calls(text: str) -> str:
    """The words by which a host's turn passes the word on in its last 120 characters, or nothing."""
    return _handed(text[-120:])


@lru_cache(1024)
def _handed(text: str) -> str:
    return _said(_HANDS, text)


def adds(text: str) -> str:
    """The words by which a turn opens adding to what another said (first 60 characters), or nothing."""
    return _said(_ADDS, text[:60])


_BY_HIMSELF = re.compile(
    r"(?:我来|我先|由我|我这边先?|我自己)(?:回答|答复|答|说明|解答|回应)"
    r"|\bI(?:'ll| will| can) (?:take|answer) that"
)


def answers_himself(text: str) -> bool:
    """Whether a turn says in its first 60 characters that whoever speaks answers (`这个问题我来回答`)."""
    return _BY_HIMSELF.search(text[:60]) is not None


def opens_answer(text: str) -> bool:
    """Whether a paragraph opens as an answer does (first 60 characters)."""
    return bool(_ANSWERS.search(text[:60]))


def greets(text: str) -> bool:
    """Whether a turn opens with a greeting or with thanks to the host."""
    return bool(_GREETS.match(text))


def follows_up(text: str) -> str:
    """The words by which a question takes up the one before (first 80 characters), or nothing."""
    return _said(_FOLLOWS, text[:80])


def takes_up(text: str) -> str:
    """The word by which a question goes on from the answer right before it, or nothing."""
    return _said(_TAKES_UP, text)


def is_pleasantry(text: str) -> bool:
    """Whether a turn is only thanks or a greeting (up to 30 characters)."""
    return len(text) <= 30 and bool(_PLEASANT.search(text)) and not asks(text)
