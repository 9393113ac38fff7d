"""How fast xlplan is beside its peers, as ratios on the same machine at the same moment: `python -m
benchmarks`.
"""
