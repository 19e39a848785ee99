public import ArgumentParser
public import ZooTraining

/// `--tta`.
struct ViewOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Test-time augmentation: average over the 8 mirrorings of a case, or the 48 symmetries of the cube.",
      valueName: "views"))
  var tta = TestTimeViews.one
}

/// A number of views is named by itself.
extension TestTimeViews: ExpressibleByArgument {}
