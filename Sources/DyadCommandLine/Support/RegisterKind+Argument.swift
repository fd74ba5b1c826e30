public import ArgumentParser
public import DyadAnalysis

extension RegisterKind: ExpressibleByArgument {}
