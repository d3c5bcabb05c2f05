"""The only scripts of ours in the page: they bring words into view, copy an answer, and tell a screen reader that an
answer is there. Constant, but for a count of their runs."""

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
TOP = """<script>/* run $run */
requestAnimationFrame(() => document.querySelector(".stMain")?.scrollTo(0, 0));
</script>"""
EDITOR = """<script>/* run $run */
(function enter(tries) {
  const box = document.querySelector('[class*="st-key-edit-"] textarea');
  if (box) box.focus();
  if (tries && document.activeElement !== box) setTimeout(() => enter(tries - 1), 50);
})(40);
</script>"""
READY = """<script>/* run $run */
requestAnimationFrame(() => {
  let live = document.getElementById("cv-live");
  if (!live) {
    live = Object.assign(document.createElement("div"), {id: "cv-live", className: "cv-hidden"});
    live.setAttribute("role", "status");
    document.body.append(live);
  }
  const answers = document.querySelectorAll('[class*="st-key-answer-"]');
  const said = answers[answers.length - 1]?.querySelector(".cv-bottom, .cv-fixed");
  setTimeout(() => { live.textContent = said ? "Answer: " + said.innerText : ""; }, 50);
});
</script>"""
"""A live region must be there before its words are, or a screen reader says nothing."""
COPY = """<script>/* run $run */
if (!window.cvCopies) {
  window.cvCopies = true;
  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".cv-copy");
    const text = button?.nextElementSibling?.textContent;
    if (!text) return;
    try { await navigator.clipboard.writeText(text); }
    catch {
      const area = Object.assign(document.createElement("textarea"), {value: text, className: "cv-hidden"});
      document.body.append(area); area.select(); document.execCommand("copy"); area.remove(); button.focus();
    }
    const label = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}
</script>"""
"""Without a secure address the browser has no clipboard for scripts; the older way needs a selection."""


def to_newest_question() -> None:
    """Bring the last question to the top, where its answer begins."""
    _run(NEWEST)


def to_cited_words() -> None:
    """Bring the marked words of an article into view, and put the keyboard there."""
    _run(CITED)


def to_top() -> None:
    """Begin at the top of the page."""
    _run(TOP)


def to_editor() -> None:
    """Put the keyboard into the question that is being changed."""
    _run(EDITOR)


def tell_answer() -> None:
    """Have a screen reader say the bottom line of the last answer, once."""
    _run(READY)


def listen_for_copy() -> None:
    """Let the buttons that copy do so."""
    st.html(Template(COPY).substitute(run=0), unsafe_allow_javascript=True)


def _run(script: str) -> None:
    """Run a script. One is run again only where it differs from the last; nothing but a number may go into it."""
    run: int = st.session_state.get(RUNS, 0) + 1
    st.session_state[RUNS] = run
    st.html(Template(script).substitute(run=run), unsafe_allow_javascript=True)
