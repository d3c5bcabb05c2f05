"""Caveat: plain answers from health-research news, with the caveats left in. Start reading in `rag/chain.py`."""
