"""Topics, questions with their threads, and the files in them."""

from cms.questions.models.published import PublishedAnswer, PublishedAnswerQuerySet
from cms.questions.models.questions import Question, QuestionQuerySet
from cms.questions.models.threads import QuestionEntry, QuestionFile, QuestionFileQuerySet
from cms.questions.models.topics import QuestionTopic, QuestionTopicQuerySet

__all__ = [
    "PublishedAnswer",
    "PublishedAnswerQuerySet",
    "Question",
    "QuestionEntry",
    "QuestionFile",
    "QuestionFileQuerySet",
    "QuestionQuerySet",
    "QuestionTopic",
    "QuestionTopicQuerySet",
]
