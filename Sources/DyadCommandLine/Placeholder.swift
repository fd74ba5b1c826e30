// DyadCommandLine
