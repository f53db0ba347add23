"""Personal names: what may be one, and where one ends in running Chinese text without blanks.

All functions take folded text (`folding.plain`). A name is a surname out of the table and one or two
characters, a transliteration with `·`, or capitalised Latin words. That a word may be a name is weak
evidence: callers weigh it with posts, announcements and repetition.
"""

from __future__ import annotations

import re

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季"
    "裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦"
    "戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻"
    "苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻厉伊仝区郜海阚花权强帅屠豆朴盖练廉"
    "禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬扈晁芮普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况宿鲜"
    "逯印隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利居揭干尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭妥隗傅木贡寿"
    "荀桓蒯郗贲濮昌练丘茆笪鄯"
)
COMPOUND = frozenset(
    "欧阳 司徒 上官 诸葛 司马 夏侯 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 东方 南宫 端木 独孤 轩辕 呼延 完颜 "
    "闻人 申屠 淳于 太史 公羊 澹台 赫连 司空 百里 钟离 拓跋 万俟 濮阳 西门 第五 纳兰".split()
)
NOT_NAMES = frozenset(
    "于今 于近 于此 方案 方面 方法 方式 高度 高峰期 高风险 温度 成绩 成果 成效 成员 成立 安全 安排 "
    "安置 时间 时期 包括 任务 项目 "
    "程序 程度 路线 路径 车辆 车站 常见 常规 白天 华北 华东 华南 江苏 江西 安徽 云南 海南 海关 河南 "
    "湖南 南方 东方 "
    "平台 平均 平时 计划 计算 相关 相信 相比 相对 门诊 门票 国内 国家 国务院 国际 和谐 和平 应急 "
    "应对 应当 全国 全市 "
    "全省 全区 全县 全部 全面 公告 公司 公安 公众 公交 公开 明确 明天 明年 明显 时刻 单位 单元 强调 "
    "强化 盛会 "
    "信息 信访 信用 展示 展望 原因 原则 原来 商务 商业 商品 政府 费用 支持 支出 支队 通知 通报 查询 "
    "查处 权利 权限 "
    "沙特 乐观 房间 房屋 房价 游客 游泳 解释 解决 解读 连续 连接 连锁 司机 司法 农业 农村 农民 古城 "
    "文化 文明 文字 "
    "金额 金融 马上 马路 石油 雷达 左右 向前 向上 武汉 康复 施工 施行 管理 管控 管网 管线 米面 边境 "
    "应该 席位 党员 "
    "党委 党组 宫颈 景区 季节 季度 谷物 阳性 阳光 蓝天 关键 关于 关系 关注 关心 简单 简介 花费 海洋 "
    "封控 封闭 "
    "居民 居住 干部 干净 来源 来自 元旦 元素 贡献 富裕 智能 智慧 利用 利率 但是 但愿 由于 由此 银行 "
    "满意 满足 "
    "温馨 经验 宣传 初步 初期 晋升 容易 班级 储备 南北 南部 官方 查看 查验 麻烦 明细 应用 宗教 桂花 "
    "全员 全体 "
    "党建 冷链 冷藏 卫生 卫健委 米饭 席间 边界 边防 师生 师资 荣誉 虞城 巩固 池塘 迟到 谈判 谈话 "
    "谈谈 惠民 惠及 "
    "荆州 乐山 南京 南宁 南昌 班车 班子 原料 栗子 燕窝 楚雄 劳动 劳务 皮肤 粟米 楼市 楼盘 盘点 满分 "
    "厉害 海口 "
    "海上 花园 权益 强力 帅气 豆制品 朴素 盖章 练习 廉政 廉洁 井冈山 祖国 丰富 丰收 支部 国有 国企 "
    "平安 平稳 计生 "
    "索赔 宣布 相应 初中 初级 门户 门店 云计算 容量 来自于 都是 都市 普通 普及 普遍 浦东 伏天 鹿城 "
    "薄弱 羊肉 乌鲁木齐 "
    "母亲 修改 修复 修缮 杭州 况且 那么 那些 宿舍 鲜活 印发 隆重 诺贝尔 战略 战役 危险 危害 玉米 "
    "哈尔滨 宾馆 勾兑 "
    "居家 揭牌 元宵 展览 阴性 幸福 奉献 植物 衡阳 富强 闭环 木材 孔子 易感 易发 左侧 常态 常住 甘肃 "
    "祝贺 祝愿 包装 "
    "包含 宁波 宁夏 尚未 符合 舒适 纪律 纪检 纪念 梅雨 童年 单日 单独 盛大 曲线 管辖 柴油 蒙古 华为 "
    "房产 游览 解除 "
    "时候 时段 时长 农历 古代 吉林 简称 车次 车主 项上 连日 麦收 卜算 冷空气 米粉 全程 全年 全球 "
    "应届 边缘 师傅 "
    "商场 商户 商家 沙尘 荣获 仲裁 明日 南方网 高校 高铁 高速 高中 高层 高温 高等 金属 石家庄 方便 方向 白班 "
    "江河 史上 毛利 万元 万人 万众 万一 钱款 严格 严重 严峻 严肃 武警 向导 汤药 常务 温室 文物 文旅 "
    "文件 文章 牛奶 "
    "安徽省 易地 伍佰 章程 鲁迅 申请 申报 欧盟 欧洲 关联 左边 甘心 包机 宁愿 舒缓 毕业 毕竟 季后 "
    "成本 成熟 成都 "
    "谷歌 曲目 路段 路网 路口 辛苦 管道 华人 房子 屈服 解答 时效 司长 古镇 简化 车票 项目部 连云港 "
    "党政 景点 费率 "
    "席卷 卫星 全省市 应有 边远 师范 和解 商贸 沙滩 荣耀 巫山 桑拿 查明 封城 谈到 惠州 乐器 都会 "
    "南海 原则上".split()
)
"""Common words that open with a surname: never a name by shape alone."""

