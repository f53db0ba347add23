"""Voices: what the words of a label say about who is speaking.

What comes in is the folded wording of a label without its colon or brackets (`深圳卫视记者`, `主持人 傅采薇`,
`覃局长`, `A3`, `MR. CARNEY`); what comes out is a `Voice` with how much the wording alone is worth. Whether
the line really is a label is weighed elsewhere (`labels`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from loader.parse.fields import HEADER_KEYS, NEVER
from loader.parse.names import is_han_name, is_latin_name
from loader.parse.outlets import is_outlet
from loader.parse.people import People, Person
from loader.parse.posts import address, is_post, split_post, strip_title

Part = Literal["host", "official", "asker", "answer", "unknown"]
"""`answer` is a voice that answers without being named (`答：`, `A3：`)."""

SURE, LIKELY, SHAPED, WEAK, NOTHING = 4, 3, 2, 1, 0
"""How much a wording is worth: a word of the trade or an announced person; name and post, outlet and 记者;
the shape of an outlet; the bare shape of a name; nothing."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who a label says is speaking; `name` is folded, as announced where it was announced."""

    part: Part
    name: str | None = None
    post: str | None = None
    outlet: str | None = None
    worth: int = NOTHING
    because: str = field(default="", compare=False)
    """What the words said, in a few English words (`announced as 局长`)."""

    @property
    def key(self) -> tuple[str, str | None, str | None]:
        """What makes two labels one voice."""
        return (self.part, self.name or self.post, self.outlet)


NOBODY = Voice("unknown")
_LIKE_OUTLET = "shaped like an outlet"

_COUNT = re.compile(r"^(?:\(?\d{1,2}[.、)]|\(?[一二三四五六七八九十]{1,3}[、)])\s*")
_HOST = re.compile(r"(?:大会|发布会|会议)?(?:主持人?|司仪)(?:[:( ]*(?P<rest>[^()]{2,40})\)?)?", re.I)
_HOST_EN = re.compile(r"(?:the )?(?:moderator|host)", re.I)
_ASK_VERB = re.compile(r"\s*(?:问及|问到|问道|提问|追问|补问|发问|续问|(?<!顾)问)\d*$")
_ANSWER_VERB = re.compile(
    r"\s*(?:答记者问|回答记者(?:提问|问题)?|答问|回答|答复|回应|解答|作答|答|补充|补充说|表示|介绍说?|介绍(?:有关|相关)?情况|"
    r"通报(?:最新|有关|相关)?(?:疫情)?(?:情况)?|指出|说|发言|致辞|讲话)$"
)
_REPORTER = re.compile(
    r"(?P<outlet>.*?)(?:的|(?P<news>新闻))?(?:记者|通讯员|reporter|journalist)(?:\s*[A-Z\d])?"
    r"(?:[ (,]*(?P<rest>[^()]{0,40})\)?)?",
    re.I,
)
_ASK_BARE = re.compile(
    r"(?:现场|在场|境外|中外|外国|外媒|网上|网络|电视|文字|另一名?|有|某|男|女|一名|多名|众)?"
    r"(?:媒体朋友|媒体代表|媒体|记者|传媒|网友|听众|观众|市民|提问者|提问人|提问|追问|补问|问|问题|"
    r"Q(?:uestion)?|QUESTION|REPORTER|Reporter|PRESS|Correspondent|Journalist|Media)\s*(?:提问|问)?\s*"
    r"[一二三四五六七八九十\d]{0,3}(?:\s*\((?P<outlet>[^()]{2,40})\))?"
)
_ANSWER_BARE = re.compile(
    r"(?:(?:回答|答复|回应|解答|答)(?:人|者|嘉宾)?|A(?:nswer)?|ANSWER)\s*[一二三四五六七八九十\d]{0,3}"
)
_ANSWER_BY = re.compile(r"(?:回答|答复|答|A\d{0,2})\s*\((?P<who>[^()]{2,30})\)")
_ANSWERS_THEM = re.compile(r"答(?:复)?记者(?:提?问|问题)$")
_OFFICE_EN = re.compile(
    r"(?:(?:Deputy|Associate|Chief|Press) )?"
    r"(?:Spokes(?:man|woman|person)|Secretary|Secretary-General|Minister)"
)
_PUBLIC = re.compile(r"(?:网友|市民|读者|听众|观众|群众|村民|居民|家长)\s*[\"'(<][^\"'()<>]{1,16}[\"')>]?")
_ANONYMOUS = re.compile(
    r"(?:另一|某|有|多|一)(?:名|位|些|家)?|另外一[名位]|.{0,3}[男女]|.{0,2}中外|现场|在场|本网?|本报"
)
_AFTERWARDS = re.compile(r"^[^,]{0,16}后,?(?:又|另)?(?=(?:有|一[名位])记者)")
"""`当日例行记者会后，有记者问及`"""
_FIRM_POST = re.compile(r"(?:发言人|发布人|官员|行政长官|特首|主任|局长|部长|市长|省长|县长|区长)$")
_COURTESY = re.compile(
    r"(?P<title>MR|MS|MRS|MISS|DR|PROF|SUPT|GEN|COL|MAJ|CAPT|LT|ADM|AMB|SEC|SECRETARY|MINISTER|AMBASSADOR|GOVERNOR|"
    r"DIRECTOR|ADMIRAL|GENERAL|PRESIDENT|SENATOR|MAYOR|CHAIRMAN|SUPERINTENDENT|THE PRESIDENT)"
    r"\.? ?(?P<name>[A-Z][A-Z' -]*)?"
)


