"""What tests of several rooms share: the virtual desktop, the browser, PostgreSQL, unprivileged commands."""
