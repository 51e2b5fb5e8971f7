"""The authority tables that ship with the platform, one for each block: drafts, until the block's body issues them.

For the government Gia Lai's plan on Decree 335/2025, parts III and IV: its five cases of evaluating (IV.1.1), three of
classifying (IV.1.2), the opinions asked for (IV.4), and who recognises the results of organisations (III.1). Whoever
works in a department or commune without a division stands in none of the five cases; the plan's principle (II.2.a),
which is the decree's, says that who manages directly evaluates.

For the Party, the Front and the mass organisations no plan names the posts. Theirs carry that principle over: who
manages directly and assigns the work evaluates; the head of the agency classifies, and the head is judged by their own
manager, whom a decision names where no agency of the block stands above. The basis of each says that it is to be
confirmed.
"""

from dataclasses import dataclass

from cms.organisations.enums import AgencyKind, AuthorityAct, AuthorityPost, AuthoritySubject, Block

_DEPARTMENT, _DIVISION = AgencyKind.DEPARTMENT, AgencyKind.DIVISION
_COMMUNE, _COMMUNE_DIVISION = AgencyKind.COMMUNE, AgencyKind.COMMUNE_DIVISION
_HEAD, _DEPUTY, _STAFF = AuthoritySubject.HEAD, AuthoritySubject.DEPUTY, AuthoritySubject.STAFF
_ORGANISATION = AuthoritySubject.ORGANISATION
_CHAIR, _OF_AGENCY = AuthorityPost.PROVINCIAL_CHAIR, AuthorityPost.HEAD_OF_AGENCY
_OF_UNIT, _MANAGER = AuthorityPost.HEAD_OF_UNIT, AuthorityPost.DIRECT_MANAGER

# Kind of agency, subject, post, and the point of the plan.
_EVALUATE = (
    (_DEPARTMENT, _HEAD, _CHAIR, "IV.1.1.a"),
    (_COMMUNE, _HEAD, _CHAIR, "IV.1.1.a"),
    (_DEPARTMENT, _DEPUTY, _OF_AGENCY, "IV.1.1.b"),
    (_DIVISION, _HEAD, _OF_AGENCY, "IV.1.1.b"),
    (_DIVISION, _DEPUTY, _OF_UNIT, "IV.1.1.c"),
    (_DIVISION, _STAFF, _OF_UNIT, "IV.1.1.c"),
    (_COMMUNE, _DEPUTY, _OF_AGENCY, "IV.1.1.d"),
    (_COMMUNE_DIVISION, _HEAD, _OF_AGENCY, "IV.1.1.d"),
    (_COMMUNE_DIVISION, _DEPUTY, _OF_UNIT, "IV.1.1.e"),
    (_COMMUNE_DIVISION, _STAFF, _OF_UNIT, "IV.1.1.e"),
    (_DEPARTMENT, _STAFF, _MANAGER, "II.2.a"),
    (_COMMUNE, _STAFF, _MANAGER, "II.2.a"),
)
_CLASSIFY = (
    (_DEPARTMENT, _HEAD, _CHAIR, "IV.1.2.a"),
    (_COMMUNE, _HEAD, _CHAIR, "IV.1.2.a"),
    (_DEPARTMENT, _DEPUTY, _OF_AGENCY, "IV.1.2.b"),
    (_DEPARTMENT, _STAFF, _OF_AGENCY, "IV.1.2.b"),
    (_DIVISION, _HEAD, _OF_AGENCY, "IV.1.2.b"),
    (_DIVISION, _DEPUTY, _OF_AGENCY, "IV.1.2.b"),
    (_DIVISION, _STAFF, _OF_AGENCY, "IV.1.2.b"),
    (_COMMUNE, _DEPUTY, _OF_AGENCY, "IV.1.2.c"),
    (_COMMUNE, _STAFF, _OF_AGENCY, "IV.1.2.c"),
    (_COMMUNE_DIVISION, _HEAD, _OF_AGENCY, "IV.1.2.c"),
    (_COMMUNE_DIVISION, _DEPUTY, _OF_AGENCY, "IV.1.2.c"),
    (_COMMUNE_DIVISION, _STAFF, _OF_AGENCY, "IV.1.2.c"),
    (_DEPARTMENT, _ORGANISATION, _CHAIR, "III.1.a"),
    (_COMMUNE, _ORGANISATION, _CHAIR, "III.1.a"),
    (_DIVISION, _ORGANISATION, _OF_AGENCY, "III.1.b"),
    (_COMMUNE_DIVISION, _ORGANISATION, _OF_AGENCY, "III.1.c"),
)
_OPINION = ((_DEPARTMENT, _DEPUTY, _CHAIR, "IV.4"), (_COMMUNE, _DEPUTY, _CHAIR, "IV.4"))

