"""Noise: what on a page is only page, as tables of shapes with an example and a counter-example each.

What comes in are folded lines. `trimmed` cuts furniture off a line's two ends, `is_noise` judges a whole
line, `ends_page` says that after this line the page speaks only of itself. Nothing is thrown away: noise
becomes turns of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from loader.model import Span
from loader.parse.lines import Line


class Rule(NamedTuple):
    """A shape of furniture: a pattern, a folded line that is noise by it and one that is not."""

    pattern: str
    example: str
    counter: str


WHOLE = (
    Rule(
        r"\S{0,12}\s*(?:https?://|www\.)\S+$",
        "https://example.org/a/1.html",
        "请登录https://example.org 查询。",
    ),
    Rule(
        r"[^。!?]{0,40}\s(?:https?://|www\.)\S+$",
        "哪里看病好 http://ad.example/1.html",
        "他说，网址是多少?见下。",
    ),
    Rule(
        r"(?:本文)?(?:转载|转自|原文|来源|本文)(?:请|地址|链接|网址)?[^。]{0,20}[:：]?\s*(?:https?:|www\.)\S*.*",
        "转载请注明:http://a.example/1.html",
        "来源渠道一是企业自筹。",
    ),
    Rule(
        r".{0,40}(?:转载请注明|请勿转载|转载须|不得转载|未经(?:许可|授权)).*",
        "未经许可请勿转载",
        "转载了这条消息的网站",
    ),
    Rule(
        r".{0,120}(?:ICP备|ICP证|公网安备|经营许可证|备案号).*", "冀ICP备19000000号-7", "企业备案工作已完成。"
    ),
    Rule(
        r".{0,30}(?:版权所有|版权声明|All [Rr]ights [Rr]eserved|Copyright|©).*",
        "某某网版权所有 投稿邮箱",
        "版权保护工作",
    ),
    Rule(
        r"[·\s]*\[?[<〔(←]*\s*(?:上|下)一(?:篇|页|期|条)(?:文章|新闻)?[\]>〕)→]*(?:[:\s\[].*|(?<=[\]>〕)→]).*)?$",
        "上一篇文章:",
        "上一页已经讲过了。",
    ),
    Rule(
        r"\[?(?:分享到?|分享至|字号|字体|大中小|收藏|打印|订阅|点赞|评论|举报|纠错)\]?[:\s\[].{0,40}$",
        "分享到: 微信 微博",
        "分享经验。",
    ),
    Rule(r"\[字号:?.*", "[字号:", "字号"),
    Rule(
        r"(?:扫一扫|扫码|扫描二维码|长按|识别二维码|微信扫)[^。]{0,40}$",
        "扫一扫,在手机上读",
        "扫码登记是必须的措施,请大家理解配合,谢谢大家的支持和配合,我们会继续努力。",
    ),
    Rule(
        r"[(\[]?\s*(?:责任|版面|网络|本文|本期|执行|值班)?(?:编辑|责编|编审|校对|责任校对|审核|监制|排版|美编)\s*[:：\s]\s*[^。?!]{1,60}[)\]]?$",
        "责任编辑:某某",
        "编辑部设在北京。",
    ),
    Rule(
        r"\[(?:推广|广告|赞助|AD)\].*|(?:推广|广告|赞助内容|Advertisement)$", "[推广]湖畔小高层", "推广工作"
    ),
    Rule(
        r"[▲△▼◆·\s]*[(\[]?[^。!?]{0,60}(?:记者|通讯员|摄影|图片|供图|视频|特约)[^。!?]{0,30}(?:(?<!拍)摄|供图|文\s*/?\s*图|图/文|截图)[)\].。]*$",
        "(某某网记者 张三 摄)",
        "记者在现场拍摄。",
    ),
    Rule(r"[▲△▼].{0,80}(?:摄|图)[)\].。]*$", "▲发布会现场。(某某 摄)", "▲设立了服务点"),
    Rule(r"(?:图为|图:|上图|资料图).{0,60}$", "图为发布会现场。", "图书馆"),
    Rule(r".{0,80}(?:短片|视频|录像)?截图[。)]?$", "发布会现场。短片截图", "截图取证是"),
    Rule(
        r"\[?(?:pic|img|image|图片|video|视频|figure|点击(?:播放|查看).{0,12})\]?\d*$", "pic", "图片新闻工作"
    ),
    Rule(r"\{\{.*\}\}$", "{{< video src=x >}}", "{x}"),
    Rule(r"<!--.*-->$|\[(?:url|status_code)[:=].*\]$|<[a-z/!][^<>]*>$", "[status_code:200]", "[图]"),
    Rule(r"[*=_~#·•.\-\s]{3,}$|['’]{5,}$", "*****", "..a"),
    Rule(
        r"跳至?(?:主要)?内容.*|返回(?:顶部|首页|目录|上页).*|回到顶部|\[?返回目录\]?",
        "跳至主要内容",
        "返回家乡的人员",
    ),
    Rule(
        r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}:\d{2}(?::\d{2})?$|\[?\(?\d{1,2}:\d{2}(?::\d{2})?\)?\]?$",
        "2016-03-02 15:22:44",
        "2016年3月2日下午",
    ),
    Rule(r"香港时间\d{1,2}时\d{1,2}分$", "香港时间9时5分", "香港时间晚上"),
    Rule(
        r"(?:浏览|阅读|点击|访问|评论)(?:量|次数|数)?[:\s]*\d[\d.,]*\s*万?(?:次|条)?$", "浏览:192", "浏览一下"
    ),
    Rule(
        r"第\s?\d+\s?页.{0,12}共\s?\d+\s?页|.{0,30}第\s?\d+\s?页\s*/?\s*共\s?\d+\s?页$|-\s?\d+\s?-$",
        "第3页 共3页",
        "第3页上写着",
    ),
    Rule(
        r"(?:网友|读者)?评论\s*\d*\s*条?.{0,60}(?:查看|全部|发表).*|我要评论|发表评论.*|查看全部评论",
        "网友评论 12 条 查看全部评论",
        "评论区里有人问。",
    ),
    Rule(r"\S{0,16}(?:新闻|稿件|文件)(?:稿)?编号\s*[:：]?\s*\S+.{0,20}$", "新闻稿编号 P20210101", "编号工作"),
    Rule(
        r"(?:转写|语音识别|识别引擎)[:：].*|.*(?:语音识别自动生成|剩余转写额度|导出格式).*",
        "转写:语音识别自动生成",
        "语音识别技术",
    ),
    Rule(
        r".{0,20}(?:网上广播|即日新闻|电邮转寄|列印本页).{0,20}$",
        "即日新闻",
        "网上广播电台的记者在现场提问,请他先讲一讲,大家安静一下",
    ),
    Rule(
        r"(?:新闻|报料|爆料|投诉|举报|广告)热线\s*[:：].*|.*(?:举报中心|举报电话|投稿邮箱).*",
        "报料热线:0596-0000",
        "热线工作",
    ),
    Rule(r".{0,60}网站标识码.*", "主办:某市政府办公室 网站标识码:4200000000", "标识码工作"),
    Rule(
        r".{0,20}地址\s*:.{4,40}(?:邮编|电话|传真)\s*:.*",
        "地址:某市某路2号 邮编:100000",
        "地址变更的企业要报备。",
    ),
    Rule(
        r"声明[:：].*(?:转载|来源|版权|追究|立场).*",
        "声明:本站文章转载须写明作者",
        "声明:我们反对。",
    ),
    Rule(r"\(?请?[^。]{0,16}英文(?:本|谈话|部分|全文|版)[^。]{0,12}。?\)?$", "(请看英文全文)", "英文说明"),
    Rule(r".*(?:月费订户|订阅我们|加入会员|下载(?:客户端|APP)).*", "请成为月费订户", "下载安装"),
    Rule(
        r"(?:Print this page|Share|Website terms|Cookies|Contact (?:the )?webmaster|Privacy|Translation for)"
        r"\b.*",
        "Website terms | Cookies",
        "Sharing is caring.",
    ),
    Rule(r".{2,40}\([^()]{2,40}\)\(\d{1,2}\)$", "例行记者会(例行记者会)(1)", "第一项(详见附表)"),
    Rule(r"[A-Za-z0-9-]+\.(?:com|cn|net|org|gov)(?:\.[a-z]{2})?$", "NEWS.com", "见 a.com 网站"),
    Rule(
        r"[^<:]{0,20}(?:首页|[一-鿿]{2,8}\s*(?:->|>|»|›)[^<]{0,12}|[一-鿿]{2,8}\s+)\s*(?:->|>|»|›)\s*[一-鿿]{2,}[^<。]{0,30}$",
        "首页 > 新闻 > 正文",
        "增长大于三成",
    ),
    Rule(r"\[(?:编辑|责编|责任编辑|作者|来源)[:：][^\[\]]*\]$", "[编辑:某某]", "[编辑]"),
)
"""Whole lines; a pattern must match from the line's head."""

