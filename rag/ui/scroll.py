"""The only scripts of ours in the page: they bring words into view. Constant, but for a count of their runs."""

from string import Template

import streamlit as st

RUNS = "scripts_run"
NEWEST = """<script>/* run $run */
requestAnimationFrame(() => [...document.querySelectorAll(".cv-question")].at(-1)?.scrollIntoView({block: "start"}));
</script>"""
CITED = """<script>/* run $run */
requestAnimationFrame(() => {
  const cited = document.getElementById("cited"), text = cited?.parentElement;
  if (!cited) return;
  if (text.scrollHeight > text.clientHeight + 1)
    text.scrollTop += cited.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 4;
  else cited.scrollIntoView({block: "center"});
  cited.focus({preventScroll: true});
});
</script>"""


def to_newest_question() -> None:
    """Bring the last question to the top, where its answer begins."""
    _run(NEWEST)


def to_cited_words() -> None:
    """Bring the marked words of an article into view, and put the keyboard there."""
    _run(CITED)


def _run(script: str) -> None:
    """Run a script. One is run again only where it differs from the last; nothing but a number may go into it."""
    run: int = st.session_state.get(RUNS, 0) + 1
    st.session_state[RUNS] = run
    st.html(Template(script).substitute(run=run), unsafe_allow_javascript=True)
