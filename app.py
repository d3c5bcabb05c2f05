"""The frame of the browser app: page settings, navigation and the standing line; the pages are in `rag/ui/`."""

import streamlit as st

from rag.ui import gate, parts

st.set_page_config(page_title="Caveat", page_icon=str(parts.ICON), layout="wide")
pages = [
    st.Page("rag/ui/ask.py", title="Ask", default=True),
    st.Page("rag/ui/library.py", title="Library"),
    st.Page("rag/ui/appraise.py", title="Appraise"),
    st.Page("rag/ui/check.py", title="Check"),
    st.Page("rag/ui/summaries.py", title="Summaries"),
    st.Page("rag/ui/explainers.py", title="Explainers"),
    st.Page("rag/ui/about.py", title="About"),
]
# Streamlit's own bar hides the pages behind an unnamed arrow on a phone; `parts.frame` links them by name at any width.
page = st.navigation(pages, position="hidden")
parts.frame(pages)
if gate.passed():
    page.run()
