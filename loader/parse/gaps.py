"""Gaps: places where the source lost its digits (and some names), by rules that would rather miss one.

What comes in is folded text. Filters of reprint sites drop digits, `XX医院` and years; what is left is a
unit that counts nothing (`病例例`, `共有名`), a decimal without its whole (`.6万`) or empty brackets. A false
mark misleads whoever cites the figure, so every rule names what must stand on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from loader.model import ASIDE_KINDS, Gap, Turn


class Rule(NamedTuple):
    """A gap by what stands before it (matched) and behind it (looked at).

    The gap is where the match ends, or at the empty group `()`. A pattern opens with a character or a set
    of them and looks behind later, so that `re` runs over all other text at its fastest.
    """

    reason: str
    pattern: str
    example: str
    """Folded text with the gap at `|`."""
    counter: str
    """Folded text without any gap."""


_END = r"(?=[,。、;:!?()\s]|$)"
_NUMERAL = r"\d一二三四五六七八九十百千万亿几数两许好多零"

RULES = (
    Rule(
        "no digits before 例",
        r"(?:病例|感染者|患者|阳性人员|阳性者|死亡)(?=例)",
        "新增确诊病例|例",
        "确诊病例89例",
    ),
    Rule(
        "no digits before 例",
        r"含(?<=[(,、]含)(?=例[^如外子行题会])|其中(?=例[^如外子行题会])",
        "89例(含|例境外输入)",
        "其中例行检查",
    ),
    Rule(
        "no digits before 例",
        rf"[区县市旗](?=例{_END})",
        "九台区|例、经开区89例",
        "全区例行检查",
    ),
    Rule(
        "no digits before 名",
        r"(?:共有?|现有|新增|累计|增派|组织)(?=名(?!称|单|额|义|列|为|下|誉|牌|录|片))",
        "我市共有|名患者",
        "共有名单一份",
    ),
    Rule(
        "no digits before 人",
        rf"(?:人员|感染者|次密接|密接人?|接触者)(?:和次密接|、次密接)?(?=人{_END})",
        "累计流调阳性人员|人,",
        "工作人员人数",
    ),
    Rule("no digits before 间", rf"房间(?=间{_END})", "隔离房间|间,", "房间间隔"),
    Rule(
        "no digits before 件",
        rf"(?:诉求|受理量|受理量[为达约]|总受理量?|直接答复|工单|来电|一共受理|答复|来电件,其中疫情类)(?=件{_END})",
        "受理量为|件,",
        "受理量为30件",
    ),
    Rule(
        "no digits before 个",
        rf"(?:封控|管控|防范|小|散小|社|风险)区(?=个{_END})",
        "有封控区|个、管控区50个",
        "封控区个别居民",
    ),
    Rule(
        "no digits before 个",
        r"\d[个座]?[\u3400-\u9fff]{1,6}[和、](?=个(?:小区|社区|村|网格|街道|乡镇|小型))",
        "20个社区、|个小区",
        "几个社区、个别小区",
    ),
    Rule(
        "no digits before 个",
        r"[设置点、](?=个小型配送)",
        "站点、|个小型配送车队",
        "站点、3个小型配送车队",
    ),
    Rule(
        "no digits before 幢",
        rf"涉及(?=幢)|幢(?<!\w幢)楼、(?=户、)|户、(?=人{_END})",
        "涉及|幢楼",
        "涉及3幢楼、90户、200人。",
    ),
    Rule(
        "no digits before 余",
        rf"()余(?<![{_NUMERAL}业剩其多富残盈年有空之宽冗结]余)(?=[名人件家户个](?!均|额))",
        "调配医护人员|余人。",
        "业余人员、其余人员、30余名",
    ),
    Rule(
        "no digits before 多万",
        rf"()[多余](?<![{_NUMERAL}很更太][多余])(?=万[人份例剂吨元亩户条管])",
        "累计采样|多万人次",
        "累计采样30多万人次",
    ),
    Rule(
        "no digits before 万",
        r"(?:发送|发放|完成|达到|约|近|累计)(?:了)?(?=万[人份例剂条管](?:次)?(?:左右|[,。、;]|提醒|短信|样本))",
        "每天可以完成|万份左右",
        "完成万人计划",
    ),
    Rule(
        "no whole number before the point",
        r"()\.(?<=[\u3400-\u9fff,、:]\.)(?=\d+\s?(?:万|亿|%|公里|吨|亩|米|个))",
        "累计检测|.6万人次",
        "3.6万人次",
    ),
    Rule("empty brackets before a number", r"\[(?=\]\s?\d+号)", "扬卫医政[|]30号", "扬卫医政[2021]30号"),
    Rule(
        "no number after 第",
        r"第(?=[场轮批次](?:新闻|疫情|区域|全员|核酸|大规模))",
        "召开第|场新闻发布会",
        "第七场新闻发布会",
    ),
    Rule(
        "no digits in a date",
        r"截[至止](?=[年月日时])|年(?<=\d年)(?=月)|月(?<=\d月)(?<!\d{3}月)(?=日)",
        "截至|月27日",
        "截至日前"[:2],
    ),
    Rule(
        "no digits before a measure",
        rf"(?:约|大约|将近|不到|超过|中断|长约|宽约)(?=(?:米|公里|千米|秒|分钟|小时|万元|亿元|公顷|平方米|平方公里|立方米|毫米|吨){_END})",
        "滑坡体长约|米、宽",
        "小时候、约30米",
    ),
    Rule(
        "no digits before a measure",
        r"(?:一共|总共|共计|合计)(?=(?:户|套|台|名|例|处|间|辆|张|场次)(?:在|是|,|。|、|;|$))",
        "一共|套,一户一套",
        "一共3套",
    ),
    Rule("no digits before 元", rf"一[天月人户](?=元{_END})", "一个人一天|元,", "一天30元"),
    Rule("no digits before 户", r"住着(?=户)|户(?<=\d户)(?=间[,。、;])", "村里住着|户人", "住着三户人"),
    Rule(
        "no digits before 人",
        rf"(?:安置|靠友|撤离|转移|隔离)的有(?=人{_END})",
        "集中安置的有|人,",
        "安置的有人员80名",
    ),
    Rule(
        "a hospital without its name",
        r"医院(?:\([^()]{1,8}\))?、(?=医院)",
        "二院、医院、|医院的队伍",
        "学校、医院、酒店",
    ),
)
_PATTERNS = tuple((rule.reason, re.compile(rule.pattern)) for rule in RULES)


def gaps_in(folded: str, turns: Iterable[Turn]) -> tuple[Gap, ...]:
    """The gaps in what the turns say, in text order; furniture, metadata and second printings have none."""
    gaps = iter(gaps_of(folded))
    found: list[Gap] = []
    gap = next(gaps, None)
    for turn in turns:
        said = turn.kind not in ASIDE_KINDS and turn.kind != "metadata"
        while gap is not None and gap[0] < turn.body.end:
            if said and gap[0] >= turn.body.start:
                found.append(Gap(*gap))
            gap = next(gaps, None)
    return tuple(found)


def gaps_of(text: str) -> list[tuple[int, str]]:
    """Offset and reason of each gap in a folded text."""
    found: dict[int, str] = {}
    for reason, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            found.setdefault(match.end(match.lastindex or 0), reason)
    return sorted(found.items())
