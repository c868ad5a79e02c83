"""The rules that no linter checks: sizes, tests that mirror the code, no import cycles."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("assistant", "index", "prompts", "ui")
MODULES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))

MOST_LINES_OF_A_FUNCTION = 60
MOST_LINES_OF_A_FILE = 400
MOST_MODULES_OF_A_FOLDER = 13

STILL_LONG = {"_pieces"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, names: set[str]) -> set[str]:
    """The modules among `names` that a file imports anywhere, also for type checking only."""
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{relative(path)} has a relative import"
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                imported.add(submodule if submodule in names else str(node.module))
    return imported & names


def cycles(graph: dict[str, set[str]]) -> list[list[str]]:
    """The sets of modules that import each other in a circle (strongly connected components,
    Tarjan 1972), each sorted."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    components = []

    def visit(module: str) -> None:
        order[module] = lowest[module] = len(order)
        stack.append(module)
        for imported in sorted(graph[module]):
            if imported not in order:
                visit(imported)
                lowest[module] = min(lowest[module], lowest[imported])
            elif imported in stack:
                lowest[module] = min(lowest[module], order[imported])
        if lowest[module] == order[module]:
            start = stack.index(module)
            component, stack[start:] = sorted(stack[start:]), []
            if len(component) > 1 or module in graph[module]:
                components.append(component)

    for module in graph:
        if module not in order:
            visit(module)
    return components


def test_functions_are_short() -> None:
    long = [
        f"{relative(path)}: {function.name} has {lines} lines"
        for path in MODULES
        for function in functions(path)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > MOST_LINES_OF_A_FUNCTION
        and function.name not in STILL_LONG
    ]
    assert long == []


def test_files_are_short() -> None:
    long = [
        f"{relative(path)} has {lines} lines"
        for path in MODULES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES_OF_A_FILE
    ]
    assert long == []


def test_folders_hold_about_a_dozen_files() -> None:
    folders = {
        path.parent
        for top in (*PACKAGES, "tests", "benchmarks")
        for path in (ROOT / top).rglob("*.py")
    }
    crowded = [
        f"{relative(folder)} has {modules} modules"
        for folder in sorted(folders)
        if (modules := sum(path.name != "__init__.py" for path in folder.glob("*.py")))
        > MOST_MODULES_OF_A_FOLDER
    ]
    assert crowded == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    names = {module_name(path): path for path in MODULES}
    graph = {name: imports(path, set(names)) for name, path in names.items()}
    assert cycles(graph) == []


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"c"}, "c": {"b"}}, [["b", "c"]]),
        ({"a": {"a"}}, [["a"]]),
        ({"a": {"b"}, "b": {"a"}, "c": {"d"}, "d": {"c"}}, [["a", "b"], ["c", "d"]]),
    ],
)
def test_cycles_are_found(graph: dict[str, set[str]], expected: list[list[str]]) -> None:
    assert cycles(graph) == expected
