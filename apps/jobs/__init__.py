"""The pages of background work: a room of its own, as `core`, which has the jobs, knows no people, and all who queue jobs stand above."""
