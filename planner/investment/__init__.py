"""What a platform pays back: its cash flow beside another's over some years."""

from planner.investment.cashflow import CashFlow, CashFlows, FlowMonth
from planner.investment.compare import Horizon, Side, cash_flows, flows_beside
from planner.investment.formulas import net_present_value, payback_month, return_on_investment

__all__ = [
    "CashFlow",
    "CashFlows",
    "FlowMonth",
    "Horizon",
    "Side",
    "cash_flows",
    "flows_beside",
    "net_present_value",
    "payback_month",
    "return_on_investment",
]
