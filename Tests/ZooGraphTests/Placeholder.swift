// Placeholder so that the target builds; replaced by the room's first test.
