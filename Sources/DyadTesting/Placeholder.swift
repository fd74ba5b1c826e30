// DyadTesting
