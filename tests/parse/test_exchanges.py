"""Who answers what: hand-over lines, follow-ups, several answerers, hosts who answer, merged neighbours."""

from __future__ import annotations

from tests.parse.text import exchanges, kinds, names, one

HEAD = "某市新闻发布会\n出席的有市水务局局长王明，市发改委副主任陈军。\n"


def test_the_host_who_hands_over_does_not_answer() -> None:
    text = HEAD + (
        "主持人：请提问。\n日报记者：水够吗？\n主持人：请王局长回答。\n王明：够。\n"
        "主持人：下一个问题。\n日报记者：钱呢？\n陈军：也够。"
    )
    assert exchanges(text, one(text)) == [("日报", "水够吗？", ["王明"]), ("日报", "钱呢？", ["陈军"])]


def test_the_host_who_adds_or_answers_alone_does() -> None:
    text = HEAD + (
        "日报记者：水够吗？\n王明：够。\n主持人：我补充一句，请节约。\n晚报记者：几点结束？\n"
        "主持人：十一点。\n日报记者：谢谢，什么时候再开？\n王明：下月。"
    )
    assert [who for _, _, who in exchanges(text, one(text))] == [["王明", "主持人"], ["主持人"], ["王明"]]


def test_an_official_who_only_passes_on_does_not_answer() -> None:
    text = HEAD + "日报记者：水够吗？\n王明：请陈主任说一下。\n陈军：够。\n王明：我补充一下，明年也够。"
    assert exchanges(text, one(text)) == [("日报", "水够吗？", ["陈军", "王明"])]


def test_neighbours_under_one_label_are_one_question() -> None:
    text = HEAD + "日报记者：两个问题。第一，水够吗？\n日报记者：第二，价格呢？\n王明：够。\n王明：价格不变。"
    (only,) = one(text).questions
    assert (len(only.turns), len(only.answers)) == (2, 2)


def test_two_anonymous_askers_in_a_row_are_two_questions() -> None:
    text = HEAD + "记者：水够吗？\n记者：价格呢？\n王明：不变。"
    assert [who for _, _, who in exchanges(text, one(text))] == [[], ["王明"]]


def test_thanks_are_no_question() -> None:
    text = HEAD + "记者：水够吗？\n王明：够。\n记者：谢谢。\n王明：不客气。"
    assert len(one(text).questions) == 1


def test_a_follow_up_points_at_what_it_follows() -> None:
    text = HEAD + (
        "日报记者：水够吗？\n王明：够。\n晚报记者：追问一句，明年呢？\n王明：也够。\n"
        "广播记者：价格呢？\n陈军：不变。"
    )
    assert [q.follow_up_of for q in one(text).questions] == [None, 1, None]


def test_a_follow_up_in_brackets_within_an_answer_is_a_question() -> None:
    text = HEAD + "记者：源头找到了吗？\n王明：正在查。（记者追问：是本地的吗？）暂不排除。"
    told = exchanges(text, one(text))
    assert [(words, who) for _, words, who in told] == [
        ("源头找到了吗？", ["王明"]),
        ("是本地的吗？）", ["王明"]),
    ]


def test_bare_questions_before_a_named_official() -> None:
    text = (
        "8月5日，东海市政府新闻办举行今年第七场新闻发布会。\n"
        "市卫健委副主任王松通报最新情况：\n新增36例。\n电话打得通吗，接得过来吗？\n"
        "市政务办副主任郭亮：\n受理量很高。\n一是扩座席。\n老人看病怎么办？\n市卫健委副主任王松：\n先报备。"
    )
    briefing = one(text)
    assert exchanges(text, briefing) == [
        (None, "电话打得通吗，接得过来吗？", ["郭亮"]),
        (None, "老人看病怎么办？", ["王松"]),
    ]
    assert names(briefing) == ["王松", "郭亮"]


def test_a_rhetorical_question_is_none_where_askers_are_labelled() -> None:
    text = HEAD + "日报记者：水够吗？\n王明：够。为什么呢？\n陈军：我补充一点，雨多。"
    assert len(one(text).questions) == 1


def test_a_reported_exchange_in_one_paragraph() -> None:
    text = "住房新闻发布会\n8月3日，市住建局局长孙力介绍情况。\n有记者问：今年建多少？孙力回答说，五千套。"
    assert exchanges(text, one(text)) == [(None, "今年建多少？", ["孙力"])]


