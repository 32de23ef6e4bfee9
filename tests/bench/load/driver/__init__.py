"""The parts of tests/bench/load/run."""
