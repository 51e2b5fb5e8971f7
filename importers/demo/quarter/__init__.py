"""A whole quarter of the demo's Sở Tài chính: thirty people from the work that was given to results that were locked.

A confirmed claim, a month of leave, a disciplinary case, an objection that changed a result, and more Excellent than
the cap allows, of which a person decided.
"""

from importers.demo.quarter.story import acts

__all__ = ["acts"]
