"""Windows and macOS as they are: the real calls, on the real systems (.github/workflows/native.yml), nowhere else."""
