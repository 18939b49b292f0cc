"""The answers of surveys: one reader for form software, spreadsheets and files of statisticians."""

from campaigns.surveys.reading import CHOICES, Survey, read_survey, survey_name

__all__ = ["CHOICES", "Survey", "read_survey", "survey_name"]
