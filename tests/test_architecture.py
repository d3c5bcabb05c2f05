"""The shape of the code: imports point down, one library has one owner, no cycles, no orphans, no folder too many."""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib import metadata
from pathlib import Path

import pytest

from rag.settings import ROOT

LAYERS = (
    {"errors", "catalogue"},
    {"domain"},
    {"question", "claim"},
    {"brief"},
    {"settings"},
    {"text"},
    {"ingest", "evidence", "store", "writers", "check", "plain", "safety", "export"},
    {"retrieve"},
    {"intake", "writing", "verify", "doctor"},
    {"leaflet"},
    {"chain"},
    {"evaluate"},
    {"batch", "serve"},
    {"commands"},
    {"printing", "keeping"},
    {"ui", "cli"},
    {"__main__", "app"},
)
"""Lowest first. What stands side by side in a layer does not import each other."""
LEVEL = {part: level for level, layer in enumerate(LAYERS) for part in layer}

OWNERS = {
    "chromadb": "rag/store/",
    "langchain_chroma": "rag/store/",
    "tantivy": "rag/store/",
    "onnx": "rag/store/",
    "onnxruntime": "rag/store/",
    "tokenizers": "rag/store/",
    "safetensors": "rag/store/",
    "streamlit": ("rag/ui/", "app.py"),
    "tiktoken": "rag/text/tokens.py",
    "openai": "rag/writers/",
    "langchain": "rag/writers/",
    "langchain_openai": "rag/writers/",
    "langsmith": "rag/writers/",
    "dotenv": "rag/settings.py",
    "trafilatura": "rag/ingest/",
    "lxml": "rag/ingest/",
    "pypdfium2": "rag/ingest/",
    "charset_normalizer": "rag/ingest/",
    "typst": "rag/export/",
    "docx": "rag/export/",
    "pylopdf_fonts_zh_cn": "rag/export/",
    "pylopdf_fonts_hi": "rag/export/",
}
NAMES = {"dotenv": "python-dotenv", "docx": "python-docx"}
"""Packages whose name is not that of the module."""
ROOT_FOLDERS = {"prompts", "rag", "seeds", "tests"}
STARTS = {"app", "rag.__main__"}
"""Modules that are run, not imported."""
LONGEST = 250


def files() -> list[Path]:
    found = [ROOT / "app.py", *sorted((ROOT / "rag").rglob("*.py"))]
    return [path for path in found if path.exists()]


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part_of(module: str) -> str:
    """The name in LAYERS that a module of ours belongs to; the package itself has none."""
    top, _, rest = module.partition(".")
    return rest.partition(".")[0] if top == "rag" else top


MODULES = {name_of(path): path for path in files()}
TREES = {name: ast.parse(path.read_text(encoding="utf8")) for name, path in MODULES.items()}


def imports(module: str) -> Iterator[str]:
    """Every module a module imports, also inside a function; of `from a import b` a.b where that is a module."""
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively, line {node.lineno}"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else str(node.module)


def ours(module: str) -> set[str]:
    return {name for name in imports(module) if name.partition(".")[0] in ("rag", "app")} - {"rag", module}


def foreign(module: str) -> set[str]:
    tops = {name.partition(".")[0] for name in imports(module)}
    return tops - {"rag", "app"} - set(sys.stdlib_module_names)


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_down(module):
    part = part_of(module)
    for other in map(part_of, ours(module)):
        assert other == part or LEVEL[other] < LEVEL[part], (
            f"{module} imports {other}, which does not stand below {part}"
        )


@pytest.mark.parametrize("module", [name for name in MODULES if name != "rag"])
def test_every_module_has_a_place(module):
    assert part_of(module) in LEVEL


@pytest.mark.parametrize("module", MODULES)
def test_a_library_has_one_owner(module):
    place = MODULES[module].relative_to(ROOT).as_posix()
    for library in foreign(module) & OWNERS.keys():
        assert place.startswith(OWNERS[library]), f"{place} imports {library}, which is {OWNERS[library]}'s"


def test_every_package_imported_is_asked_for():
    asked = {
        re.split(r"[\[=]", line)[0] for line in (ROOT / "requirements.txt").read_text(encoding="utf8").splitlines()
    }
    wanted = {NAMES.get(name, name.replace("_", "-")) for module in MODULES for name in foreign(module)}
    assert wanted <= asked


def test_there_is_no_cycle():
    try:
        TopologicalSorter({module: ours(module) for module in MODULES}).prepare()
    except CycleError as cycle:
        pytest.fail(f"imports go round: {' → '.join(cycle.args[1])}")


def test_every_module_is_used():
    """A page is named in a string: Streamlit takes pages as files."""
    used = {name for module in MODULES for name in ours(module)}
    strings = [node.value for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    named = {name for name, path in MODULES.items() if any(_names(text, path) for text in strings)}
    packages = {name for name, path in MODULES.items() if path.name == "__init__.py"}
    assert set(MODULES) - used - named - packages - STARTS == set()


def _names(text: object, path: Path) -> bool:
    return isinstance(text, str) and text.endswith(".py") and path.as_posix().endswith(f"/{text.lstrip('/')}")


@pytest.mark.parametrize("module", MODULES)
def test_a_module_can_be_taken_in_at_once(module):
    assert len(MODULES[module].read_text(encoding="utf8").splitlines()) <= LONGEST


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests").rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_a_test_file_too(path):
    assert len(path.read_text(encoding="utf8").splitlines()) <= 300


def test_the_root_holds_the_folders_it_should():
    """What git ignores is built here, and what begins with a dot is for tools."""
    ignored = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf8").splitlines()}
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert folders - ignored == ROOT_FOLDERS


@pytest.mark.parametrize("name", ["torch", "transformers", "sentence-transformers"])
def test_nothing_brings_torch(name):
    with pytest.raises(metadata.PackageNotFoundError):
        metadata.distribution(name)
