"""Adapts the packaged language model to writing one sentence from one quote."""
