"""The demo county: invented units, the posts of a township and what its deputies are in charge of."""

from cadres.services.unit import UnitRow

COUNTY = "平岚县"

_TOWNSHIPS = (
    "云溪镇 石桥镇 双塘镇 柳湾镇 清泉镇 龙潭镇 白鹤镇 枫林镇 河口镇 大坪镇 "
    "松岭乡 竹园乡 梅坞乡 沙洲乡 茶山乡 青石乡 马鞍乡 桃源乡 溪口乡 望岭乡"
).split()

_DEPARTMENTS = (
    "县财政局 县农业农村局 县林业局 县水利局 县发展和改革局 县委组织部 县纪委监委 县委宣传部 县卫生健康局 县信访局 "
    "县委政法委 县应急管理局 县自然资源局 县住房和城乡建设局 县交通运输局 县教育局 县民政局 县人力资源和社会保障局 "
    "县生态环境局 县市场监督管理局 县统计局 县审计局"
).split()

TOWNSHIPS = [UnitRow(f"T{order:02d}", name, order) for order, name in enumerate(_TOWNSHIPS, start=1)]
DEPARTMENTS = [UnitRow(f"D{order:02d}", name, order) for order, name in enumerate(_DEPARTMENTS, start=1)]
TOWNSHIP_CODES = [unit.code for unit in TOWNSHIPS]

ANSWERS_FOR = {
    "K1": "县财政局",
    "K2": "县农业农村局",
    "K3": "县林业局",
    "K4": "县水利局",
    "K5": "县发展和改革局",
    "R1": "县委组织部",
    "R2": "县纪委监委",
    "R3": "县委宣传部",
    "V1": "县卫生健康局",
    "V2": "县信访局",
    "V3": "县委政法委",
    "V4": "县委政法委",
    "V5": "县应急管理局",
}
"""Line code → responsible department."""

_EVERYWHERE = (
    "党委书记",
    "乡镇长",
    "党委副书记",
    "人大主席",
    "纪委书记",
    "武装部长",
    "副乡镇长 1",
    "副乡镇长 2",
    "组织委员",
)

_IN_CHARGE = {
    "党委副书记": ("V2", "V3", "V4"),
    "纪委书记": ("R2",),
    "武装部长": ("V5",),
    "副乡镇长 1": ("K1", "K5"),
    "副乡镇长 2": ("K2", "K3", "K4", "V1"),
    "组织委员": ("R1",),
    "宣传委员": ("R3",),
    "政法委员": ("V3", "V4"),
}


def slots_of(township: str) -> list[str]:
    """The posts to be held there, as "T08 副乡镇长 2": larger townships have more members."""
    place = TOWNSHIP_CODES.index(township)
    more = [post for post, held in (("宣传委员", place % 4 != 3), ("政法委员", place % 3 == 0)) if held]
    if place % 5 in (1, 4):
        more.append("统战委员")
    return [f"{township} {post}" for post in (*_EVERYWHERE, *more)]


def in_charge(slot: str) -> tuple[str, ...]:
    """Line codes that the holder of a slot is in charge of; principals, 人大主席 and 统战委员 have none."""
    return _IN_CHARGE.get(slot.split(maxsplit=1)[1], ())


def township_of(slot: str) -> str:
    return slot.split()[0]


def post_of(slot: str) -> str:
    """The post by its name in the county's list, without the number of the seat."""
    return slot.split()[1]
