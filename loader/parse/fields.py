"""Fields: words before a colon that name no voice, being the page's own or part of what is said.

Folded words; looked up by whoever weighs a label.
"""

from __future__ import annotations

import re

HEADER_KEYS = frozenset(
    "原创 图说 图示 图注 编按 按 新闻资料 新闻稿 Published Updated Share "
    "时间 日期 地点 来源 作者 编辑 责任编辑 责编 校对 审核 记者 "
    "文 图 摄影 摄像 监制 出品 统筹 供稿 "
    "主办 主办单位 承办 承办单位 "
    "协办 会议日期 会议地点 会议时间 发布日期 发布时间 发布会时间 发布会地点 更新时间 现场记录 记录 "
    "整理 媒体 媒体名称 专业号 稿件来源 "
    "文字来源 信息来源 文章来源 新闻来源 稿源 发布机构 发布单位 发布人 发布 主持 主持人 索引号 "
    "主题分类 成文日期 标题 题目 主题 分类 "
    "标签 关键词 摘要 导读 浏览 阅读 点击 浏览次数 点击数 浏览量 访问量 字号 字体 分享到 分享 联系人 "
    "联系电话 电话 邮箱 传真 网址 "
    "地址 邮编 附件 抄送 主送 列席 单位名称 备注 原标题 原文链接 链接 版权 声明 提示 温馨提示 "
    "特别提示 注 注意 说明 要点 "
    "记者手记 编者按 相关附件 热线 服务热线 咨询电话 监督电话 举报电话 抢修电话 答问单位 参加人员 "
    "出席人员 出席者 出席 参加 嘉宾 发布嘉宾 发布单位 栏目 频道 发稿日期 发布者 上传 "
    "上传者 证券代码 证券简称 股票代码 股票简称 公告编号 编号 原载 转自 "
    "Title Snippet Content Source Author Date Time Place Venue Location Editor Posted Contact Subject Tags "
    "Category Keywords Note Notes Summary Link URL 上一篇 下一篇 上一篇文章 下一篇文章".split()
)
"""Words before a colon that name a field of the page, never a voice in the room."""

ROLE_KEYS = frozenset("记者 主持人 主持 发布人 媒体 发布 嘉宾 发布嘉宾 发布者".split())
"""Those of them that name a voice where sentences follow."""

FIELD_ENDS = re.compile(
    r"(?:代码|简称|时间|地点|日期|单位|机构|方式|电话|热线|主题|来源|网址|邮箱|编号|名单|背景|栏目|附件|目录|图解|数|contacts?|enquiries|inquiries|"
    r"公众号|号码)$",
    re.I,
)
"""What the words before a colon end with where they name a field."""

NEVER = re.compile(
    r"^第[一二三四五六七八九十]+[组项条点类个步]|"
    r"各位|大家|你们|朋友们|同志们|女士们|以下|如下|下面|其中|包括|例如|比如|首先|其次|同时|另外|此外|目前|截至|一是|二是|三是|"
    r"^第[一二三四五六七八九十]+(?:[,、是方]|$)|^[一二三四五六七八九十]+[是、]|方面$|问题$|情况$|措施$|^病例|原标题|问题是|如果|因为|所以|但是|我们|指出$|"
    r"强调$|https?$|^//|^\d+$|^(?i:speakers?) keys?$"
)
"""Wordings that end in a colon within what somebody says."""

_DIRECTION = re.compile(
    r"笑|掌|鼓掌|停顿|录音|播放|起哄|沉默|点头|摇头|举手|喘|叹|(?<!之)声$|翻译|传译|译文|英语|葡语|粤语|普通话|同上|续"
)


def is_stage_direction(words: str) -> bool:
    """Whether what stands in brackets tells what happens in the room, or in which language one speaks."""
    return bool(_DIRECTION.search(words))


_KEY = re.compile(
    r"(?P<key>[A-Z]{2,3})\s+(?P<who>(?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?[A-Z][a-z][\w'-]*"
    r"(?: [A-Z][a-z][\w'-]*){0,3})(?:\s+|$)"
)
_FEWEST_KEYS = 3


def keys_of(text: str) -> list[tuple[str, str]]:
    """The initials that a line explains, and for whom they stand; nothing where it says anything else.

    `AO Ann Ode BK Dr Ben Kay CE Cy` has three, the fewest that are taken for a key of the speakers.
    """
    found: list[tuple[str, str]] = []
    at = 0
    while match := _KEY.match(text, at):
        found.append((match["key"], match["who"]))
        at = match.end()
    return found if at == len(text) and len(found) >= _FEWEST_KEYS else []
