"""The shop in cimba has no examples to test, and cannot be imported where cimba has no package."""

collect_ignore = ["cimba_shop.py"]
