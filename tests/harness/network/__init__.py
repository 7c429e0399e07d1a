"""The network harness: real journals, uploaders and marketplace, and a line between them that does everything wrong.

``python -m tests.harness.network --uploads 3000`` records for 30 days on two devices of one person, one of them offline
all the while, and sends it all through a proxy (``proxy``) that cuts, delays, duplicates, truncates and answers for
itself at every position of interest. The truth is the harness's own list of what was recorded (``devices``); what the
marketplace then holds, and what its timesheets count, is read from its own database by its own code (``holdings``).

``--plant missing`` takes an error answer for a receipt, ``duplicates`` makes the ids anew for each try, ``queue``
queues a copy for each try: each must be found.
"""
