"""What the database itself refuses: changing or removing what editors judged."""

from cms.core.triggers import Trigger, key_taken

_JUDGEMENTS = "curation_judgement"
_JUDGED = "curation_judgedpair"
_MESSAGE = "a judgement never changes: it is undone"
_FIXED = ("id", "verdict", "reason", "common", "by_id", "at")
_CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _FIXED)

CURATION_TRIGGERS = [
    Trigger("judgement_update", _JUDGEMENTS, "UPDATE", f"OLD.undone_at IS NOT NULL OR {_CHANGED}", _MESSAGE),
    Trigger("judgement_delete", _JUDGEMENTS, "DELETE", "OLD.id IS NOT NULL", _MESSAGE),
    Trigger("judgement_replace", _JUDGEMENTS, "INSERT", key_taken(_JUDGEMENTS, "id"), _MESSAGE),
    Trigger("judged_pair_replace", _JUDGED, "INSERT", key_taken(_JUDGED, "id", "judgement_id,pair_id"), _MESSAGE),
    Trigger("judged_pair_update", _JUDGED, "UPDATE", "OLD.id IS NOT NULL", _MESSAGE),
    Trigger("judged_pair_delete", _JUDGED, "DELETE", "OLD.id IS NOT NULL", _MESSAGE),
]
