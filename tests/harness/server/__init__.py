"""The server harness: kill -9 of a real marketplace in the middle of uploads, on SQLite and on PostgreSQL.

``python -m tests.harness.server --kills 10`` lets two real trackers (journal, uploader, client, as in the network
harness) send to ``python -m marketplace serve`` while another thread kills and starts it again. Afterwards nothing may
be missing or there twice, and every stored picture must decode. A kill between a picture's file and its row leaves a
file that no row names: the start-up sweep of the embedded marketplace moves it aside a day later, which is done here at
once.

``--plant early-receipt`` answers before anything is stored, and must be found.
"""
