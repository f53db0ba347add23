"""Places: where a briefing was held, down to the district, as the text says it.

All texts are folded. Divisions are those of `divisions`; one that is not in the table (a former name, a
district of Hong Kong) is known by its suffix (省 市 州 盟 县 区 旗). A venue counts where none is named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loader.parse.divisions import longest_at, longest_before, table

_SUFFIX = "特别行政区|自治区|自治州|自治县|自治旗|省|市|州|盟|县|区|旗"
_DIVISION = re.compile(
    rf"(?:[\u3400-\u9fff]{{2,6}}?(?:{_SUFFIX})(?!政府新闻|场|区|民|委|级|内|域|值|长|外|面|局|直))"
)
_NO_PLACE = re.compile(
    r"^(?:.*主持|.*出席|.*[局署部厅司处]长|[致给向]?全|我|本|各|该|省|市|区|县|州|城|两|多|每|其他|相关|所在|有关|驻|跨|入|来|返|在|于|.?邀请|组织|听取|根据|按照|关于|现任|时任|原)|(?:小|社|园|景|矿|校|厂|疫|战|街|辖|灾|山|库|专|地|城|超|夜|早|"
    r"风险|封控|管控|防范|功能|开发|高新|隔离|污染|重点|中心|农村|安全|保护|商务|住宅|功能|自贸)(?:区|市)$|^.{0,3}(?:地区|城市|超市|门市|上市|股市|夜市|楼市|都市|菜市|早市)"
)
_LEAD_IN = re.compile(
    r"^.*?(?:年|月|日|于|在|本轮|关于|举行|召开|由|是|中共|的|午|晚|,|\s|\]|\)|\"|>)(?=[\u3400-\u9fff]{2,})"
)
_END = re.compile("[省市州盟县区旗](?!场|值|盈)")
_COMMON = frozenset(("城区", "郊区", "矿区", "东区", "西区", "新县", "古县", "成县", "富县", "和县", "南县"))
"""Names in the table that are mostly other words."""
_HELD_BY = re.compile(
    r"(?:市|县|区|州)?(?:第[\d一二三四五六七八九十百]|今|昨|\d{1,2}月|召开|举行|举办|新闻|疫情|新冠|新型冠状|防控|政府|人民政府)"
)
"""What follows the bare name of a place in a title: `潍坊举行…`."""
_ABOUT = re.compile(r"发布会|记者会|通气会|吹风会|见面会|座谈会")
_NOT_HERE = re.compile(r"北京时间|上海合作|海南岛|香港中文|澳门赛马|西藏铁路")
CITIES = ("北京", "上海", "天津", "重庆", "香港", "澳门", "台北")
"""Cities said without a suffix, and left so."""
_HELD_IN = re.compile(r"(?:在|于)(?P<where>[^,。;!?在于]{2,40}?)(?:联合)?(?:召开|举行|举办|会见|出席|接见)")
_HELD_EN = re.compile(
    r"\bat the (?P<venue>[A-Z][\w' ]+?), (?P<city>[A-Z]\w+)\b|\bin (?P<only>[A-Z][a-z]+(?: [A-Z][a-z]+)?)[,.]"
)
_ABOARD = re.compile(r"\b(?P<where>(?i:aboard) [A-Z][\w ,]{4,60})$")
_FIELD = re.compile(
    r"^(?:(?:[一二三四五六七八九]、|\d[.、])?\s?\[?(?:会议|发布会|举办|举行)?地\s?点\]?\s*[:\s]\s*|.{0,40}\s地点\s*:\s*)(?P<where>[^\n]{2,60})$"
)


def place_of(title: str | None, organ: str | None, head: Sequence[str], opening: Sequence[str]) -> str | None:
    """The place: the division in title or organ, else the field 地点, else where it was held by the lead."""
    for text in (title, organ):
        found = division_in(text or "")
        if found:
            return found
    named = _named_first(title or "")
    if named:
        return named
    field = next((m["where"].strip() for text in head if (m := _FIELD.match(text))), None)
    if field:
        return division_in(field) or _city(field) or re.split(r"\s{2,}", field)[0]
    for text in head:
        held = _HELD_IN.search(text[:600])
        if held and re.search(r"发布会|记者会|会见|吹风会|通气会", text[:800]):
            where = re.sub(r"^(?:上|下)午|^\d.*?日", "", held["where"]).strip()
            found = division_in(where) or _city(where)
            if found or re.search(r"(?:厅|室|中心|馆|楼|总部|大厦|会堂|办公室|广场)(?:\([^()]*\))?$", where):
                return found or where
    for text in (*head, title or ""):
        match = _HELD_EN.search(text) if re.search(r"briefing|conference", text, re.I) else None
        if match:
            return match["city"] or match["only"]
        aboard = _ABOARD.search(text)
        if aboard:
            return aboard["where"]
    for text in opening[:6]:
        for sentence in re.split(r"[。!?;]", text[:400]):
            said = re.search(
                r"(?:参加|出席|召开|举行|来到|这是|关于)(?P<what>[^,]{4,40}?)(?:发布会|记者会|通气会|吹风会)",
                sentence,
            )
            found = division_in(re.sub(r"^.*(?:召开|举行|举办)的?", "", said["what"])) if said else None
            if found:
                return found
    for text in head[:12]:
        found = division_in(text[:40]) if re.search(r"召开|举行|举办|通报", text[:60]) else None
        if found:
            return found
    return None


def division_in(text: str) -> str | None:
    """The deepest division a folded text names first (`青岛市即墨区新冠…` → `即墨区`), or None."""
    text = text[:80]
    for end in _END.finditer(text):
        name = longest_before(text, end.end())
        if name and name not in _COMMON:
            return _deepest(text, end.end(), name)
    return _by_suffix(text)


def _deepest(text: str, at: int, name: str) -> str:
    """The last of the divisions that stand one behind the other from `name`, which ends at `at`."""
    while True:
        within = longest_at(text, at)
        if within is None and (match := _DIVISION.match(text, at)) and not _NO_PLACE.search(match.group()):
            within = match.group()
        if within is None or not _END.match(text, at + len(within) - 1) or within in _COMMON:
            return name
        name, at = within, at + len(within)


def _by_suffix(text: str) -> str | None:
    """A division that is in no table, known by its suffix."""
    for match in _DIVISION.finditer(text):
        word = match.group()
        while cut := _LEAD_IN.match(word):
            word = word[cut.end() :]
        within = next((city for city in CITIES if word.startswith(city)), "")
        if len(word) - len(within) >= 3:
            word = word.removeprefix(within)
        if len(word) >= 3 and not _NO_PLACE.search(word):
            return _deepest(text, match.end(), word)
    return None


def _named_first(title: str) -> str | None:
    """The place a title begins with, said without its suffix (`潍坊举行…发布会`), by its whole name."""
    bare = re.sub(r"^(?:[\[【][^\[\]【】]{0,12}[\]】]|[^\w]|\d{4}年|\d{1,2}月\d{1,2}日){0,4}", "", title)
    if not _ABOUT.search(bare) or _NOT_HERE.match(bare):
        return None
    short = table().short
    for length in range(6, 1, -1):
        name = bare[:length]
        if name in short and (name in table().high or _HELD_BY.match(bare, length)):
            return name if name in CITIES else short[name]
    return None


def _city(text: str) -> str | None:
    return next((city for city in CITIES if text.startswith(city)), None)