def without_verb(words: str) -> str:
    """A label without the word for asking or answering at its end (`王军 回答` → `王军`)."""
    return _ANSWER_VERB.sub("", _ASK_VERB.sub("", words))


def voice_of(label: str, people: People) -> Voice:
    """Who a folded label names, in the light of who was announced."""
    word = _COUNT.sub("", label.strip(" :.\"'*#-·★☆◎○◇※→►▶")).strip()
    key = word.replace(" ", "")
    if people.alias and key not in people.alias and re.fullmatch(r"(?:发言人|说话人|Speaker)[?\d]*", key):
        return Voice("unknown", worth=SHAPED, because="a voice the recording's key does not know")
    if key in people.alias:
        voice = _read(people.alias[key], people)
        return replace(voice, because=f"{word} in the recording's key, {voice.because}".rstrip(", "))
    roled = _ROLED.fullmatch(word)
    if roled:
        return _behind_role(roled["role"], roled["rest"], people)
    lettered = _LETTERED.fullmatch(word)
    if lettered:
        return _behind_letter(lettered["letter"], lettered["rest"], people)
    return _read(word, people)


def _behind_letter(letter: str, words: str, people: People) -> Voice:
    """Who is named behind a counted letter: who asks behind Q (`Q2 联合报`), who answers behind A."""
    voice = _read(words, people)
    if letter == "A":
        known = voice.part in ("official", "host") and voice.worth > NOTHING
        return (
            replace(voice, worth=SURE)
            if known
            else Voice("answer", worth=SURE, because="a word for answering")
        )
    outlet = voice.outlet or (words if is_outlet(words) else None)
    name = voice.name if voice.part in ("asker", "unknown") else None
    return Voice("asker", name, outlet=outlet, worth=SURE, because="a word for asking")


def _behind_role(role: str, words: str, people: People) -> Voice:
    """Who is named behind a role and a stroke (`提问｜长春晚报`, `主持人·市住建局办公室主任 林晓`)."""
    if role in ("提问", "追问", "记者", "媒体", "问"):
        return _behind_letter("Q", words, people)
    voice = _behind_letter("A", words, people)
    return replace(voice, part="host") if role in ("主持人", "主持") else voice


_ROLED = re.compile(
    r"(?P<role>主持人?|发布人|发言人|答问人|嘉宾|回答|解答|答|提问|追问|记者|媒体|问)\s*[·|/-]\s*(?P<rest>[^·|/]{2,40})"
)
_LETTERED = re.compile(r"(?P<letter>[QA])\s?\d{1,2}[\s.、)]\s*(?P<rest>\S.{1,40})")
_POST_IN_BRACKETS = re.compile(r"(?P<name>[^()\s]{2,4})\s?\((?P<post>[^()]{2,40})\)")


