"""`python -m xlplan`, where the console script is not on the path."""

from xlplan.cli.main import main

main()
