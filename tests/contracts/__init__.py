"""Outsourcing contracts: documents, fees, invoices, comparisons."""
