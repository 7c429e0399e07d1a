"""What the tracker costs beside a bare PySide6 tray icon and a Chromium app window with one page (``__main__``)."""
