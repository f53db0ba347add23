"""Records of speech and captions: who speaks in one field, what he says in another."""

from __future__ import annotations

import json

import pytest

from loader.model import Reading
from loader.parse import parse
from loader.read import Refused, read_bytes, read_sources
from loader.read.spoken import columns

TURNS = [
    ("主持人 陶岚", "10:00", "各位好，下面请记者提问。"),
    ("河湾晚报记者", "10:02", "堤坝什么时候修好？"),
    ("水务局局长 钟起", "10:03", "汛期之前修好，请大家放心。"),
]


def _one(source: str, path: str) -> Reading:
    (reading,) = read_sources(source.encode(), path)
    assert not isinstance(reading, Refused)
    return reading


def _told(reading: Reading) -> list[tuple[str | None, str, list[str]]]:
    (briefing,) = parse(reading)
    turns, speakers = briefing.turns, briefing.speakers
    return [
        (
            question.asker.outlet,
            "".join(reading.text[slice(*turns[at].body)] for at in question.turns),
            [speakers[at].name for one in question.answers if (at := turns[one].speaker) is not None],
        )
        for question in briefing.questions
    ]


EXPECTED = [("河湾晚报", "堤坝什么时候修好？", ["钟起"])]


@pytest.mark.parametrize("path", ["a.json", "a.txt"])
@pytest.mark.parametrize("around", [lambda rows: rows, lambda rows: {"title": "通报会", "content": rows}])
def test_a_list_of_turns_is_one_conversation(path: str, around: object) -> None:
    rows = [{"speaker": who, "time": clock, "paragraphs": [said]} for who, clock, said in TURNS]
    assert callable(around)
    assert _told(_one(json.dumps(around(rows), ensure_ascii=False), path)) == EXPECTED


def test_turns_one_a_line() -> None:
    rows = [json.dumps({"speaker": who, "text": said}) for who, _clock, said in TURNS]
    assert _told(_one("\n".join(rows), "a.jsonl")) == EXPECTED


@pytest.mark.parametrize("mark", [",", "\t"])
def test_a_table_with_a_row_for_each_turn(mark: str) -> None:
    rows = [("序号", "时间", "发言人", "发言内容", "点赞数")]
    rows += [
        (str(n), f"2025-02-18 {clock}:07", who, said, "4321") for n, (who, clock, said) in enumerate(TURNS)
    ]
    reading = _one("\n".join(mark.join(row) for row in rows), "a.csv")
    assert _told(reading) == EXPECTED
    assert reading.text.count("4321") == len(TURNS)  # what else the rows hold is kept, beside the text
    assert parse(reading)[0].date == "2025-02-18~"


def test_what_a_transcript_is_called_above_its_turns_is_its_title() -> None:
    rows = [{"speaker": who, "text": said} for who, _clock, said in TURNS]
    source = {"meeting": {"title": "河湾县防汛通报会", "company": "河湾县水务局"}, "items": rows}
    (briefing,) = parse(_one(json.dumps(source), "a.json"))
    assert (briefing.title, briefing.organ) == ("河湾县防汛通报会", "河湾县水务局")


@pytest.mark.parametrize(
    "names",
    [("speaker", "title", "text"), ("author", "text"), ("speaker", "votes"), ("标题", "发言人", "内容")],
)
def test_rows_of_articles_are_no_turns(names: tuple[str, ...]) -> None:
    assert columns(names) is None


@pytest.mark.parametrize(
    "names",
    [
        ("questioner", "question", "spokesperson", "answer"),
        ("媒体", "提问", "回答人", "回答"),
        ("reporter", "Q", "answerer", "A"),
    ],
)
def test_questions_with_their_answers_are_one_conversation(names: tuple[str, ...]) -> None:
    told = [
        ("河湾晚报", "堤坝什么时候修好？", "钟起", "汛期之前修好。\n请大家放心。"),
        ("南渚电台记者", "渡轮什么时候复航？", "钟起", "下个月初。"),
    ]
    rows = [dict(zip(names, one, strict=True)) for one in told]
    source = json.dumps({"title": "河湾县新闻发布会", "pairs": rows}, ensure_ascii=False)
    assert _told(_one(source, "a.json")) == [
        ("河湾晚报", "堤坝什么时候修好？", ["钟起"]),
        ("南渚电台", "渡轮什么时候复航？", ["钟起"]),
    ]


