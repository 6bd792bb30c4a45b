"""Improvement and action plans inside council packs: actions, milestones, owners and target dates."""

from pipelines.reports.plans.parts import PlanRows
from pipelines.reports.plans.read import read_plans

__all__ = ["PlanRows", "read_plans"]
