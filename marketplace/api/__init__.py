"""The HTTP API of the tracker (``/api/v1``): wire messages in and out, errors as Problems. Decides nothing."""
