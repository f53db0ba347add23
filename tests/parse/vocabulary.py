"""Vocabulary: what invented briefings are made of; nothing in it was ever said.

People, places, newsrooms and sentences for `grammar`, once in Chinese and once in English. No sentence
holds a date, a colon or a word of handing over, so that only the grammar decides what a line is.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, each tuple free of repeats."""

    places: tuple[str, ...]
    topics: tuple[str, ...]
    names: tuple[str, ...]
    """Personal names, no two with one surname: a surname and a post must be enough to tell people apart."""
    posts: tuple[tuple[str, str], ...]
    """Posts, each with the title by which its holder is addressed."""
    outlets: tuple[str, ...]
    greetings: tuple[str, ...]
    statements: tuple[str, ...]
    """Sentences with the slots `{n}` and `{m}` for numbers: no two paragraphs are alike by chance."""
    points: tuple[str, ...]
    """Paragraphs that count: 一是…"""
    sections: tuple[str, ...]
    """Names of sections, without number and without a mark at the end."""
    preambles: tuple[str, ...]
    questions: tuple[str, ...]
    follow_ups: tuple[str, ...]
    openers: tuple[str, ...]
    """How an answer opens."""
    additions: tuple[str, ...]
    """How a second or third answer to one question opens."""
    thanks: tuple[str, ...]
    """How a speech or an answer ends."""
    welcome: str
    to_questions: tuple[str, ...]
    """How a host opens the questions."""
    closings: tuple[str, ...]


CHINESE = Words(
    places=("沅宁市", "槐江区", "柏原县", "青屿市", "鹤汀区", "鹭洲市", "乌岭县"),
    topics=("防汛救灾", "公交优化", "饮用水安全", "校园供餐", "高温应对", "古桥修缮", "秋粮收购"),
    names=(
        "覃知远",
        "卓一鸣",
        "褚安澜",
        "纪云舟",
        "柏青",
        "梅若初",
        "欧阳岚",
        "司徒明轩",
        "农晓棠",
        "温书白",
        "邝以宁",
        "费长庚",
        "蔺思齐",
        "骆川",
        "樊希文",
        "祁远山",
        "上官静",
        "薛慕白",
        "阮清",
        "韦承志",
        "郝连城",
        "苏晚晴",
    ),
    posts=(
        ("市水务局局长", "局长"),
        ("市交通运输局副局长", "副局长"),
        ("市教育局党组成员、副局长", "副局长"),
        ("市疾控中心主任", "主任"),
        ("市应急管理局局长", "局长"),
        ("市农业农村局副局长", "副局长"),
        ("市气象台台长", "台长"),
        ("市人民医院院长", "院长"),
        ("市文物局总工程师", "总工程师"),
        ("市政府副秘书长", "副秘书长"),
        ("市人民政府新闻发言人", "发言人"),
        ("市商务局二级调研员", "调研员"),
    ),
    outlets=(
        "晨江晚报",
        "沅宁日报",
        "青禾网",
        "南屿电视台",
        "长堤周刊",
        "北塔通讯社",
        "渔火新闻",
        "麦田在线",
        "浅湾卫视",
        "松涛广播",
        "云杉视频",
        "石桥商报",
    ),
    greetings=(
        "各位记者朋友，大家下午好！",
        "大家上午好！感谢各位记者朋友到场。",
        "各位媒体朋友，女士们、先生们，大家好。",
    ),
    statements=(
        "上游水库已经腾出{n}万方库容，堤上安排了{m}名巡查员，夜里也不间断。",
        "新增的线路停靠{n}个站点，首班车比去年早{m}分钟。",
        "我们把{n}处取水口重新检测了一遍，{m}项指标都在标准以内。",
        "食堂的食材由{n}家企业统一配送，每一批都留样{m}小时。",
        "养老院和工地是重点，{n}名社区干部上门送去{m}箱药品。",
        "桥面的{n}块青石编了号，{m}名石匠把它们放回原处。",
        "收购价每斤高了{n}厘钱，卖粮的车队排队不超过{m}分钟。",
        "昨夜的雨量只有{n}毫米，{m}户群众已经陆续回家。",
        "这笔资金共{n}万元，由财政兜底，惠及{m}个村庄。",
        "目前道路抢通了{n}公里，剩下的{m}公里靠渡船运送物资。",
        "去年我们走访了{n}户，把意见整理成{m}条，逐条落实。",
        "设备还在调试，{n}台已经装好，{m}台预计入冬之前运行。",
        "有{n}位老同志主动留下来值守，最长的守了{m}天。",
        "需要说明的是，工作才刚刚起步，{n}处点位里有{m}处进展偏慢。",
        "数据会按周公布，{n}项指标大家都能查到，累计已有{m}人查询。",
        "孩子的安全比什么都重要，{n}所学校和{m}所幼儿园都配了专人。",
        "热线有{n}个坐席全天接听，上个月办结{m}件。",
        "老城区的管网有{n}公里超期服役，今年先改造{m}公里。",
    ),
    points=(
        "一是把人手配足，每个点位不少于三人。",
        "二是把责任压实，谁签字谁负责。",
        "三是把时间抢回来，晴天干、雨天也干。",
    ),
    sections=("总体情况", "已经完成的工作", "下一步打算", "存在的困难", "几点提醒"),
    preambles=(
        "我们注意到，最近网上讨论很多。",
        "前几天我去现场看过，居民反映不一。",
        "入夏以来，这件事一直牵动人心。",
    ),
    questions=(
        "请问堤防能不能扛住下一轮洪峰？",
        "想了解一下，晚高峰的车次会不会增加？",
        "请问自来水有异味是什么原因？",
        "家长怎样才能看到每天的菜谱？",
        "户外工人的高温津贴有没有发到位？",
        "古桥什么时候可以重新通行？",
        "粮库仓容够不够，会不会出现卖粮难？",
        "能否介绍一下，偏远村庄的药品如何保障？",
        "请问这次调整听取了哪些群体的意见？",
        "对受灾的养殖户，有哪些扶持政策？",
        "新设备比旧设备贵多少，值不值？",
    ),
    follow_ups=(
        "追问一句，这个期限会不会再往后推？",
        "我想追问一下，费用由谁来出？",
        "再追问一个细节，验收由哪个部门负责？",
    ),
    openers=(
        "感谢您的提问。",
        "谢谢这位记者朋友的提问，我来回答。",
        "这件事我们确实反复研究过。",
        "先说结论，情况比预想的好。",
    ),
    additions=("我补充一点。", "我再补充两句。"),
    thanks=("我就介绍这些，谢谢！", "谢谢。", "我的回答完了。"),
    welcome="欢迎参加今天的新闻发布会。",
    to_questions=(
        "下面进入记者提问环节，请举手示意。",
        "现在请各位记者提问，提问前请先通报所在的新闻机构。",
    ),
    closings=("今天的发布会到此结束，谢谢大家！", "由于时间关系，提问就到这里。感谢各位，再见！"),
)

