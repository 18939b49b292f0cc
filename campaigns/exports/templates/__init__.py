"""The tables that people fill in where a platform has no export."""

from campaigns.exports.templates.content import TEMPLATES, Field, Template
from campaigns.exports.templates.files import LANGUAGES, csv_file, workbook, write_templates

__all__ = ["LANGUAGES", "TEMPLATES", "Field", "Template", "csv_file", "workbook", "write_templates"]
