internal import CPNG
import ZooCore

/// A picture of 8-bit RGB pixels, for people.
public struct PNGImage: Sendable {
  /// Pixels along a row.
  public let width: Int
  /// Rows.
  public let height: Int
  private var bytes: [UInt8]

  /// A black picture; both sizes are from 1 to 65,535.
  public init(width: Int, height: Int) {
    precondition((1...65_535).contains(width) && (1...65_535).contains(height), "a picture has pixels")
    (self.width, self.height) = (width, height)
    bytes = Array(repeating: 0, count: 3 * width * height)
  }

  /// The colour of a pixel of a row: red, green, blue.
  public subscript(x: Int, y: Int) -> (UInt8, UInt8, UInt8) {
    get { (bytes[3 * (y * width + x)], bytes[3 * (y * width + x) + 1], bytes[3 * (y * width + x) + 2]) }
    set {
      let first = 3 * (y * width + x)
      (bytes[first], bytes[first + 1], bytes[first + 2]) = newValue
    }
  }

  /// Writes the picture as PNG; the file appears whole or not at all.
  public func write(to path: String) throws {
    let bytes: [UInt8]
    do { bytes = try encoded() } catch let problem as Problem { throw problem.inside(path) }
    try Files.writeAtomically(bytes, to: path)
  }

  /// The bytes of a PNG file.
  public func encoded() throws -> [UInt8] {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    (image.width, image.height) = (png_uint_32(width), png_uint_32(height))
    image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
    defer { png_image_free(&image) }
    // Once for the size, once for the bytes.
    var size = 0
    guard png_image_write_to_memory(&image, nil, &size, 0, bytes, 0, nil) != 0 else {
      throw Problem("cannot make the picture", found: message(of: image))
    }
    var file = [UInt8](repeating: 0, count: size)
    guard png_image_write_to_memory(&image, &file, &size, 0, bytes, 0, nil) != 0 else {
      throw Problem("cannot make the picture", found: message(of: image))
    }
    return Array(file.prefix(size))
  }

  private func message(of image: png_image) -> String {
    withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
