"""Shares of money: exact fractions, averages over orders of arrival, and whole cents that add up."""
