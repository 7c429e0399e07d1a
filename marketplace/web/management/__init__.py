"""Commands for those who work on the marketplace; what its operators need is in ``marketplace.__main__``."""