_PARTICLES = frozenset("在就对说的是了与及被把也都等称")
"""Characters of grammar that end no name."""

_HAN = "\u3400-\u9fff\U00020000-\U000323af"
_HAN_NAME = re.compile(rf"[{_HAN}]{{2,4}}")
_DOTTED = re.compile(rf"[{_HAN}]{{1,7}}(?:·[{_HAN}]{{1,8}}){{1,2}}")
_LATIN = re.compile(r"[A-Z][A-Za-z'.-]*(?: [A-Z][A-Za-z'.-]*){1,3}")
_STRONG_AFTER = re.compile(
    r"$|[^\u3400-\u9fffA-Za-z0-9·]|同志|先生|女士|小姐|大校|上校|少将|出席|介绍|通报|主持|回答|答复|答记者|表示|到会|参加|"
    r"分别|会见|率队|致辞|发布|解读|讲话|宣布|围绕|补充|回应|指出|提问|作了|做了|今日|今天|昨日|昨天|出任|担任|"
    r"率先|向大家|为大家|以及|强调|透露|说明|应邀|接受|一行|发言|将向|将就|将为|就我|就近|就有关|就相关|坦言|陪同|"
    r"主讲|讲解|医生|教授|博士|工程师|局长|主任|处长|负责|代表|率领|共同|于\d|\d|在.{0,12}(?:会|上|接受|举行|会见)"
)
_WEAK_AFTER = re.compile(r"[答问说称就在向为将作做和及与等应于先也还的率对从已摄讲]")


def is_han_name(word: str) -> bool:
    """Whether a whole folded word may be a Chinese personal name (2 to 4 characters)."""
    if _DOTTED.fullmatch(word):
        return True
    if word in NOT_NAMES or not _HAN_NAME.fullmatch(word):
        return False
    if word[-1] in _PARTICLES:
        return False
    if word[:2] in COMPOUND:
        return 3 <= len(word) <= 4
    if len(word) == 4 and word[0] in SURNAMES and word[1] in SURNAMES:
        return True  # a married woman's two surnames
    return word[0] in SURNAMES and len(word) <= 3 and word[:2] not in NOT_NAMES


def is_latin_name(word: str) -> bool:
    """Whether a whole word is two to four capitalised Latin words (`Wang Wenbin`, `ZHUANG Haiping`)."""
    return bool(_LATIN.fullmatch(word)) and not word.startswith(("The ", "A "))


def surname_of(name: str) -> str:
    """The surname of a folded Chinese name: two characters where the table of compounds has them."""
    return name[:2] if name[:2] in COMPOUND else name[:1]


def name_at(text: str, at: int) -> str | None:
    """The Chinese name that begins at `at`, cut where a boundary or a verb of speaking follows.

    `陈军回答：` gives `陈军`, `王劲松通报` gives `王劲松`; None where no length fits. Looks at no more
    than 30 characters.
    """
    dotted = _DOTTED.match(text, at, at + 24)
    if dotted:
        return dotted.group()
    best: tuple[int, bool, int] | None = None
    for size in (2, 3, 4):
        word = text[at : at + size]
        if len(word) < size or not is_han_name(word):
            continue
        after = text[at + size : at + size + 24]
        strength = 2 if _STRONG_AFTER.match(after) else 1 if _WEAK_AFTER.match(after) else 0
        usual = size < 4 or word[:2] in COMPOUND
        if strength and (best is None or (strength, usual, size) > best):
            best = (strength, usual, size)
    return text[at : at + best[2]] if best else None
