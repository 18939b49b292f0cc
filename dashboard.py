"""The dashboard: `streamlit run dashboard.py`."""

import streamlit as st

from views import server

app = st.App("views/app.py", routes=server.ROUTES, middleware=server.MIDDLEWARE, lifespan=server.lifespan)
