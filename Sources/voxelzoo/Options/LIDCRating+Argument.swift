public import ArgumentParser
public import ZooData

/// A rating is named on the command line as in the tables.
extension LIDCRating: ExpressibleByArgument {}