def _read(word: str, people: People) -> Voice:
    """Who a wording without bullets and numbers names."""
    if not word or len(word) > 60 or word in HEADER_KEYS - {"记者", "主持人", "主持", "发布人", "媒体"}:
        return NOBODY
    inner = _ANSWER_BY.fullmatch(word)
    if inner:
        who = _person(strip_title(inner["who"]), people, verb=True)
        return who or Voice("answer", worth=SURE, because="a word for answering")
    return (
        _host(word, people)
        or _name_before_post(word, people)
        or _asker(word)
        or _person(strip_title(_ANSWER_VERB.sub("", word)), people, verb=bool(_ANSWER_VERB.search(word)))
        or _english(word, people)
        or _newsroom(word)
        or (
            Voice("unknown", outlet=word, worth=SHAPED, because=_LIKE_OUTLET)
            if is_outlet(word) and not NEVER.search(word)
            else NOBODY
        )
    )


def _host(word: str, people: People) -> Voice | None:
    match = _HOST.fullmatch(word)
    if not match and not _HOST_EN.fullmatch(word):
        return None
    rest = strip_title(((match and match["rest"]) or "").strip(" 、"))
    if not rest:
        host = people.host
        if host is None:
            return Voice("host", worth=SURE, because="a word for the host")
        return Voice("host", host.name, host.post, worth=SURE, because="announced as host")
    person = people.by_name.get(rest) or people.ending(rest)
    if person:
        return replace(_known(person), part="host")
    both = split_post(rest)
    if both:
        return Voice("host", both[1], both[0], worth=SURE, because="host, post and name")
    return Voice("host", rest, worth=SURE, because="host and name") if is_han_name(rest) else None


def _name_before_post(word: str, people: People) -> Voice | None:
    """`张博(西安市委宣传部副部长)`: the name, then the post in brackets."""
    match = _POST_IN_BRACKETS.fullmatch(word)
    if not match or not is_han_name(match["name"]) or not is_post(match["post"]):
        return None
    person = people.by_name.get(match["name"])
    if person:
        return _known(person)
    return Voice("official", match["name"], match["post"], worth=SURE, because="name, and post in brackets")


def _asker(word: str) -> Voice | None:
    bare = _ASK_BARE.fullmatch(word)
    if bare:
        return Voice("asker", outlet=_outlet(bare["outlet"] or ""), worth=SURE, because="a word for asking")
    if _ANSWER_BARE.fullmatch(word):
        return Voice("answer", worth=SURE, because="a word for answering")
    if _ANSWERS_THEM.search(word):
        return None
    asked = _ASK_VERB.search(word)
    if _PUBLIC.fullmatch(word):
        return Voice("asker", outlet=word, worth=LIKELY, because="one of the public, named")
    core = _AFTERWARDS.sub("", _ASK_VERB.sub("", word).strip())
    match = _REPORTER.fullmatch(core)
    if match and not re.search(r"[。?!;]", core):
        outlet, rest = match["outlet"].strip(" -"), (match["rest"] or "").strip()
        if match["news"] and outlet and not is_outlet(outlet):
            outlet += "新闻"  # 渔火新闻 + 记者, but 晚报 + 新闻记者
        if _ANONYMOUS.fullmatch(outlet):
            outlet = ""
        if rest and (is_han_name(rest) or is_latin_name(rest)):
            worth = SURE if outlet else LIKELY
            because = "outlet, 记者 and name" if outlet else "记者 and name"
            return Voice("asker", rest, outlet=_outlet(outlet), worth=worth, because=because)
        if rest and outlet:
            return None
        because = "outlet and 记者" if outlet or rest else "记者"
        return Voice("asker", outlet=_outlet(outlet or rest), worth=SURE, because=because)
    if asked and is_outlet(core) and not NEVER.search(core):
        return Voice("asker", outlet=core, worth=LIKELY, because="outlet and a word for asking")
    if core.endswith("网友") and len(core) <= 20:
        return Voice("asker", outlet=core, worth=LIKELY, because="ends in 网友")
    return None