# Of the other blocks: subject, who evaluates, who classifies.
_BY_PRINCIPLE = {
    _DEPARTMENT: ((_HEAD, _MANAGER, _MANAGER), (_DEPUTY, _MANAGER, _OF_AGENCY), (_STAFF, _MANAGER, _OF_AGENCY)),
    _DIVISION: ((_HEAD, _MANAGER, _OF_AGENCY), (_DEPUTY, _MANAGER, _OF_AGENCY), (_STAFF, _MANAGER, _OF_AGENCY)),
}
_BY_PRINCIPLE |= {_COMMUNE: _BY_PRINCIPLE[_DEPARTMENT], _COMMUNE_DIVISION: _BY_PRINCIPLE[_DIVISION]}
_ORGANISATIONS = {_DEPARTMENT: _MANAGER, _DIVISION: _OF_AGENCY, _COMMUNE: _MANAGER, _COMMUNE_DIVISION: _OF_AGENCY}
_PRINCIPLE = "Nguyên tắc chung; chờ khối xác nhận"
_TO_BE_CONFIRMED = (
    "Nguyên tắc chung của Nghị định 335/2025/NĐ-CP: người trực tiếp quản lý, giao việc thì đánh giá. Chưa có văn bản "
    "riêng của khối quy định từng chức danh: {body} kiểm tra, sửa cho đúng quy định của khối trước khi ban hành."
)


@dataclass(frozen=True)
class ShippedTable:
    """One block's table: what it is founded on, and its rows (kind of agency, subject, act, post, point)."""

    basis: str
    rows: tuple[tuple[AgencyKind, AuthoritySubject, AuthorityAct, AuthorityPost, str], ...]


def _by_principle(body: str) -> ShippedTable:
    officers = [
        (kind, subject, act, post, _PRINCIPLE)
        for kind, lines in _BY_PRINCIPLE.items()
        for subject, evaluates, classifies in lines
        for act, post in ((AuthorityAct.EVALUATE, evaluates), (AuthorityAct.CLASSIFY, classifies))
    ]
    classify = AuthorityAct.CLASSIFY
    units = [(kind, _ORGANISATION, classify, post, _PRINCIPLE) for kind, post in _ORGANISATIONS.items()]
    return ShippedTable(_TO_BE_CONFIRMED.format(body=body), (*officers, *units))


TABLES = {
    Block.GOVERNMENT: ShippedTable(
        "Nghị định 335/2025/NĐ-CP; Kế hoạch của UBND tỉnh Gia Lai, mục III và IV",
        tuple(
            (kind, subject, act, post, point)
            for act, rows in (
                (AuthorityAct.EVALUATE, _EVALUATE),
                (AuthorityAct.CLASSIFY, _CLASSIFY),
                (AuthorityAct.OPINION, _OPINION),
            )
            for kind, subject, post, point in rows
        ),
    ),
    Block.PARTY: _by_principle("Ban Tổ chức Tỉnh ủy"),
    Block.FRONT: _by_principle("Ban Thường trực Ủy ban Mặt trận Tổ quốc tỉnh"),
    Block.MASS: _by_principle("cơ quan có thẩm quyền quản lý tổ chức chính trị - xã hội"),
}
