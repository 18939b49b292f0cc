"""Results become pictures: each with its finding in words, a table of its figures and a caption on how to read it."""

from views.charts.audience import audience_chart
from views.charts.course import course_chart
from views.charts.dots import dots_chart
from views.charts.drawing import interval_svg
from views.charts.event_study import event_study_chart
from views.charts.gaps import gaps_chart
from views.charts.groups import groups_chart
from views.charts.intervals import interval_caption, interval_chart
from views.charts.marks import axis_limit
from views.charts.over_time import over_time_chart
from views.charts.people import people_chart
from views.charts.picture import Picture, plot_config

__all__ = [
    "Picture",
    "audience_chart",
    "axis_limit",
    "course_chart",
    "dots_chart",
    "event_study_chart",
    "gaps_chart",
    "groups_chart",
    "interval_caption",
    "interval_chart",
    "interval_svg",
    "over_time_chart",
    "people_chart",
    "plot_config",
]
