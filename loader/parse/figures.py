"""Figures: numbers said, with what they count, where, when, and whether new or in all.

What comes in is folded text. A number counts only beside a metric out of the table and with one of its
units, in one sentence: precision before recall, for these are cited.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from loader.model import ASIDE_KINDS, Figure, Span, Turn
from loader.parse.places import division_in


class Metric(NamedTuple):
    """Something counted: its name, how it is said (folded), its units, and two folded sentences.

    `example` holds such a figure; `counter` names the thing and a number in its unit that counts another.
    """

    name: str
    pattern: str
    units: str
    example: str
    counter: str


_PEOPLE = "例|人|名"
METRICS = (
    Metric(
        "治愈出院",
        r"(?:治愈)?出院(?:的)?(?:确诊)?(?:病例|患者)?|治愈(?:病例|患者)",
        _PEOPLE,
        "新增出院确诊病例1例",
        "出院患者由5名医生随访,出院后第3例复查也是阴性。",
    ),
    Metric(
        "解除隔离医学观察",
        r"解除(?:集中)?隔离(?:医学观察)?(?:的)?(?:无症状感染者)?",
        _PEOPLE,
        "解除隔离医学观察22例",
        "解除隔离医学观察以前,每个房间由2人看护。",
    ),
    Metric(
        "确诊病例",
        r"确诊(?:病例|患者)(?:\([^()]{1,6}\))?",
        _PEOPLE,
        "新增本土确诊病例9例",
        "有3名医生照顾确诊病例,确诊病例2今年31岁。",
    ),
    Metric(
        "无症状感染者",
        r"无症状(?:感染者|者)?",
        _PEOPLE,
        "无症状感染者14例",
        "无症状感染者的转运由6名司机承担,第14例是本地人。",
    ),
    Metric(
        "阳性感染者",
        r"阳性(?:感染者|人员|病例)",
        _PEOPLE,
        "发现阳性感染者26人",
        "阳性人员所在的楼里有3名志愿者值守。",
    ),
    Metric(
        "死亡",
        r"死亡(?:病例)?|遇难(?:者)?",
        _PEOPLE,
        "死亡病例2例",
        "死亡的原因由5名专家查明,遇难者家属每人领到慰问金。",
    ),
    Metric(
        "次密切接触者",
        r"次密接(?:者|人员)?|次密切接触者",
        "人|名",
        "次密接216人",
        "次密接的排查由20人的专班负责。",
    ),
    Metric(
        "密切接触者",
        r"(?<!次)密接(?:者|人员)?|(?<!次)密切接触者",
        "人|名",
        "共排查密接74人",
        "密接者的转运由2名民警陪同。",
    ),
    Metric("高风险区", r"高风险(?:地)?区", "个", "共有高风险地区1个", "高风险地区的3个采样点已经关闭。"),
    Metric(
        "中风险区", r"中风险(?:地)?区", "个", "新增4个高风险区、3个中风险区", "中风险区由5个街道分头管理。"
    ),
    Metric("低风险区", r"低风险(?:地)?区", "个", "低风险区5个", "低风险区的居民要做2个核酸检测。"),
    Metric("封控区", r"封控区", "个", "封控区3个", "封控区的8个卡口昼夜有人值守。"),
    Metric("管控区", r"管控区", "个", "管控区50个", "管控区内有3个超市照常营业。"),
    Metric(
        "核酸检测",
        r"核酸(?:采样|检测|筛查)+|采样(?:检测)?",
        "人次|人份|份|管|人",
        "完成核酸检测1.86万人",
        "为货车司机做核酸检测时,查出3人阳性。",
    ),
    Metric(
        "疫苗接种",
        r"接种(?:新冠)?(?:病毒)?(?:疫苗)?",
        "剂次|剂|人次|人",
        "接种疫苗1431万剂次",
        "还有9万人没有接种,接种疫苗的地点有6人看守。",
    ),
    Metric("床位", r"床位", "张", "设置床位2000张", "床位旁边贴着1张图,床位够用。"),
    Metric("隔离房间", r"隔离(?:场所|点)?房间", "间", "隔离房间300间", "隔离房间每天消毒,3间办公室也一样。"),
    Metric(
        "医护人员",
        r"(?:医护|医务)人员|医疗队员",
        "名|人",
        "医护人员235人",
        "医护人员分成2组,每组有1人带队,住在5名老乡家里。",
    ),
    Metric("热线受理量", r"受理量", "件", "总受理量3000件", "受理量最大的一天,有3件快递也送错了。"),
    Metric(
        "转移群众",
        r"(?:紧急)?转移(?:避险|安置)?(?:群众|人员|居民)?",
        "人次|人|名",
        "转移群众478人",
        "转移群众的有5名村干部,6人一辆车。",
    ),
    Metric(
        "粮食产量",
        r"(?:粮食|夏粮|秋粮)(?:总)?产(?:量)?",
        "斤|吨|公斤",
        "夏粮总产量300亿斤",
        "粮食产量稳定,每斤3元,每人分到2斤面粉。",
    ),
)
_METRIC = [(metric, re.compile(metric.pattern)) for metric in METRICS]
_UNITS = sorted({unit for metric in METRICS for unit in metric.units.split("|")}, key=len, reverse=True)
_COUNTED_IN = {
    unit: [(metric, pattern) for metric, pattern in _METRIC if unit in metric.units.split("|")]
    for unit in _UNITS
}
"""The metrics of each unit, in the order of the table."""
_NUMBER = re.compile(
    rf"(?<![\d.\-A-Za-z第])(?P<value>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?P<scale>[百千万亿]{{0,2}})(?:余|多)?"
    rf"(?P<unit>{'|'.join(_UNITS)})(?!为|民|均|口|员|体|别|月|性)"
)
_SENTENCE = re.compile(r"[^。!?;\n]+")
_DIGIT = re.compile(r"\d")
_SCOPE = re.compile(r"(?P<new>新增|新报告|新排查|新划定)|(?P<all>累计|截[至止]|现有|总(?=受理|接种|产))")
_PERIOD = re.compile(
    r"(?:截[至止]\s?)?(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:\d{1,2}时?(?=[时\s\-至]))?时?(?:\s?[-至]\s?(?:(?:\d{1,2}月)?\d{1,2}日)?\d{1,2}时)?"
    r"|截[至止]\s?(?:目前|\d{1,2}日\d{0,2}时?)|(?:昨天|昨日|今天|今日)(?=,|全|新|我|\d)"
)
_GOES_WITH = re.compile(
    r"(?:[、和]次密(?:接(?:者|人员)?|切接触者)?)?"
    r"(?:\d[\d.,万]*[例人名个张间件],?)?"
    r"(?:累计|新增|增加|[共总合]计|一共|总共|总?数量?|总量|人数|能力|现有|仍?有|仍?为|是|达到?|已|接近|近|约|大约|超过?|突破"
    r"|[提上下]升[到至]|[降升][到至]|(?:增加|扩大|下降)[到至]|目前|分别|共有?|各|均|每轮|每日|每万人|完成|报告|例|[,:]){0,5}"
    r"(?:[\u3400-\u9fff]{2,4}[区市县旗州])?"
    r"|[,(]?其中.*"
)
"""What may stand between a metric and its number: words of quantity. Any other word begins something else."""
_KIND = re.compile(
    r"(?:本[土地]|[区市省国境][内外]|境外输入|输入|新型?冠(?:状病毒)?|肺炎|新增|疑似|初筛|[轻重]症|危?重型|轻型|普通型|救治|集中|的)*"
)
"""What may stand between a number and its metric: kinds of it."""
_PLACE = re.compile(r"(?:其中)?(?P<place>[\u3400-\u9fff]{2,7}(?:区|市|县|旗|州))$")
_BEFORE, _AFTER = 50, 14
"""Characters a metric may stand before its number, and how far behind it may reach."""


def figures_in(folded: str, text: str, turns: Iterable[Turn]) -> tuple[Figure, ...]:
    """The figures in what the turns say, in text order, as printed."""
    found: list[Figure] = []
    for turn in turns:
        if turn.kind in ASIDE_KINDS or turn.kind in ("metadata", "question"):
            continue
        for sentence in _SENTENCE.finditer(folded, turn.body.start, turn.body.end):
            start, end = sentence.span()
            if end - start < 5000 and _DIGIT.search(folded, start, end):
                found.extend(_of_sentence(sentence.group(), start, text))
    return tuple(found)


def _of_sentence(sentence: str, offset: int, text: str) -> Iterator[Figure]:
    period = _PERIOD.search(sentence)
    listing = sentence.find("其中")
    for match in _NUMBER.finditer(sentence):
        metric = _metric_of(sentence, match)
        place = _place_of(sentence, match.start(), offset, text)
        if metric is None and place and 0 <= listing < match.start():
            metric = _listed(sentence, match)
        if metric is None:
            continue
        start, end = offset + match.start(), offset + match.end()
        value_end = offset + match.end("scale")
        when = period.span() if period and period.start() < match.start() else None
        yield Figure(
            metric.name,
            text[start:value_end],
            text[offset + match.start("unit") : end],
            Span(start, end),
            place=place,
            period=text[offset + when[0] : offset + when[1]] if when else None,
            scope=_scope_of(sentence, match.start()),
        )


def _metric_of(sentence: str, number: re.Match[str]) -> Metric | None:
    """The metric nearest to a number that is counted in its unit: right behind it, else before it."""
    unit = number["unit"]
    after = sentence[number.end() : number.end() + _AFTER]
    for metric, pattern in _COUNTED_IN[unit]:
        said = pattern.search(after)
        if said and _KIND.fullmatch(after, 0, said.start()):
            return metric
    start = max(0, number.start() - _BEFORE)
    before = sentence[start : number.start()]
    best: tuple[int, int, Metric] | None = None
    for metric, pattern in _COUNTED_IN[unit]:
        for said in pattern.finditer(before):
            rank = (said.end(), said.end() - said.start())
            if best is None or rank > best[:2]:
                best = (*rank, metric)
    if best is None:
        return None
    between = before[best[0] :]
    return best[2] if _GOES_WITH.fullmatch(between) else None


def _listed(sentence: str, number: re.Match[str]) -> Metric | None:
    """The metric that a list of places counts (`新增确诊病例9例,其中甲区5例、乙区4例`): the one said last."""
    said = [
        (m.end(), metric)
        for metric, pattern in _METRIC
        for m in pattern.finditer(sentence, 0, number.start())
    ]
    metric = max(said, key=lambda s: s[0])[1] if said else None
    return metric if metric and number["unit"] in metric.units.split("|") else None


def _place_of(sentence: str, at: int, offset: int, text: str) -> str | None:
    """The division right before a number (`九台区58例`), as printed, else the one that opens the sentence."""
    clause = re.split(r"[,、:(]", sentence[max(0, at - 16) : at])[-1]
    match = _PLACE.search(clause)
    if match and division_in(match["place"]) == match["place"]:
        end = at
        return text[offset + end - len(match["place"]) : offset + end]
    return None


def _scope_of(sentence: str, at: int) -> Literal["new", "cumulative"] | None:
    said = list(_SCOPE.finditer(sentence, max(0, at - 60), at))
    if not said:
        return None
    last = said[-1]
    return "new" if last["new"] else "cumulative"
