"""People: who the text says is in the room, before and beside what they say.

What comes in are the lines of a reading. Announcements are prose (`…副主任王劲松通报…`), lists (one a
line or parted by `;`, post before or after the name), table rows under 姓名, keys of a recording
(`发言人2——罗敏，…`) and English lists (`FANG Lihua, Deputy Director`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from loader.parse import people_english
from loader.parse.fields import HEADER_KEYS, keys_of
from loader.parse.lines import Line
from loader.parse.mentions import Mention, mention_of
from loader.parse.names import is_han_name, is_latin_name
from loader.parse.posts import ADDRESSES, POSTS, _post_start, initials, is_post, named_in, strip_title
from loader.parse.roster import People, Person
from loader.parse.vocabulary import stage_words, surnames

_HOSTING = re.compile(r"主持|司仪|moderator|host\b", re.I)
_HOST_BEFORE = re.compile(r"(?:主持人?|司仪)[: ]*$")
_HEADER = re.compile(
    r"^(?:(?:主持|发布|主讲|发言|出席|介绍|通报|答问)?(?:人员?|嘉宾|领导)?[\s(:、]+"
    r"|(?:主持人?|人|发布人|发言人|嘉宾|回答)[·|/]|主持人?"
    r"|[◆▲■●◇△□○▶►※★☆◎]\s*|(?:回答|答|通报)\s+|(?:先|再)?有?请|欢迎|(?:到场|出席|参加)的?有|联同|会同|[及和与、,]|\d{4}-\d\d-\d\d\s|(?:\d{4}年)?\d{1,2}月\d{1,2}日|(?:医生|先生|女士|博士)[、和及与,]|[QA]\d{1,2}[\s.、]+|[一二三四五六七八九十]{1,3}、)+"
)
"""What goes before a post and is none of it: a header's key (`发布　省农业农村厅副厅长 卞敬川`), the title
of who was named before (`司徒某医生、医院管理局总行政经理`), a number (`一、指挥官`)."""
_HOST_FIELD = re.compile(
    r"^(?:主持人?|司仪)(?:\s*:\s*|\s{1,4})(?P<post>[^:。]{0,40}?)\s*(?P<name>[\u3400-\u9fff]{2,4})$"
)
_HOST_FIRST = re.compile(
    r"^(?:[-*·]\s*)?(?:主持人?|司仪)\s*:\s*(?P<name>[\u3400-\u9fff]{2,4})[,、(\s]\s*(?P<post>[^:。()]{2,40})\)?$"
)
_NUMBER = re.compile(r"^(?:[-*·]|\(?\d{1,2}[.、)])\s*")
_NAME_FIRST = re.compile(
    r"^(?P<name>[\u3400-\u9fff·]{2,12})(?:\s?\([A-Za-z .'-]+\))?(?:\s*[,、:]\s*|\s*-+\s*|\s+)(?P<post>\S.*)$"
)
_KEY = re.compile(
    r"^(?P<key>发言人\s?\d+|说话人\s?\d+|Speaker \d+|[A-Z]{1,3})\s*(?:--+|-|=|:)\s*(?P<who>\S.{1,60})$"
)


def announced(lines: Sequence[Line]) -> People:
    """Everybody the lines name with a post, in the order named."""
    people = People()
    headers: list[str] | None = None
    _note_legend(people, lines)
    labels = {
        (m["words"] or m["inner"]).strip(" []()") for line in lines if (m := _LABELLED.match(line.plain))
    }
    heads = Counter(match["key"] for line in lines if (match := _HEAD_KEY.match(line.plain)))
    heads.update(
        word
        for line in lines
        for word in _WORD.findall(line.plain[:_BEGINNING])[1:3]
        if _INITIALS.fullmatch(word)
    )
    heads.update(
        cell.strip()
        for line in lines
        if line.row
        for cell in line.plain.split("\t")
        if _IS_KEY.fullmatch(cell.strip())
    )
    least = 2 if sum(times >= 3 for times in heads.values()) >= 3 else 3
    for line in lines:
        key = _KEYED.match(line.plain) if len(line) <= 70 else None
        if key and heads[key["key"]] >= least and _from_keyed(people, key["key"], key["who"].strip()):
            continue
        if line.furniture:
            continue
        if line.row and "\t" in line.plain:
            cells = [c.strip() for c in line.plain.split("\t")]
            explains = len(cells) == 2 and heads[cells[0]] >= least and not re.search(r"[。?!]", cells[1])
            if explains and _from_keyed(people, *cells):
                continue
            headers = cells if "姓名" in cells else headers
            _from_row(people, headers, cells)
            for cell in cells:
                if len(cell) > 24:
                    _from_line(people, replace(line, plain=cell))
            continue
        headers = None
        _from_line(people, line)
        _from_labels(people, line.plain, labels)
    _drop_cut_names(people, lines)
    for line in lines:
        quoted = _QUOTED_IN_TITLE.match(line.plain) if line.heading == 1 else None
        if quoted and is_han_name(quoted["name"]) and not people.near(quoted["name"]):
            _add(people, Person(quoted["name"]))
    return people


def _drop_cut_names(people: People, lines: Sequence[Line]) -> None:
    """Take out who has a name only where a longer one of somebody stands (`萧世` of `萧世和会后说`)."""
    cut = {
        one.name: longer.name
        for one in people
        if len(one.name) == 2 and not one.name.isascii()
        for longer in people.beginning(one.name)
        if len(longer.name) == 3
    }
    for short, whole in cut.items():
        if not any(short in line.plain.replace(whole, "") for line in lines):
            people.drop(short)


_QUOTED_IN_TITLE = re.compile(r"(?P<name>[\u3400-\u9fff]{2,4}):\S")
"""Whose words a title gives (`黄远辉：工作无怨无悔`)."""
_LEGEND = re.compile(
    r"[-*·]?\s*(?P<key>[\u3400-\u9fff]{2,4})\s*:\s*(?P<name>[\u3400-\u9fff·]{2,8})\s?\((?P<post>[^()]{3,40})\)$"
    r"|(?P<latin>[A-Z][\w'-]+(?: [A-Z][\w'.-]*){1,3}) \((?P<initials>[A-Z]{2,4})\)(?:, (?P<office>.{3,80}))?$"
)
"""A line that says for whom a word or initials stand (`领队：特木尔（主任）`, `Ann Ode (AO), Chair`)."""


def _note_legend(people: People, lines: Sequence[Line]) -> None:
    """Note whom words and initials stand for that other lines begin with, twice or more."""
    for line in lines:
        for key, who in keys_of(line.plain):
            _from_keyed(people, key, who)
    parts = (part for line in lines for part in _PARTED.split(line.plain[:_FARTHEST]))
    legends = [match for part in parts if (match := _LEGEND.match(part))]
    if not legends:
        return
    begins = Counter(word for line in lines for word in set(_WORD.findall(line.plain[:_BEGINNING])[:3]))
    for match in legends:
        key, name = match["key"] or match["initials"], match["name"] or match["latin"]
        if begins[key] > _TWICE:
            post = (match["post"] or match["office"] or "").strip() or None
            _add(people, Person(name, post, key in ("主持", "主持人", "司仪")))
            if name in people:
                people.alias[key] = name


_PARTED = re.compile(
    r"(?<=[A-Za-z]): |;\s*|(?<=[A-Z]\)), (?=and )|, and |(?<=\)), (?=(?:Dr )?[A-Z][a-z]+ [A-Z][a-z]+ \()"
)
_FARTHEST = 600
_INITIALS = re.compile(r"[A-Z]{2,3}")
_WORD = re.compile(r"\w+")
_BEGINNING = 24
_TWICE = 2
_LABELLED = re.compile(
    r"[\[(]?(?P<words>[\u3400-\u9fff]{2,6})[\])]?(?:答|说)?\s?(?:[:|]|$)|\S{0,6}\((?P<inner>[\u3400-\u9fff]{2,6})\)"
)


def _from_labels(people: People, text: str, labels: set[str]) -> None:
    """People whose names no table knows: what stands behind a post and is a label elsewhere
    (`局长扎西次仁`)."""
    for match in _POST_THEN.finditer(text):
        before = text[max(0, match.start() - _UNIT) : match.start()]
        for size in (3, 2):
            called = before[-size:]
            if is_han_name(called) and called[0] + match.group() in labels and called not in people:
                unit = re.split(r"[^\u3400-\u9fff]|[和与由请](?=[\u3400-\u9fff]{2})", before[:-size])[-1]
                _add(people, Person(called, unit + match.group()))  # 儿科柏青主任, who is called 柏主任
                break
        rest = text[match.end() : match.end() + 6]
        name = next((rest[:size] for size in (6, 5, 4, 3, 2) if rest[:size] in labels), None)
        name = _SAYING.sub("", name) if name else None
        if name and name not in people and not is_post(name) and name not in _PARTS:
            for short in [name[:size] for size in range(1, len(name)) if name[:size] in people]:
                people.drop(short)  # it was cut where a name usually ends
            start = _post_start(text, match.end(), 0)
            _add(people, Person(name, text[start : match.end()].strip(" ,、") or None))


_UNIT = 20
"""Characters before an office in which the name and the unit of its holder may stand."""
_SAYING = re.compile(r"(?:回答|答复|回应|补充|提问|介绍|通报|表示|答|说|问)$")
_ANSWERING = re.compile(
    r"(?P<name>[\u3400-\u9fff·]{2,12}?)(?:同志|先生|女士)?"
    r"(?:就.{2,40}(?:答记者问|回答记者|答问|接受.{0,8}采访)|接受.{2,20}(?:采访|专访))"
)
_PARTS = frozenset("主持人 记者 发言人 发布人 提问 回答 答 问 专家 嘉宾 官员".split())
_POST_THEN = re.compile(f"(?:{'|'.join(sorted(POSTS, key=len, reverse=True))})")


def _from_row(people: People, headers: list[str] | None, cells: list[str]) -> None:
    if not headers or cells == headers or len(cells) != len(headers):
        return
    row = dict(zip(headers, cells, strict=True))
    name = row.get("姓名", "").replace(" ", "")
    posts = [
        row[k] for k in headers if k in ("单位", "职务", "职位", "所在单位", "单位及职务", "职称") and row[k]
    ]
    if is_han_name(name):
        post = "".join(posts)
        _add(
            people,
            Person(name, re.sub(r"\((?:主持|兼?主持人)\)", "", post) or None, bool(_HOSTING.search(post))),
        )


def _from_line(people: People, line: Line) -> None:
    text = line.plain
    holder = people_english.in_field(text) if line.front_matter else None
    listed = [holder] if holder else people_english.in_list(text)
    if listed is not None:
        for one in listed:
            _add(people, one)
            if (short := initials(one.post or "")) and one.name in people:
                people.alias.setdefault(short, one.name)
        return
    bare = _NUMBER.sub("", text)
    if len(bare) <= 140:
        key = _KEY.match(bare)
        if key:
            _from_key(people, key["key"], key["who"])
            bare = key["who"]
        person = introduced(bare)
        if person:
            _add(people, person)
            return
        english = people_english.row_of(bare)
        if english:
            _add(people, english)
            return
        rest = _from_list(people, bare)
        if rest != bare:
            _from_prose(people, rest)
            return
        if caps := people_english.in_capitals(bare):
            _add(people, caps)
            return
    field = _HOST_FIRST.match(text) or _HOST_FIELD.match(text)
    if field and is_han_name(field["name"]) and is_post(field["post"].strip() or "主持人"):
        _add(people, Person(field["name"], field["post"].strip(" ,、") or None, True))
        return
    answering = _ANSWERING.match(text)
    if answering and (is_han_name(answering["name"]) or "·" in answering["name"]):
        _add(people, Person(answering["name"]))
    _from_prose(people, text)
    for one in people_english.in_prose(text):
        _add(people, one)


def _from_list(people: People, text: str) -> str:
    """Add whom a row of a list names and nothing else; what is left of it is to be read as prose."""
    pieces = _pieces(text) if _POST_THEN.search(text) else []
    found = {piece: one for piece in pieces if (one := _listed(piece))}
    for one in found.values():
        _add(people, one)
    if not found:
        return text
    return "" if pieces[0] in found else ";".join(one for one in pieces[1:] if one not in found)


_FIELD_OF = re.compile(r"(?<=[长任员官监管])\([^()]{2,12}\)(?=[\u3400-\u9fff]{2,4})")
"""What an office is for, in brackets before the name (`助理署长(康乐事务)蒋凯琳`)."""
_CALLED_SHORT = re.compile(r"\((?:以下(?:简)?称|下称|简称)[^()]{1,12}\)")
"""By what somebody is called from now on (`冯静仪(下称"冯")`)."""
_BEHIND_BRACKET = re.compile(r"^[^()]*\)[、,和及与]*(?=.)")
"""The end of what was said of somebody before (`…主任)、交警支队大队长`)."""


def _from_prose(people: People, text: str) -> None:
    text = _CALLED_SHORT.sub("", _FIELD_OF.sub("", text))
    before = ""
    for said in named_in(text):
        post = _BEHIND_BRACKET.sub("", said.post)
        post = post.rpartition(before)[2].lstrip(" 、,和与及") if before and before in post else post
        before = said.name
        after = text[said.end : said.end + 6]
        host = bool(_HOST_BEFORE.search(text[max(0, said.start - 6) : said.start]))
        hosts = re.match(r"(?:同志|先生|女士)?(?:主持|担任(?:主持|司仪))", after)
        host = host or (hosts is not None and not post.endswith("发言人"))  # who answers all by himself
        host = host or bool(re.match(r"主持人?", post))
        _add(people, Person(said.name, _HEADER.sub("", post) or None, host))


_LIST_KEY = re.compile(r"^(?P<key>[^:。?!,;]{2,10}):\s*(?=\S)")
_BETWEEN = re.compile(r"\s*[;。]\s*|(?<=[\u3400-\u9fff])\s{2,}(?=[\u3400-\u9fff]{3})")


def _pieces(text: str) -> list[str]:
    """A row of a list cut at the marks between people, without the key before it (`出席人员：`)."""
    if "?" in text or len(text) > 140:
        return []
    key = _LIST_KEY.match(text)
    rest = (
        text[key.end() :]
        if key and (_HOSTING.search(key["key"]) or key["key"].replace(" ", "") in _LISTS)
        else text
    )
    return (
        [rest, *_BETWEEN.split(rest)]
        if rest == text or not _HOSTING.search(key["key"] if key else "")
        else [text]
    )


_LISTS = frozenset(
    "出席 出席人员 参加 参加人员 嘉宾 出席嘉宾 发布嘉宾 发布人 发言人 与会人员 主要发布人 接待人员 答问人 "
    "介绍人 主讲人 主讲 列席 到会 到场 人员".split()
)


def _listed(text: str) -> Person | None:
    """Who a short text names with a post and nothing else, in any order."""
    if not 4 <= len(text) <= 60 or not _POST_THEN.search(text):
        return None
    if ":" in text and not _HOSTING.match(text):
        post, _, name = text.partition(":")
        if not (is_post(post) and is_han_name(name.strip())):
            return None
        text = f"{post} {name.strip()}"  # 海关副关长：危恺
    mention = mention_of(text)
    if mention.unread or not mention.name or not mention.post or mention.outlet or mention.verb:
        return None
    likely = is_han_name(mention.name) or not "\u3400" <= mention.name[0] <= "\u9fff"
    if mention.name in HEADER_KEYS or not likely:
        return None
    if mention.part not in ("official", "host") or mention.stage in ("介绍", "通报", "发布"):
        return None
    hosts = mention.part == "host" and not mention.post.endswith("发言人")  # who answers all by himself
    return Person(mention.name, _HEADER.sub("", mention.post) or None, hosts)


def introduced(text: str) -> Person | None:
    """Who a row introduces, the name first (`骆川、市文物局总工程师`)."""
    match = _NAME_FIRST.match(text)
    if not match or "。" in text or "?" in text:
        return None
    name, post = strip_title(match["name"].replace(" ", "")), match["post"].rstrip("。;, ")
    host = re.search(r"[,、(\s](?:主持人?)\)?$", post)
    post = post[: host.start()] if host else post
    if not is_han_name(name) or not (is_post(post) or host):
        return None
    if is_han_name(post) or named_in(post):
        return None
    return Person(name, post.rstrip(",、( ") or None, bool(host))


_ONE_KEY = r"[\[(]?(?P<key>[A-Z]{1,4}\d{0,2}|(?:嘉宾|媒体|记者|专家)\s?[\dA-Z])[\])]?"
_IS_KEY = re.compile(_ONE_KEY)
_HEAD_KEY = re.compile(rf"(?:[\[(]?\d{{1,2}}:\d\d(?::\d\d)?[\])]?\s*)?{_ONE_KEY}(?=[\s:.\-=|])")
_KEYED = re.compile(rf"[-*·]?\s*{_ONE_KEY}(?:\s{{2,}}|\s*(?:--+|=|:|-)\s*)(?P<who>\S.{{1,60}})$")


def _from_keyed(people: People, key: str, who: str) -> bool:
    """Note what a key stands for that other lines begin with (`TL  陶露  党群工作部部长(主持)`); false
    if unclear."""
    if key in ("Q", "A"):
        return False
    mention = mention_of(re.sub(r"\s{2,}", " ", who))
    if mention.name and not mention.outlet and not mention.unread:
        _add(people, Person(mention.name, mention.post, mention.part == "host"))
        people.alias[key] = mention.name
    elif (first := re.split(r"\s{2,}|[,;]", who)[0].replace(" ", "")) != who and is_han_name(first):
        _add(people, Person(first, who[len(first) :].strip(" ,;") or None, bool(_HOSTING.search(who))))
        people.alias[key] = first
    elif (latin := mention_of(who.partition(", ")[0])).name and not (latin.unread or latin.outlet):
        post = who.partition(", ")[2].strip() or None
        _add(people, Person(latin.name, post, bool(post and _HOSTING.search(post))))
        people.alias[key] = latin.name
    elif key not in people.alias and _names_a_party(who, mention):
        people.alias[key] = who
    else:
        return False
    return True


def _names_a_party(who: str, mention: Mention) -> bool:
    """Whether what stands behind a key is an outlet, an office or an organ, or says that nobody knows."""
    if len(who) > 24 or re.search(r"[。?!]|\.(?:\s|$)", who):
        return False
    return bool(mention.outlet or mention.post) or who[:1] == "<" or who.startswith("未") or len(who) <= 8


def _from_key(people: People, key: str, who: str) -> None:
    first = re.split(r"[,;]", who)[0].strip()
    if key.isupper() and not (key not in ("Q", "A") and (is_han_name(first) or is_latin_name(first))):
        return
    if is_latin_name(first) and first != who:
        post = who[len(first) :].strip(" ,;") or None
        _add(people, Person(first, post, bool(post and _HOSTING.search(post))))
    people.alias[key.replace(" ", "")] = first


_NAME = re.compile(r"[\w· .'-]+")


def _is_address(name: str) -> bool:
    """Whether what stands where a name may is a surname and a title (`祝总`)."""
    return len(name) == 2 and name[1] in ADDRESSES and name[0] in surnames()


def _add(people: People, person: Person) -> None:
    name = person.name
    if not _NAME.fullmatch(name) or name in stage_words() or name in HEADER_KEYS or _is_address(name):
        return
    people.add(person)


def joined(lines: Iterable[Line]) -> str:
    """The folded lines with line feeds between, for searches that may cross none."""
    return "\n".join(line.plain for line in lines)
