"""Tests of the ground: rules against deliberately naive models, edges by example."""
