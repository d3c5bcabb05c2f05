"""Settings: read from the environment and `.env`, refused where they mean nothing, silent about the key."""

from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.settings import ROOT, Settings


def read(dotenv: Path, **environ: str) -> Settings:
    return Settings.from_env(environ, dotenv)


def test_nothing_set_is_a_library_in_the_checkout_and_no_model(tmp_path):
    settings = read(tmp_path / "none")
    assert settings == Settings()
    assert settings.library == ROOT / "library"
    assert settings.model is None


def test_every_setting_can_be_set(tmp_path):
    settings = read(
        tmp_path / "none",
        RAG_LIBRARY="/data/library",
        RAG_CHROMA_URL="http://localhost:8000",
        RAG_EMBEDDING="another",
        RAG_WRITER="llm",
        RAG_MODEL="a-model",
        OPENAI_BASE_URL="http://localhost:1234/v1",
        OPENAI_API_KEY="secret",
        RAG_CACHE="/data/cache",
        RAG_READ_ONLY="Yes",
    )
    assert settings == Settings(
        library=Path("/data/library"),
        chroma_url="http://localhost:8000",
        embedding="another",
        writer="llm",
        model="a-model",
        base_url="http://localhost:1234/v1",
        api_key="secret",
        cache=Path("/data/cache"),
        read_only=True,
    )


def test_dotenv_is_read_and_the_environment_comes_first(tmp_path):
    dotenv = tmp_path / ".env"
    dotenv.write_text("# mine\nexport RAG_MODEL='from the file'\nOPENAI_API_KEY=\"kept\"\n", encoding="utf8")
    settings = read(dotenv, RAG_MODEL="from the environment")
    assert settings.model == "from the environment"
    assert settings.api_key == "kept"


@pytest.mark.parametrize("empty", ["", "   "])
def test_an_empty_variable_is_one_that_is_not_set(tmp_path, empty):
    assert read(tmp_path / "none", RAG_WRITER=empty, RAG_LIBRARY=empty, RAG_MODEL=empty) == Settings()


def test_a_relative_folder_and_a_home_are_made_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    settings = read(tmp_path / "none", RAG_LIBRARY="mine", RAG_CACHE="~/cache")
    assert settings.library == tmp_path / "mine"
    assert settings.cache == tmp_path / "home" / "cache"


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"RAG_WRITER": "poet"}, "extractive"),
        ({"RAG_WRITER": "llm"}, "RAG_MODEL"),
        ({"RAG_READ_ONLY": "perhaps"}, "yes or no"),
    ],
)
def test_what_means_nothing_is_refused_with_what_to_set(tmp_path, environ, named):
    with pytest.raises(SettingsError) as refused:
        read(tmp_path / "none", **environ)
    assert next(iter(environ)) in refused.value.message
    assert named in refused.value.hint


def test_the_key_is_never_shown(tmp_path):
    assert "secret" not in repr(read(tmp_path / "none", OPENAI_API_KEY="secret"))
