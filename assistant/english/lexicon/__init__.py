"""The closed word lists of English, by topic. No other package spells a class of words out.

Words are in lower case. A stem is one of Snowball English; a meaning, as of `words.meaning`, is a
stem that stands for several of the same meaning. Text is compared after `words.straightened`, so
contractions are undone, except in questions.
"""
