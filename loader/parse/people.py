"""People: who the text says is in the room, before and beside what they say.

What comes in are the lines of a reading. Announcements are prose (`…副主任王劲松通报…`), lists (one a
line or parted by `;`, post before or after the name), table rows under 姓名, keys of a recording
(`发言人2——罗敏，…`) and English lists (`FANG Lihua, Deputy Director`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from loader.parse.lines import Line
from loader.parse.names import is_han_name, is_latin_name, surname_of
from loader.parse.posts import is_post, named_in, strip_title


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the text names: the name as folded, the post, whether he is said to host."""

    name: str
    post: str | None = None
    host: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """Everybody announced, by name and by other handles."""

    by_name: dict[str, Person] = field(default_factory=dict)
    alias: dict[str, str] = field(default_factory=dict)
    """Keys of a recording (`发言人2`) to what they stand for (a name, or `《秦巴晚报》记者`)."""

    @property
    def host(self) -> Person | None:
        """The one person said to host, or None."""
        hosts = [p for p in self.by_name.values() if p.host]
        return hosts[0] if len(hosts) == 1 else None

    def ending(self, word: str) -> Person | None:
        """The person whose name a folded word ends with."""
        return next((self.by_name[word[-n:]] for n in (4, 3, 2) if word[-n:] in self.by_name), None)

    def addressed(self, surname: str, post: str) -> Person | None:
        """The one person a surname and a post (`覃`, `局长`) can mean, or None."""
        same = [p for p in self.by_name.values() if surname_of(p.name) == surname]
        if len(same) <= 1:
            return (
                same[0]
                if same and (same[0].post is None or _fits(post, same[0].post) or _title(post))
                else None
            )
        fitting = [p for p in same if p.post and _fits(post, p.post)]
        fitting = [p for p in fitting if p.post and p.post.endswith(post)] if len(fitting) > 1 else fitting
        return fitting[0] if len(fitting) == 1 else None

    def holding(self, post: str) -> Person | None:
        """The one person whose post a label gives alone (`行政长官`), or None."""
        same = {p.name: p for p in self.by_name.values() if p.post and p.post.endswith(post)}
        return next(iter(same.values())) if len(same) == 1 else None

    def latin(self, surname: str) -> Person | None:
        """The one person with a Latin name that has this word in it, whatever its case."""
        word = surname.casefold()
        same = [p for p in self.by_name.values() if word in p.name.casefold().split()]
        return same[0] if len(same) == 1 else None


_HOSTING = re.compile(r"主持|司仪|moderator|host\b", re.I)
_HOST_BEFORE = re.compile(r"(?:主持人?|司仪)[: ]*$")
_HEADER = re.compile(
    r"^(?:(?:主持|发布|主讲|发言|出席|介绍|通报|答问)?(?:人员?|嘉宾|领导)?[\s(:、]+"
    r"|(?:主持人?|人|发布人|发言人|嘉宾|回答)[·|/]|主持人?"
    r"|(?:\d{4}年)?\d{1,2}月\d{1,2}日|(?:医生|先生|女士|博士)[、和及与,]|[QA]\d{1,2}[\s.、]+|[一二三四五六七八九十]{1,3}、)+"
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
_NAME_FIRST = re.compile(r"^(?P<name>[\u3400-\u9fff·]{2,12})(?:\s*[,、:]\s*|\s*-+\s*|\s+)(?P<post>\S.*)$")
_KEY = re.compile(
    r"^(?P<key>发言人\s?\d+|说话人\s?\d+|Speaker \d+|[A-Z]{1,3})\s*(?:--+|-|=|:)\s*(?P<who>\S.{1,60})$"
)
_CAPS = re.compile(
    r"^(?P<name>[A-Z]{2,}(?:-[A-Z]+)? [A-Z][a-z]+(?:[ -][A-Z]?[a-z]+)?), (?P<post>[A-Za-z].{3,120})$"
)
_TITLED = re.compile(
    r"\b(?P<post>(?:[A-Z][a-z]+ ){0,4}(?:Secretary|Spokesperson|Spokesman|Spokeswoman|Minister|"
    r"Governor|Director|Commissioner|Mayor|Chairman|Ambassador|Superintendent))"
    r"(?:,)? (?P<name>[A-Z][a-z]+ [A-Z][a-z]+)\b"
)


def announced(lines: Sequence[Line]) -> People:
    """Everybody the lines name with a post, in the order named."""
    people = People()
    headers: list[str] | None = None
    for line in lines:
        if line.furniture:
            continue
        if line.row and "\t" in line.plain:
            cells = [c.strip() for c in line.plain.split("\t")]
            headers = cells if "姓名" in cells else headers
            _from_row(people, headers, cells)
            continue
        headers = None
        _from_line(people, line)
    return people


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
        caps = _CAPS.match(bare)
        if caps:
            post = re.sub(r"\s*\((?:moderator|host)\)", "", caps["post"])
            _add(people, Person(caps["name"], post, bool(_HOSTING.search(caps["post"]))))
            return
    field = _HOST_FIRST.match(text) or _HOST_FIELD.match(text)
    if field and is_han_name(field["name"]) and is_post(field["post"].strip() or "主持人"):
        _add(people, Person(field["name"], field["post"].strip(" ,、") or None, True))
        return
    for said in named_in(text):
        after = text[said.end : said.end + 6]
        host = bool(_HOST_BEFORE.search(text[max(0, said.start - 6) : said.start]))
        hosts = re.match(r"(?:同志|先生|女士)?(?:主持|担任(?:主持|司仪))", after)
        host = host or (hosts is not None and not said.post.endswith("发言人"))  # who answers all by himself
        host = host or bool(re.match(r"主持人?", said.post))
        _add(people, Person(said.name, _HEADER.sub("", said.post) or None, host))
    for match in _TITLED.finditer(text):
        _add(people, Person(match["name"], match["post"]))


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


def _from_key(people: People, key: str, who: str) -> None:
    first = re.split(r"[,;]", who)[0].strip()
    if key.isupper() and not (key not in ("Q", "A") and (is_han_name(first) or is_latin_name(first))):
        return
    if is_latin_name(first) and first != who:
        post = who[len(first) :].strip(" ,;") or None
        _add(people, Person(first, post, bool(post and _HOSTING.search(post))))
    people.alias[key.replace(" ", "")] = first


def _add(people: People, person: Person) -> None:
    old = people.by_name.get(person.name)
    if old is None:
        people.by_name[person.name] = person
        return
    better = old.post if old.post and len(old.post) >= len(person.post or "") else person.post
    people.by_name[person.name] = replace(old, post=better, host=old.host or person.host)


def _fits(said: str, post: str) -> bool:
    """Whether a post as said (`副县长`, `县长`) can be the post as announced (`县人民政府副县长`)."""
    return said.removeprefix("副") in post or all(char in post for char in said)


def _title(word: str) -> bool:
    return word in ("先生", "女士", "小姐", "工", "总", "老师", "教授", "医生", "博士")


def joined(lines: Iterable[Line]) -> str:
    """The folded lines with line feeds between, for searches that may cross none."""
    return "\n".join(line.plain for line in lines)
