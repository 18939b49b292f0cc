"""A region with the campaign beside a mixture of regions without it."""

from metrics.regions.control import RegionEffect, synthetic_control
from metrics.regions.weights import Model

__all__ = ["Model", "RegionEffect", "synthetic_control"]