def test_the_closing_words_answer_nothing() -> None:
    text = HEAD + "日报记者：水够吗？\n王明：够。\n陈军：记者会到此结束，谢谢大家。"
    assert exchanges(text, one(text)) == [("日报", "水够吗？", ["王明"])]


def test_a_live_page_printed_from_its_end_is_read_from_its_beginning() -> None:
    text = (
        HEAD + "[10:40:00] 王明：下个月。\n[10:35:00] 日报记者：价格什么时候定？\n[10:30:00] 王明：够。\n"
        "[10:25:00] 晚报记者：水够吗？\n[10:20:00] 主持人：各位好，请提问。"
    )
    assert exchanges(text, one(text)) == [
        ("晚报", "水够吗？", ["王明"]),
        ("日报", "价格什么时候定？", ["王明"]),
    ]


def test_sections_within_a_speech_are_headings() -> None:
    text = (
        HEAD
        + "王明：我通报情况。\n一、水源情况\n很好。\n二、下一步工作\n继续。\n日报记者：水够吗？\n王明：够。"
    )
    told = kinds(text, one(text))
    assert ("heading", "一、水源情况") in told
    assert ("speech", "很好。") in told


def test_a_host_who_reads_out_questions_asks_for_others() -> None:
    text = (
        HEAD + "尹欣：各位好，先请王局长介绍。\n王明：水够。\n"
        "尹欣：有市民反映水压低，请问怎么解决？\n王明：在换泵。\n"
        "尹欣：价格会涨吗？请陈主任回答。\n陈军：不会。\n尹欣：今天的发布会到此结束。"
    )
    assert [who for _, _, who in exchanges(text, one(text))] == [["王明"], ["陈军"]]


def test_answers_name_who_gives_them_in_brackets() -> None:
    text = (
        "交通新闻发布会\n问（无线记者）：何时通车？\n答（运输署署长罗淑佩）：下月。\n"
        "问（港台记者）：收费？\n答（罗淑佩）：稍后公布。"
    )
    assert [who for _, _, who in exchanges(text, one(text))] == [["罗淑佩"], ["罗淑佩"]]


def test_numbers_before_labels_are_part_of_them() -> None:
    text = (
        "某局新闻发言人就减税问题答记者问\n1.问：何时执行？\n答：四月一日。\n2.问：怎样开票？\n答：按新税率。"
    )
    assert [words for _, words, _ in exchanges(text, one(text))] == ["何时执行？", "怎样开票？"]


def test_who_heads_a_section_gives_the_answers_in_it() -> None:
    text = (
        "外事局例行新闻说明会纪要\n\n"
        "一、时 间：2024年3月5日上午10时\n二、地 点：南渚市新闻中心\n\n"
        "※交流司副司长宋启澜答询：\n一、两市的渡轮何时复航，是否还有别的办法？（湖畔晚报贺小芸女士）\n"
        "答：\n渡轮月底复航，船期已经排好。\n\n"
        "二、留学生的签证有没有新规定？（公众电台庄立先生）\n答：\n没有改变，仍照去年的办法办理。\n\n"
        "※友城协会秘书长冷秋白答询：\n一、友城的展览在哪里举行？（湖畔晚报贺小芸女士）\n答：\n在旧海关大楼。"
    )
    briefing = one(text)
    assert [asked.asker.outlet for asked in briefing.questions] == ["湖畔晚报", "公众电台", "湖畔晚报"]
    answered = [
        [briefing.speakers[briefing.turns[i].speaker].name for i in q.answers] for q in briefing.questions
    ]
    assert answered == [["宋启澜"], ["宋启澜"], ["冷秋白"]]
    assert briefing.place == "南渚市"
    assert [kind for kind, words in kinds(text, briefing) if "时 间" in words] == ["metadata"]


def test_a_press_release_ends_where_it_says_so() -> None:
    text = (
        "Transcript of remarks by the Commissioner for Harbours\n\n"
        "Reporter: When will the second pier open to the public?\n\n"
        "Commissioner for Harbours: It opens in May, before the holidays.\n\n"
        "Ends/Wednesday, July 17, 2024\nIssued at HKT 20:16"
    )
    briefing = one(text)
    assert briefing.date == "2024-07-17"
    assert kinds(text, briefing)[-1][0] == "noise"
