"""Work View: segments, pictures, rejections, and how a tile is shown. Deadlines and sums are in ``timesheets``."""
