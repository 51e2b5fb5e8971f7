"""The Vietnamese words for what would have made a score another one."""

from __future__ import annotations

ON_TIME = "Nếu “{title}” hoàn thành đúng hạn"
QUALITY = "Nếu “{title}” không có lần nào không đạt chất lượng"
COMPLETED = "Nếu “{title}” hoàn thành đủ khối lượng được giao"
ALL_WORK = "Nếu mọi công việc đều hoàn thành đủ, đúng hạn và đạt chất lượng"
CRITERION = "Nếu tiêu chí {code} “{title}” đạt điểm tối đa ({most})"
COMMON = "Nếu các tiêu chí chung đạt điểm tối đa ({most})"
INDICATOR = "Nếu “{title}” ({code}) đạt mức cao nhất"
SUBORDINATES = "Nếu mọi người, đơn vị được phụ trách đều đạt mức mà “{title}” ({code}) yêu cầu"
CASE = "Nếu không có trường hợp hạn chế mức xếp loại"
LINE = "Công việc ở dòng {no}"
