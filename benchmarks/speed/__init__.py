"""How long things take, beside something run beside them."""
