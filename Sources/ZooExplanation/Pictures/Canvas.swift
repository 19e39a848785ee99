import ZooCore
import ZooFormats

/// A picture with letters and bars.
struct Canvas {
  typealias Colour = (UInt8, UInt8, UInt8)

  /// What lies behind everything.
  static let background: Colour = (24, 26, 32)

  private(set) var image: PNGImage

  /// An empty picture; a `Problem` where PNG has no such size.
  init(width: Int, height: Int) throws {
    guard max(width, height) <= 65_535 else {
      throw Problem(
        "the picture is too large", expected: "65535 pixels at most", found: "\(width) × \(height)")
    }
    image = PNGImage(width: width, height: height)
    fill(x: 0..<width, y: 0..<height, Canvas.background)
  }

  /// Sets a pixel.
  subscript(x: Int, y: Int) -> Colour {
    get { image[x, y] }
    set { image[x, y] = newValue }
  }

  /// Fills what lies inside the picture of a rectangle.
  mutating func fill(x: Range<Int>, y: Range<Int>, _ colour: Colour) {
    for row in y.clamped(to: 0..<image.height) {
      for column in x.clamped(to: 0..<image.width) { image[column, row] = colour }
    }
  }

  /// Writes a line whose first letter's upper left corner is at (x, y), each of the font's pixels `zoom` wide and high; what
  /// does not fit is cut off.
  mutating func write(_ text: some StringProtocol, x: Int, y: Int, zoom: Int = 1, _ colour: Colour) {
    for (number, letter) in text.enumerated() {
      let left = x + number * PixelFont.width * zoom
      for (row, bits) in PixelFont.rows(of: letter).enumerated() {
        for column in 0..<PixelFont.width where bits >> (PixelFont.width - 1 - column) & 1 == 1 {
          let corner = (x: left + column * zoom, y: y + row * zoom)
          guard corner.x < image.width, corner.y < image.height else { continue }
          fill(x: corner.x..<corner.x + zoom, y: corner.y..<corner.y + zoom, colour)
        }
      }
    }
  }
}
