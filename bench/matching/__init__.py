"""Measuring name matching: data, the tools compared, the arithmetic of equal alert rates, the parts of the report."""
