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
_NOT_COUNTED = r"(?![数行会如外子题])"
"""What 例 is in a word that counts nothing: 例数, 例行, 例会, 例外."""
_NUMERAL = r"\d一二三四五六七八九十百千万亿几数两许好多零"

RULES = (
    Rule(
        "no digits before 例",
        rf"(?:病例|感染者|患者|阳性人员|阳性者|死亡)(?=例{_NOT_COUNTED})",
        "新增确诊病例|例",
        "死亡例数比上周少,患者例行复查每周一次,确诊病例89例。",
    ),
    Rule(
        "no digits before 例",
        rf"含(?<=[(,、]含)(?=例{_NOT_COUNTED})|其中(?=例{_NOT_COUNTED})",
        "89例(含|例境外输入)",
        "89例中含例行检查发现的3例,其中例数最多的是东河区。",
    ),
    Rule(
        "no digits before 例",
        rf"[区县市旗](?=例{_END})",
        "九台区|例、经开区89例",
        "每周一次的全区例行检查照常,以高新区为例,查出3处隐患。",
    ),
    Rule(
        "no digits before 名",
        r"(?:共有?|现有|新增|累计|增派|组织)(?=名(?![称单额义列为下誉牌录片师校家优特著]|医(?![护务生疗])))",
        "我市共有|名患者",
        "我们组织名医下乡义诊,共有名单上的30名患者看了病。",
    ),
    Rule(
        "no digits before 人",
        rf"(?:人员|感染者|次密接|密接人?|接触者)(?:和次密接|、次密接)?(?=人{_END})",
        "累计流调阳性人员|人,",
        "工作人员人手够用,密切接触者人人都做了检测。",
    ),
    Rule(
        "no digits before 间", rf"房间(?=间{_END})", "隔离房间|间,", "房间间隔两米,隔离房间30间,间数是够的。"
    ),
    Rule(
        "no digits before 件",
        rf"(?:诉求|受理量|受理量[为达约]|总受理量?|直接答复|工单|来电|一共受理|答复|来电件,其中疫情类)(?=件{_END})",
        "受理量为|件,",
        "工单件件有回音,来电件件有着落,受理量为30件。",
    ),
    Rule(
        "no digits before 个",
        rf"(?:封控|管控|防范|小|散小|社|风险)区(?=个{_END})",
        "有封控区|个、管控区50个",
        "封控区个别居民着急,管控区个体商户也停了业。",
    ),
    Rule(
        "no digits before 个",
        r"\d[个座]?[\u3400-\u9fff]{1,6}[和、](?=个(?:小区|社区|村|网格|街道|乡镇|小型))",
        "20个社区、|个小区",
        "20个社区、个别小区还没有通水,其余的都通了。",
    ),
    Rule(
        "no digits before 个",
        r"[设置点、](?=个小型配送)",
        "站点、|个小型配送车队",
        "全市设置3个小型配送站点、3个小型配送车队。",
    ),
    Rule(
        "no digits before 幢",
        rf"涉及(?=幢)|幢(?<!\w幢)楼、(?=户、)|户、(?=人{_END})",
        "涉及|幢楼",
        "涉及3幢楼、90户、200人,其中第2幢楼、第9户已经搬走。",
    ),
    Rule(
        "no digits before 余",
        rf"()余(?<![{_NUMERAL}业剩其多富残盈年有空之宽冗结]余)(?=[名件户个](?!均|额)|人(?:次|{_END})|家(?![均湾村坝镇沟庄寨桥坪岭巷屯营河]))",
        "调配医护人员|余人。",
        "业余人士、其余人员都已经转移到余家湾,一共30余名。",
    ),
    Rule(
        "no digits before 多万",
        rf"()[多余](?<![{_NUMERAL}很更太][多余])(?=万[人份例剂吨元亩户条管])",
        "累计采样|多万人次",
        "累计采样三十多万人次,比昨天少一万多人次。",
    ),
    Rule(
        "no digits before 万",
        r"(?:发送|发放|完成|达到|约|累计)(?:了)?(?=万[人份例剂条管](?:次)?(?:左右|[,。、;]|提醒|短信|样本))",
        "每天可以完成|万份左右",
        "现场聚集了近万人,我们正在完成万人助企的计划。",
    ),
    Rule(
        "no whole number before the point",
        r"()\.(?<=[\u3400-\u9fff,、:]\.)(?=\d+\s?(?:万|亿|%|公里|吨|亩|米|个))",
        "累计检测|.6万人次",
        "累计检测3.6万人次,全程26.5公里,比昨天多0.6万人次。",
    ),
    Rule(
        "empty brackets before a number",
        r"\[(?=\]\s?\d+号)",
        "扬卫医政[|]30号",
        "请看扬卫医政[2021]30号文件和[附件]30号材料。",
    ),
    Rule(
        "no number after 第",
        r"第(?=[场轮批次](?:新闻|疫情|区域|全员|核酸|大规模))",
        "召开第|场新闻发布会",
        "第七场新闻发布会上,我们介绍过第二轮全员核酸检测。",
    ),
    Rule(
        "no digits in a date",
        r"截[至止](?=年[\d月]|月(?:[\d日]|[上中下]旬)|日(?![期前])|时(?![间候]))|年(?<=\d年)(?=月(?![均度份]))|月(?<=\d月)(?<!\d{3}月)(?=日(?!均))",
        "截至|月27日",
        "截至年底和截至月末的数都一样,截止时间没有变,2022年月均降雨和3月日均检测都有统计。",
    ),
    Rule(
        "no digits before a measure",
        rf"(?:约|大约|将近|不到|超过|中断|长约|宽约)(?=(?:米|公里|千米|秒|分钟|小时|万元|亿元|公顷|平方米|平方公里|立方米|毫米|吨){_END})",
        "滑坡体长约|米、宽",
        "他小时候这条河宽约三十米,不到一小时就能走到。",
    ),
    Rule(
        "no digits before a measure",
        r"(?:一共|总共|共计|合计)(?=(?:户|套|台|名|例|处(?!在)|间|辆|张|场次)(?:在|是|,|。|、|;|$))",
        "一共|套,一户一套",
        "全市一共3套班子,三条河总共处在两个流域里。",
    ),
    Rule(
        "no digits before 元",
        rf"一[天月人户](?=元{_END})",
        "一个人一天|元,",
        "一个人一天三十元,一户一月元旦补贴一百元。",
    ),
    Rule(
        "no digits before 户",
        r"住着(?=户(?![主籍]))|户(?<=\d户)(?=间[,。、;])",
        "村里住着|户人",
        "村里住着户主一家三口,30户间隔着一道墙。",
    ),
    Rule(
        "no digits before 人",
        rf"(?:安置|靠友|撤离|转移|隔离)的有(?=人{_END})",
        "集中安置的有|人,",
        "集中安置的有人员80名,转移的有人家的老屋,也有学校。",
    ),
    Rule(
        "a hospital without its name",
        r"医院(?:\([^()]{1,8}\))?、(?=医院(?![门周附内外里旁边大]))",
        "二院、医院、|医院的队伍",
        "市人民医院、医院门口的药店和酒店都照常开门。",
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
