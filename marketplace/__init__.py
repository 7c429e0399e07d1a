"""The marketplace: accounts, jobs, Work View, timesheets, money and disputes, as one Django program.

A folder is a room; lower rooms never import higher ones (accounts < jobs < workroom < workview < timesheets < billing <
disputes < api and web). Nothing here imports the tracker; both share ``worktime``.
"""