HEAD = (
    Rule(
        r"(?:浏览|阅读|点击|访问)(?:量|次数|数)?\s*[:：]\s*\d+(?:\.\d+)?万?次?",
        "浏览:192主持人:各位",
        "浏览器:请升级",
    ),
    Rule(
        r"\[?\(?\d{1,2}:\d{2}(?::\d{2})?\)?\]?\s+(?=[^\d\s\-~至到])(?![AaPp]\.?[Mm])",
        "[10:32:11] 主持人:各位",
        "15:00-16:00 会议",
    ),
    Rule(r"\[(?:大|中|小)\]\s*", "[大]正文", "[中国]正文"),
)
"""Furniture glued before the text of a line."""

TAIL = (
    Rule(
        r"\s*\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?$",
        "下周开学吗?2022-11-07 09:06:31",
        "发布于2022-11-05",
    ),
    Rule(
        r"\s*(?:转载请注明(?:地址|出处)?|原文链接|本文来源)[:：]\s*https?://\S+$",
        "开展服务。转载请注明:http://a.example",
        "请注明",
    ),
    Rule(r"(?:\s{1,4}|(?<=。))[一-鿿]{2,4}\s?摄[)）]?$", "答记者问。李四 摄", "他在现场拍摄"),
)
"""Furniture glued behind the text of a line."""

