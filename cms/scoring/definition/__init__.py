"""What a criteria framework says, as data.

Every rule that the decree leaves open is a setting with its citation; the default's citation says what is inferred.
``read_definition`` is the way in, ``write_definition`` the way out; ``cms.scoring.validation`` says whether what can be
read also makes sense.
"""

from cms.scoring.definition.whole import Definition, definition_schema, read_definition, write_definition

__all__ = ["Definition", "definition_schema", "read_definition", "write_definition"]
