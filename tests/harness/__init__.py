"""Long experiments on the whole product, each started by a documented command (CONTRIBUTING.md), none by pytest."""
