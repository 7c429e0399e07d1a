"""The tracker's face in Qt: tray, window, dialogs and the view models that they show. Nothing is decided here."""