ENGLISH = Words(
    places=("Gullhaven", "Northmere"),
    topics=("the Harbour Cleanup", "the Bridge Repairs", "School Meals"),
    names=(
        "FANG Lihua",
        "LOW Haiping",
        "KAY Yufan",
        "TANG Wenlin",
        "MOK Siu-wai",
        "HUI Jiaming",
        "SZETO Ansheng",
    ),
    posts=(
        ("Deputy Director, Water Bureau", "MR."),
        ("Director of the Marine Office", "MS."),
        ("Chief Engineer, Bridges Division", "DR."),
        ("Deputy Director, Education Bureau", "MRS."),
    ),
    outlets=("Gull Daily", "Harbour Post", "Mere Radio", "Lantern Weekly", "Tideway News"),
    greetings=("Good morning, everyone.", "Good afternoon, ladies and gentlemen."),
    statements=(
        "The dredging is {n} days ahead of plan and {m} boats are at work.",
        "We tested the water at {n} points and took {m} samples.",
        "The old pier stays closed until {n} beams and {m} planks have been replaced.",
        "There are {n} schools with a kitchen now, and {m} more will follow.",
        "The city pays {n} million and the residents of {m} streets pay nothing.",
        "Our {n} crews work at night so that {m} ferries can run by day.",
        "It took {n} weeks longer than we had hoped, and {m} people have told us so.",
    ),
    points=("First, every crew has a second boat.", "Second, the reports are public."),
    sections=("PART 1", "PART 2", "PART 3"),
    preambles=("I was at the pier on Sunday.", "Residents have written to us about this."),
    questions=(
        "When will the pier open again?",
        "How much has the cleanup cost so far?",
        "Who checks the water after the boats have left?",
        "Why was the bridge not closed earlier?",
        "What happens if the storm comes back?",
    ),
    follow_ups=("Just to follow up, who pays for that?", "A follow-up. Is that a promise?"),
    openers=("Thank you for the question.", "That is a fair point."),
    additions=("Let me add one thing.",),
    thanks=("Thank you.",),
    welcome="Welcome to our press conference.",
    to_questions=("We will now take your questions.", "Questions, please."),
    closings=("That's all for today. Thank you all.",),
)