def _newsroom(word: str) -> Voice | None:
    """An outlet and the reporter's name after a blank, without the word 记者 (`中央社 苏思云`)."""
    outlet, _, name = word.rpartition(" ")
    if not outlet or not is_han_name(name):
        return None
    if is_outlet(outlet):
        return Voice("asker", name, outlet=outlet, worth=SHAPED, because="outlet and name")
    return (
        Voice("unknown", name, outlet=outlet, worth=SHAPED, because="a Latin word and a name")
        if re.fullmatch(r"[A-Za-z]\S{1,20}", outlet)
        else None
    )


def _outlet(word: str) -> str | None:
    word = re.sub(r"^(?:来自|记者)\s*", "", word.strip(" -,\"'")).removesuffix("记者").strip(" ,")
    return word if word and not word.startswith("未") else None


def _known(person: Person) -> Voice:
    because = f"announced as {person.post}" if person.post else "announced by name"
    return Voice("host" if person.host else "official", person.name, person.post, worth=SURE, because=because)


def _person(word: str, people: People, *, verb: bool) -> Voice | None:
    joined = word.replace(" ", "")
    if joined in people.by_name:
        return _known(people.by_name[joined])
    for size in (2, 3, 4):  # 蔡泉局长
        if joined[:size] in people.by_name and is_post(joined[size:]):
            return _known(people.by_name[joined[:size]])
    person = people.ending(word)
    if person and (
        is_post(word[: -len(person.name)].strip()) or word[: -len(person.name)].endswith((" ", "、"))
    ):
        return _known(person)
    called = address(joined)
    if called:
        person = people.addressed(*called)
        if person:
            return _known(person)
    both = split_post(word)
    if both and not NEVER.search(word):
        return Voice("official", both[1], both[0], worth=LIKELY, because="post and name")
    if is_post(word) and len(word) <= 24 and not NEVER.search(word):
        person = people.holding(word)
        if person:
            return _known(person)
        if called:
            return Voice("official", post=word, worth=LIKELY, because="surname and post")
        worth = LIKELY if _FIRM_POST.search(word) else WEAK
        return Voice("official", post=word, worth=worth, because="a post alone")
    if is_han_name(joined) and not (len(joined) == 4 and is_outlet(joined)):  # 麦田在线 is no 麦田氏
        because = "name and a word for answering" if verb else "bare name"
        return Voice("official", joined, worth=LIKELY if verb else WEAK, because=because)
    return None


def _english(word: str, people: People) -> Voice | None:
    if _OFFICE_EN.fullmatch(word):
        person = people.holding(word)
        if person:
            return _known(person)
        return Voice("official", post=word, worth=LIKELY, because="an office alone")
    match = _COURTESY.fullmatch(word)
    if match and (match["name"] or match["title"] == "THE PRESIDENT"):
        surname = (match["name"] or "").strip()
        person = people.latin(surname.split()[-1]) if surname else None
        if person:
            return _known(person)
        name = f"{match['title']}. {surname}" if surname else word
        return Voice("official", name, worth=LIKELY, because="form of address in capitals")
    if is_outlet(word) and not people.latin(word.split()[-1]):
        return Voice("unknown", outlet=word, worth=SHAPED, because=_LIKE_OUTLET)
    if is_latin_name(word):
        person = people.latin(word.split()[-1])
        if person and set(word.casefold().split()) <= set(person.name.casefold().split()):
            return _known(person)
        return Voice("official", word, worth=WEAK, because="bare Latin name")
    if re.fullmatch(r"(?:The )?[A-Z][A-Za-z.&' ]{1,30}", word) and (
        word.startswith("The ") or is_outlet(word)
    ):
        return Voice("unknown", outlet=word, worth=SHAPED, because=_LIKE_OUTLET)
    return None
