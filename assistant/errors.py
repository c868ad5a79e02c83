"""What can go wrong with a question, an answer or a citation, beside the errors of the index.

PolicyAssistantError                 the base class, of `index.errors`
├── QuestionError                    a question that cannot be asked (empty, or far too long)
├── CitationError                    a citation id that cannot be read or resolved
└── AnswerFormatError                a saved answer that cannot be read back
"""

from __future__ import annotations

from index.errors import PolicyAssistantError


class QuestionError(PolicyAssistantError):
    """A question cannot be asked."""


class CitationError(PolicyAssistantError):
    """A citation id cannot be read, or names a text that the index never held."""


class AnswerFormatError(PolicyAssistantError):
    """A saved answer cannot be read back."""
