"""How the weights in index/weights were made: data, training and cross-validation."""