NAVIGATION = frozenset(
    "首页 网站地图 网站简介 广告合作 发布优势 服务条款 隐私保护 隐私 版权声明 联系我们 关于我们 "
    "返回顶部 打印 收藏 分享 订阅 投稿 "
    "APP下载 客户端 报料 评论 微信 微博 朋友圈 时政 民生 财经 体育 娱乐 专题 视频 图片 更多 更 多 "
    "搜索 登录 注册 无障碍 繁体 简体 English "
    "设为首页 加入收藏 网站声明 RSS 上一页 下一页 列印本页 电邮转寄 内部寄送 正文 Print Share "
    "Cookies Terms 我要评论 返回目录".split()
)
"""Words of menus: a line made of two or more of them is a menu."""

ENDS = (
    Rule(r".{0,60}网站标识码.*", "网站标识码:4200000000", "标识码"),
    Rule(r"[(\[]?(?:责任|版面)?编辑[\s:：].*", "责任编辑:某某", "编辑部"),
    Rule(
        r"(?:相关(?:新闻|阅读|链接|报道|文章|推荐)|延伸阅读|推荐阅读|热门推荐|更多新闻|猜你喜欢|图片新闻|Related)(?:[:：].*)?$",
        "相关新闻",
        "相关新闻单位",
    ),
    Rule(r".*(?:ICP备|公网安备|版权所有|转载请注明|请勿转载|未经许可|举报中心).*", "闽ICP备05号", "备案"),
    Rule(r"原标题[:：].*", "原标题:例行发布会", "标题"),
    Rule(r"(?:推广|广告)$", "推广", "推广工作"),
    Rule(r"\(?(?:全文)?完\)?$|\(完\)$|\[End of transcript\]$|END(?:\s+\d.{0,30})?$|###$", "(全文完)", "完成"),
    Rule(r"(?:网友|读者)评论.*", "网友评论 12 条", "网友问"),
    Rule(r"声明[:：].*", "声明:凡本网注明来源", "声明"),
    Rule(r"(?:转写:|发稿日期|新闻稿编号).*", "转写:自动生成", "转写"),
    Rule(r"勘误.*", "勘误(10月20日):初稿", "更正"),
    Rule(
        r"\(?[请]?[^。]{0,20}英文(?:本|谈话|部分|全文)[^。]{0,20}。?\)?$", "(请同时参阅英文部分)", "英文学习"
    ),
    Rule(r"\d{4}年\d{1,2}月\d{1,2}日(?:\(星期.\))?$", "2018年4月2日(星期一)", "2018年4月2日上午"),
    Rule(r".*(?:月费订户|订阅我们|加入会员).*", "请成为月费订户", "用户"),
    Rule(r"Web Link:.*", "Web Link:", "Web Links"),
)
"""Lines after the last word spoken that open the page's own end."""

