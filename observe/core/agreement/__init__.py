"""How far two observers agree: arrays of levels in, frozen figures with honest limits out."""
