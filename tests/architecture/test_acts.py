"""Every act that the code records is registered, and every act that is registered is recorded somewhere."""

import ast
from collections.abc import Iterator

from cms.audit import acts
from tests.architecture.test_files import ROOT, code

# What writes to the ledger, and the place of the act's code among its arguments. A function that hands its own
# parameter on to one of these is one itself; names with an underscore count in their own module only.
RECORDERS = {("", "record"): ("action", None), ("", "Entry"): ("action", None)}


def modules() -> dict[str, ast.Module]:
    return {name: ast.parse((ROOT / name).read_text(encoding="utf-8")) for name in code()}


def functions(tree: ast.AST) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


class Reader:
    """Reads the codes of acts out of calls, through functions that hand them on."""

    def __init__(self) -> None:
        self.recorders = dict(RECORDERS)
        self.trees = modules()
        self.codes: dict[str, str] = {}
        self.unclear: list[str] = []
        known = 0
        while known != len(self.recorders):
            known = len(self.recorders)
            self.codes.clear()
            self.unclear.clear()
            for path, tree in self.trees.items():
                for function in functions(tree):
                    self._read(path, function)

    def _read(self, path: str, function: ast.FunctionDef) -> None:
        for call, value in self._recorded(path, function):
            found = list(self._values(path, function, value))
            self.codes.update({text: f"{path}:{call.lineno}" for text in found if text})
            if None in found:
                self.unclear.append(f"{path}:{call.lineno}")

    def _recorded(self, path: str, function: ast.FunctionDef) -> Iterator[tuple[ast.Call, ast.expr]]:
        for call in ast.walk(function):
            if not isinstance(call, ast.Call) or not isinstance(call.func, (ast.Name, ast.Attribute)):
                continue
            name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
            if place := self.recorders.get((path if name.startswith("_") else "", name)):
                parameter, position = place
                named = [each.value for each in call.keywords if each.arg == parameter]
                yield call, named[0] if named else call.args[position or 0]

    def _values(self, path: str, function: ast.FunctionDef, value: ast.expr) -> Iterator[str | None]:
        """Yield what an expression may be; None where that cannot be told, nothing where callers say it."""
        if isinstance(value, ast.Constant):
            yield str(value.value)
        elif isinstance(value, ast.IfExp):
            yield from self._values(path, function, value.body)
            yield from self._values(path, function, value.orelse)
        elif isinstance(value, ast.Name):
            yield from self._named(path, function, value.id)
        else:
            yield None

    def _named(self, path: str, function: ast.FunctionDef, name: str) -> Iterator[str | None]:
        places = [each.arg for each in function.args.args]
        if name in places or name in [each.arg for each in function.args.kwonlyargs]:
            own = path if function.name.startswith("_") else ""
            self.recorders[own, function.name] = (name, places.index(name) if name in places else None)
            return
        given = [
            node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and [ast.unparse(each) for each in node.targets] == [name]
        ]
        for value in given:
            yield from self._values(path, function, value)
        if not given:
            yield None


def test_every_act_that_is_recorded_is_registered_and_the_other_way_round():
    read = Reader()

    assert read.unclear == []
    registered = {act.code for act in acts.registered()}
    assert {text: place for text, place in read.codes.items() if text not in registered} == {}
    past = {act.code for act in acts.registered() if act.is_past}
    assert registered - read.codes.keys() == past