_MENU = re.compile(
    r"(?:关于|网站|服务|隐私|广告|版权|联系|友情|用户|法律|免责|帮助)(?:本[站网]|我们|地图|导航|简介|声明|条款|协议|政策|保护|投放|合作|服务|信息|链接|中心)"
)
_WHOLE = re.compile("|".join(f"(?:{rule.pattern})" for rule in WHOLE))
_HEAD = re.compile("|".join(f"(?:{rule.pattern})" for rule in HEAD))
_TAIL = re.compile("|".join(f"(?:{rule.pattern})" for rule in TAIL))
_ENDS = re.compile("|".join(f"(?:{rule.pattern})" for rule in ENDS))
_LONGEST = 240
"""Characters: a longer line is never furniture as a whole."""


def is_noise(text: str) -> bool:
    """Whether a whole folded line is furniture."""
    if len(text) > _LONGEST:
        return False
    return bool(_WHOLE.fullmatch(text)) or _is_menu(text)


def ends_page(text: str) -> bool:
    """Whether a folded line opens the page's own end, where nobody speaks after it."""
    return len(text) <= _LONGEST and bool(_ENDS.fullmatch(text))


def _is_menu(text: str) -> bool:
    words = [w for w in re.split(r"[\s|·:\[\],/]+", text) if w]
    hits = sum(w in NAVIGATION or bool(_MENU.fullmatch(w)) for w in words)
    return hits >= 2 and hits * 2 >= len(words)


def trimmed(line: Line) -> tuple[Line | None, list[Span]]:
    """A line without the furniture glued to its ends (None if nothing is left), and the spans cut off."""
    cut: list[Span] = []
    start, end, text = line.start, line.end, line.plain
    head = _HEAD.match(text[:80])
    if head and head.end() < len(text):
        cut.append(Span(start, start + head.end()))
        text = text[head.end() :]
        start += head.end()
    offset = max(0, len(text) - 240)
    tail = _TAIL.search(text, offset)
    if tail and tail.start() > 0:
        cut.append(Span(start + tail.start(), end))
        text, end = text[: tail.start()], start + tail.start()
    bare = text.strip()
    if not bare:
        return None, [Span(line.start, line.end)]
    shift = text.index(bare[0])
    start += shift
    return (line if not cut else replace(line, start=start, end=start + len(bare), plain=bare)), cut


def is_logo(text: str) -> bool:
    """Whether a folded line of a Chinese text is a broadcaster's lettering (`LCTV News`, `XINWEN`)."""
    return len(text) <= 30 and bool(re.fullmatch(r"[A-Z]{2,}(?: (?:[A-Z]{2,}|News|TV|Live)){1,3}", text))


def repeated_footers(lines: Sequence[Line]) -> set[str]:
    """Short lines that recur with only a number changed, three times or more (`Media pack v5 | 3`)."""
    counts = Counter(_shape(line.plain) for line in lines if len(line) <= 80 and "|" in line.plain)
    return {shape for shape, times in counts.items() if times >= 3}


def is_footer(text: str, shapes: set[str]) -> bool:
    """Whether a folded line has one of the shapes of `repeated_footers`."""
    return bool(shapes) and len(text) <= 80 and _shape(text) in shapes


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text)
