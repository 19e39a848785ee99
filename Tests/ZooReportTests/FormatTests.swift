import Testing
import ZooReport

@Test(arguments: [
  (0.8814, 3, "0.881"), (0.9996, 3, "1.000"), (0, 3, "0.000"), (-0.0004, 3, "0.000"), (-0.0006, 3, "-0.001"),
  (0.05, 1, "0.1"), (1234.5678, 2, "1234.57"), (7.5, 0, "8"), (-12, 0, "-12"), (0.007, 2, "0.01"),
  (.nan, 2, "nan"), (-.infinity, 2, "-inf"), (1e20, 2, "1e+20"),
])
func fixedDecimals(value: Double, decimals: Int, text: String) {
  #expect(Format.fixed(value, decimals) == text)
}

@Test(arguments: [
  (0.9, "0.90"), (0.5, "0.50"), (0.95, "0.95"), (0.975, "0.975"), (0.999, "0.999"), (0.1234, "0.1234"),
])
func sharesAsTheyWereGiven(value: Double, text: String) {
  #expect(Format.share(value) == text)
}

@Test(arguments: [
  (0.0034, "+0.003"), (-0.028, "-0.028"), (0.0002, "0.000"), (-0.0002, "0.000"), (.nan, "nan"),
])
func signedDecimals(value: Double, text: String) {
  #expect(Format.signed(value, 3) == text)
}

@Test(arguments: [
  (0, "0"), (999, "999"), (1000, "1,000"), (401_194, "401,194"), (-33_160_897, "-33,160,897"),
  (Int.min, "-9,223,372,036,854,775,808"),
])
func countsAreInThousands(value: Int, text: String) {
  #expect(Format.count(value) == text)
}

@Test(arguments: [
  (0, "0 B"), (512, "512 B"), (1000, "1.00 kB"), (26_312_704, "26.3 MB"), (999_400_000, "999 MB"),
  (999_600_000, "1.00 GB"), (1_250_000_000, "1.25 GB"), (12_000_000_000, "12.0 GB"),
])
func sizesInBytes(value: Int, text: String) {
  #expect(Format.bytes(value) == text)
}

@Test(arguments: [
  (12, "12"), (401_194, "401 k"), (9_996_000, "10.0 M"), (4_890_000_000, "4.89 G"),
  (48_900_000_000, "48.9 G"),
])
func operationsInThreeDigits(value: Int, text: String) {
  #expect(Format.operations(value) == text)
}

@Test(arguments: [
  (0, "0 s"), (0.44, "0.4 s"), (4, "4 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.4, "59 s"), (59.6, "1 min"),
  (125, "2 min 5 s"), (3599.6, "1 h"), (3780, "1 h 3 min"), (86_399, "1 d"), (97_200, "1 d 3 h"),
  (.nan, "nan s"),
])
func times(value: Double, text: String) {
  #expect(Format.seconds(value) == text)
}

@Test(arguments: [
  (1, "1.00"), (0.71, "0.71"), (0.034, "0.03"), (0.0499, "0.050"), (0.0481, "0.048"), (0.052, "0.052"),
  (0.0041, "0.004"), (0.001, "0.001"), (0.00099, "<0.001"), (0, "<0.001"),
])
func pValues(p: Double, text: String) {
  #expect(Format.pValue(p) == text)
}
