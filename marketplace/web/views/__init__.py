"""One file for each page. Views find who asks and for what, call selectors and services, and choose the template."""