def test_a_question_without_who_asks_stands_under_its_word() -> None:
    rows = [{"问题": "堤坝呢？", "答复": "修好了。"}, {"问题": "渡轮呢？", "答复": ""}]
    text = _one(json.dumps(rows, ensure_ascii=False), "a.json").text
    assert [line for line in text.split("\n") if "：" in line] == [
        "问：堤坝呢？",
        "答：修好了。",
        "问：渡轮呢？",
    ]


VTT = """WEBVTT
Kind: captions

NOTE
河湾县防汛通报会

1
00:00:01.000 --> 00:00:03.000
<v 主持人 陶岚>各位好，

2
00:00:03.000 --> 00:00:05.000
<v 主持人 陶岚>下面请记者提问。

3
00:00:06.000 --> 00:00:08.000
<v 河湾晚报记者>堤坝什么时候<i>修好</i>？

4
00:00:09.000 --> 00:00:12.000
<v 水务局局长 钟起>汛期之前修好，请大家放心。
"""


def test_captions_with_voices() -> None:
    reading = read_bytes(VTT.encode(), "a.vtt")
    assert _told(reading) == EXPECTED
    assert "主持人 陶岚：各位好，下面请记者提问。" in reading.text
    assert "-->" not in reading.text
    assert "河湾县防汛通报会" in reading.text


def test_captions_without_voices_are_set_as_paragraphs() -> None:
    cues = [
        "主持人：各位好，",
        "下面请记者提问。",
        "河湾晚报记者：堤坝什么时候",
        "修好？",
        "钟起：汛期之前修好。",
    ]
    blocks = [f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{cue}" for n, cue in enumerate(cues, 1)]
    reading = read_bytes("\n\n".join(blocks).encode(), "a.srt")
    assert reading.text.split("\n")[-3:] == [
        "主持人：各位好，下面请记者提问。",
        "河湾晚报记者：堤坝什么时候修好？",
        "钟起：汛期之前修好。",
    ]


def test_an_arrow_in_running_text_is_no_caption() -> None:
    text = "时间安排\n00:10:00.000 --> 00:20:00.000\n这一段是播放短片的时间。"
    assert read_bytes(text.encode(), "a.txt").text == text


AKOMA = """<akomaNtoso><debate><meta><references>
<TLCPerson href="/p/1" id="q" showAs="河湾晚报"></TLCPerson>
<TLCPerson href="/p/2" id="z" showAs="钟起"></TLCPerson></references></meta>
<debateBody><debateSection><heading>河湾县防汛记者会</heading>
<speech by="#q"><p>堤坝什么时候修好？</p></speech>
<speech by="#z"><p>汛期之前修好。</p></speech>
<speech by="#z"><p>请大家放心。</p></speech>
</debateSection></debateBody></debate></akomaNtoso>"""


def test_akoma_ntoso() -> None:
    reading = read_bytes(AKOMA.encode(), "a.xml")
    assert reading.text.strip().split("\n") == [
        "河湾县防汛记者会",
        "河湾晚报：堤坝什么时候修好？",
        "钟起：汛期之前修好。",
        "请大家放心。",
    ]
    assert _told(reading) == [("河湾晚报", "堤坝什么时候修好？", ["钟起"])]


def test_a_record_in_xml_is_its_marked_text_and_what_describes_it() -> None:
    source = (
        '<?xml version="1.0"?><items><item><title>Joint Press Conference</title>'
        "<release-date>25/10/2005</release-date>"
        "<content><![CDATA[<p>PRIME MINISTER ASH: Good morning, everybody, and thanks.</p>"
        "<p>QUESTION: Will it last, and for how long?</p><p>PRIME MINISTER ASH: It will.</p>"
        "]]></content></item></items>"
    )
    reading = read_bytes(source.encode(), "a.xml")
    assert "<" not in reading.text
    (briefing,) = parse(reading)
    assert (briefing.title, briefing.date) == ("Joint Press Conference", "2005-10-25~")
    assert [speaker.name for speaker in briefing.speakers] == ["ASH"]


def test_keys_of_speakers_are_told_by_a_list_beside_the_turns() -> None:
    who = [("S0", "陶岚", "主持人"), ("S1", "钟起", "水务局局长"), ("S2", "马骋", "东岳证券 分析师")]
    said = [("S0", "各位好，下面请提问。"), ("S2", "堤坝什么时候修好？"), ("S1", "汛期之前修好。")]
    record = {
        "participants": [dict(zip(("id", "name", "role"), one, strict=True)) for one in who],
        "segments": [{"t": "00:00:01", "spk": key, "text": words} for key, words in said],
    }
    told = _told(_one(json.dumps(record, ensure_ascii=False), "a.json"))
    assert told == [("东岳证券", "堤坝什么时候修好？", ["钟起"])]
