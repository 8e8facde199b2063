"""Which articles carry one report, and whom does an article name as where it has it from?"""
