"""Evidence -> sentences that passed the support check."""
