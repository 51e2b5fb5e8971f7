"""The authority table that ships with the platform: Gia Lai's plan on Decree 335/2025, parts III and IV.

Its five cases of evaluating (IV.1.1), three of classifying (IV.1.2), the opinions asked for (IV.4), and who recognises
the results of organisations (III.1). Whoever works in a department or commune without a division stands in none of the
five cases; the plan's principle (II.2.a) says that who manages directly evaluates.
"""

from cms.organisations.enums import AgencyKind, AuthorityAct, AuthorityPost, AuthoritySubject, Block

BLOCK = Block.GOVERNMENT
BASIS = "Nghị định 335/2025/NĐ-CP; Kế hoạch của UBND tỉnh Gia Lai, mục III và IV"

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

ROWS = [
    (kind, subject, act, post, point)
    for act, rows in (
        (AuthorityAct.EVALUATE, _EVALUATE),
        (AuthorityAct.CLASSIFY, _CLASSIFY),
        (AuthorityAct.OPINION, _OPINION),
    )
    for kind, subject, post, point in rows
]
