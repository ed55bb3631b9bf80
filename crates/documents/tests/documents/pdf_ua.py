"""Checks each PDF named against PDF/UA-1 with the package page-validation; prints a line per fault, then how many it checked."""

import sys

import page

for path in sys.argv[1:]:
    for failure in page.validate_pdf(path, profile="ua1").failures:
        print(f"{path}: {failure.rule_id} {failure.message}".replace("\n", " "))
print(f"checked {len(sys.argv) - 1}")
