"""The support check: do these quotes carry this sentence?"""
