"""The browser: one file per page, and the parts they share. Streamlit is owned by this package and `app.py`."""
