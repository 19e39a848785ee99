import ZooFormats

/// A picture with letters and bars.
struct Canvas {
  typealias Colour = (UInt8, UInt8, UInt8)

  private(set) var image: PNGImage

  init(width: Int, height: Int, background: Colour) {
    image = PNGImage(width: width, height: height)
    fill(x: 0..<width, y: 0..<height, background)
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

  /// Writes a line whose first letter's upper left corner is at (x, y); what does not fit is cut off.
  mutating func write(_ text: some StringProtocol, x: Int, y: Int, _ colour: Colour) {
    for (number, letter) in text.enumerated() {
      let left = x + number * PixelFont.width
      for (row, bits) in PixelFont.rows(of: letter).enumerated() {
        for column in 0..<PixelFont.width where bits >> (PixelFont.width - 1 - column) & 1 == 1 {
          guard left + column < image.width, y + row < image.height else { continue }
          image[left + column, y + row] = colour
        }
      }
    }
  }
}
